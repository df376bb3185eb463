import { describe, expect, it } from "vitest"
import { publicDefects } from "../src/scenarios/publicDefects.ts"
import type { ScenarioRun } from "../src/scenarios/runScenario.ts"
import { scenarios } from "../src/scenarios/scenarios.ts"
import { byKey, create, envelope } from "./stage/requestBodies.ts"
import { call } from "./stage/soapCall.ts"
import type { Shop } from "./stage/withSimulator.ts"
import { createdOrder, paid, withShop, withSimulator } from "./stage/withSimulator.ts"

const account = (shop: Shop) => ({
  name: "demo_shop",
  password: "demo-password",
  updateUrl: shop.updateUrl,
  returnUrls: { success: shop.returnUrl, pending: shop.returnUrl, canceled: shop.returnUrl, error: shop.returnUrl }
})

interface Played {
  readonly run: ScenarioRun
  readonly notifications: ReadonlyArray<unknown>
  readonly received: ReadonlyArray<string>
}

const play = async (name: string, seed: number): Promise<Played> => {
  const played: Array<Played> = []
  await withShop((shop) =>
    withSimulator(async (simulator) => {
      const run = await simulator.runScenario(name, { seed })
      played.push({ run, notifications: simulator.notifications(), received: shop.received.toSorted() })
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
    expect([...covered].toSorted((a, b) => a - b)).toEqual(publicDefects.map(({ number }) => number))
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

  it("leave faults that only requests about their own order meet, until the next scenario on it begins", () =>
    withSimulator(async (simulator) => {
      const [orderKey, other] = [await createdOrder(simulator), await createdOrder(simulator, { reference: "ref-2" })]
      const statusOf = (key: string) =>
        fetch(simulator.url, { method: "POST", body: envelope(byKey("statusRequest", key)) }).then(({ status }) =>
          status
        )
      await simulator.runScenario("status-unavailable", { orderKey })
      expect(simulator.faults()).toMatchObject([{ operation: "status", orderKey }])
      expect([await statusOf(other), await statusOf(orderKey), await statusOf(orderKey)]).toEqual([200, 503, 200])
      await simulator.runScenario("status-unavailable", { orderKey: other })
      await simulator.runScenario("refunded-in-part", { orderKey: other })
      expect(simulator.faults()).toEqual([])
    }))

  it("leave a fault of create that only the merchant of their order meets", () =>
    withSimulator(async (simulator) => {
      await simulator.runScenario("create-lost-before-reading", { merchant: "second_shop" })
      expect(simulator.faults()).toMatchObject([{ operation: "create", merchant: "second_shop" }])
      await createdOrder(simulator)
      const ofSecond = create({ merchant: `<merchant name="second_shop" password="demo-password"/>` })
      await expect(call(simulator.url, ofSecond)).rejects.toThrow("fetch failed")
    }, { merchants: ["demo_shop", "second_shop"].map((name) => ({ name, password: "demo-password" })) }))

  it("leave faults of notifications that only notifications about their own order meet", () =>
    withShop(async (shop) =>
      withSimulator(async (simulator) => {
        const other = await createdOrder(simulator, { reference: "other" })
        const orderKey = await createdOrder(simulator)
        await simulator.runScenario("notifications-lost", { orderKey })
        await paid(simulator, other, "IDEAL")
        await simulator.advance(60_000)
        expect(new Set(shop.received)).toEqual(new Set(["other"]))
      }, { merchants: [{ name: "demo_shop", password: "demo-password", updateUrl: shop.updateUrl }] })
    ))

  it("are not changed by how often a shop asks", () =>
    withSimulator(async (simulator) => {
      const first = await simulator.runScenario("many-attempts", { seed: 4 })
      await withSimulator(async (other) => {
        const key = await createdOrder(other)
        for (let count = 0; count < 5; count += 1) await call(other.url, byKey("statusRequest", key))
        expect((await other.runScenario("many-attempts", { seed: 4 })).history).toEqual(first.history)
      })
    }))

  it("are listed in the documentation", async () => {
    const table = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
      const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)))
      const line = (cells: ReadonlyArray<string>): string =>
        `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`
      const [head = [], ...body] = rows
      return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n")
    }
    const scenarioRows = scenarios.map(({ defects, expected, meaning, name, shopCalls }) => [
      `\`${name}\``,
      shopCalls === undefined ? meaning : `${meaning} The shop calls \`${shopCalls}\`.`,
      `\`${expected}\``,
      (defects ?? []).join(", ")
    ])
    const text = `# Scenarios of the simulator

What an integration must come through, and the status of the order (by the strict rules, with the default policy) after
a correct integration has seen the end. This page is made from the scenarios by a test.

${table([["scenario", "meaning", "ends in", "defect"], ...scenarioRows])}

## Public defects

What happened to other integrations; each is a scenario above.

${
      table([
        ["defect", "what went wrong", "reported"],
        ...publicDefects.map(({ number, seen, what }) => [String(number), what, seen])
      ])
    }
`
    await expect(text).toMatchFileSnapshot("../../../docs/reference/scenarios.md")
  })

  it("need a name that exists and an order that is there", () =>
    withSimulator(async (simulator) => {
      await expect(simulator.runScenario("none")).rejects.toThrow("no scenario named none")
      await expect(simulator.runScenario("ideal-paid", { orderKey: "X" })).rejects.toThrow("no order with this key")
    }))
})
