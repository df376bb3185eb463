import { describe, expect, it } from "vitest"
import type { ScenarioRun } from "../src/scenarios/runScenario.ts"
import { scenarios } from "../src/scenarios/scenarios.ts"
import type { Shop } from "./stage/withSimulator.ts"
import { createdOrder, withShop, withSimulator } from "./stage/withSimulator.ts"

/** Defects of other integrations that touch the gateway, by their number in the collection this project keeps. */
const gatewayDefects = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 18, 19, 23, 24, 25]

const account = (shop: Shop) => ({
  name: "demo_shop",
  password: "demo-password",
  updateUrl: shop.updateUrl,
  returnUrls: { success: shop.returnUrl, pending: shop.returnUrl, canceled: shop.returnUrl, error: shop.returnUrl }
})

interface Played {
  readonly run: ScenarioRun
  readonly notifications: ReadonlyArray<unknown>
  readonly heard: ReadonlyArray<string>
}

const play = async (name: string, seed: number): Promise<Played> => {
  const played: Array<Played> = []
  await withShop((shop) =>
    withSimulator(async (simulator) => {
      const run = await simulator.runScenario(name, { seed })
      played.push({ run, notifications: simulator.notifications(), heard: shop.heard.toSorted() })
    }, { merchants: [account(shop)] })
  )
  const [only] = played
  if (only === undefined) throw new Error("the scenario did not run")
  return only
}

describe("scenarios", () => {
  it("are many, have names of their own and one line of meaning", () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(40)
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length)
    for (const { meaning, name } of scenarios) {
      expect(name).toMatch(/^[a-z0-9-]+$/)
      expect(meaning).toMatch(/^[^\n]{10,140}\.$/)
    }
  })

  it("cover every public defect that touches the gateway", () => {
    const covered = new Set(scenarios.flatMap(({ defects }) => defects ?? []))
    expect(gatewayDefects.filter((number) => !covered.has(number))).toEqual([])
  })

  it("end in every status there is", () => {
    expect([...new Set(scenarios.map(({ expected }) => expected))].toSorted()).toEqual([
      "cancelled",
      "charged_back",
      "expired",
      "in_progress",
      "new",
      "paid",
      "paid_refunded",
      "pending",
      "refunded",
      "unknown"
    ])
  })

  it.each(scenarios.map(({ name }) => [name]))("%s plays the same for the same seed", async (name) => {
    const first = await play(name, 11)
    expect(first.run.skipped).toEqual([])
    expect(await play(name, 11)).toEqual(first)
  })

  it("play differently for different seeds", async () => {
    const [one, other] = [await play("ideal-paid", 1), await play("ideal-paid", 2)]
    expect(one.run.orderKey).not.toBe(other.run.orderKey)
    expect(one.run.report.totals.registered).not.toBe(other.run.report.totals.registered)
  })

  it("can be played again on the same simulator", () =>
    withSimulator(async (simulator) => {
      const references = []
      for (let count = 0; count < 3; count += 1) {
        references.push((await simulator.runScenario("ideal-paid", { seed: 5 })).reference)
      }
      expect(references).toEqual(["ideal-paid-5", "ideal-paid-5-2", "ideal-paid-5-3"])
      expect(new Set(simulator.orders().map(({ order }) => order.key)).size).toBe(3)
    }))

  it("play on an order that a shop has made", () =>
    withSimulator(async (simulator) => {
      const orderKey = await createdOrder(simulator)
      const run = await simulator.runScenario("refunded-in-part", { orderKey, seed: 1 })
      expect([run.orderKey, run.reference]).toEqual([orderKey, "ref-1"])
      expect(run.report.totals).toMatchObject({ registered: 2420, captured: 2420, refunded: 799 })
    }))

  it("say which steps did not fit a shop's order", () =>
    withSimulator(async (simulator) => {
      const orderKey = await createdOrder(simulator)
      const run = await simulator.runScenario("klarna-captured-on-shipping", { orderKey })
      expect(run.skipped.map(({ why }) => why)).toEqual([
        "KLARNA_INVOICE is not offered for this order",
        "the order has no such payment"
      ])
    }))

  it("need a name that exists and an order that is there", () =>
    withSimulator(async (simulator) => {
      await expect(simulator.runScenario("none")).rejects.toThrow("no scenario named none")
      await expect(simulator.runScenario("ideal-paid", { orderKey: "X" })).rejects.toThrow("no order with this key")
    }))
})
