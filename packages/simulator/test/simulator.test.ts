import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { globalElements } from "../src/contract/Contract.ts"
import { validate } from "../src/contract/validate.ts"
import { DocdataSimulator, printSchema, printStatusReply, startSimulator } from "../src/index.ts"
import { ordersKeptMax, paymentsPerOrderMax } from "../src/limits.ts"
import { isRefused, readXml } from "../src/xml/readXml.ts"
import { childOf, printXml } from "../src/xml/XmlElement.ts"
import { createdOrder, paid, withSimulator } from "./stage/withSimulator.ts"

describe("a simulator", () => {
  it("serves its WSDL and its schema, which are well-formed and speak of the same messages", () =>
    withSimulator(async (simulator) => {
      const get = async (query: string): Promise<string> => (await fetch(`${simulator.url}${query}`)).text()
      const wsdl = await get("?wsdl")
      expect(wsdl).toContain(`schemaLocation="${simulator.url}?xsd=1"`)
      expect(await get("?xsd=1")).toBe(printSchema())
      expect(await get("?xsd=2")).toBe("")
      const schema = readXml(printSchema())
      if (isRefused(schema)) throw new Error(schema.reason)
      for (const [name] of globalElements) {
        expect(wsdl).toContain(`element="ddp:${name}"`)
        expect(schema.children.filter((each) => each.name === "element" && each.attributes.get("name") === name).length)
          .toBe(1)
      }
      // Every type that is used is there once.
      const defined = schema.children.map((each) => `ddp:${each.attributes.get("name")}`)
      const used = [...printSchema().matchAll(/(?:type|base)="(ddp:[^"]+)"/g)].map(([, name]) => name)
      expect(used.filter((name) => !defined.includes(name ?? ""))).toEqual([])
      expect(defined.length - new Set(defined).size).toBeLessThanOrEqual(0)
    }))

  it("has only the pages it has", () =>
    withSimulator(async (simulator) => {
      const origin = new URL(simulator.url).origin
      expect((await fetch(`${origin}/`)).status).toBe(404)
      expect((await fetch(simulator.url, { method: "PUT" })).status).toBe(405)
      expect((await fetch(`${origin}/ps/orderapi-1_3.wsdl`)).status).toBe(200)
    }))

  it("gives the same keys and ids for the same seed, and others for another", async () => {
    const keys: Array<string> = []
    for (const seed of ["one", "one", "two"]) {
      await withSimulator(async (simulator) => {
        const key = await createdOrder(simulator)
        keys.push(`${key} ${await paid(simulator, key, "IDEAL")}`)
      }, { seed })
    }
    expect(keys[0]).toBe(keys[1])
    expect(keys[0]).not.toBe(keys[2])
  })

  it("frees its port when it closes, as often as it is asked to", async () => {
    const first = await startSimulator()
    const port = Number(new URL(first.url).port)
    await Promise.all([first.close(), first.close()])
    await first.close()
    const second = await startSimulator({ port })
    await second.close()
  })

  it("speaks of itself under another address when told to", () =>
    withSimulator(async (simulator) => {
      expect(simulator.menuUrl).toBe("http://docdata.example:8089/ps/menu")
    }, { publicOrigin: "http://docdata.example:8089" }))

  it("does not start on a port that is taken", () =>
    withSimulator(async (simulator) => {
      await expect(startSimulator({ port: Number(new URL(simulator.url).port) })).rejects.toThrow("EADDRINUSE")
    }))

  it("forgets its oldest order when it holds too many, but never a reference", () =>
    withSimulator(async (simulator) => {
      const first = await createdOrder(simulator)
      for (let count = 0; count < ordersKeptMax; count += 1) {
        await simulator.act({ do: "create-order", reference: `n-${count}`, amountMinor: 1, currency: "EUR" })
      }
      expect(simulator.order(first)).toBeUndefined()
      await expect(createdOrder(simulator)).rejects.toThrow("Merchant order reference is not unique.")
    }))

  it("takes a bounded number of payments for one order", () =>
    withSimulator(async (simulator) => {
      const orderKey = await createdOrder(simulator)
      for (let count = 0; count < paymentsPerOrderMax; count += 1) {
        await simulator.act({ do: "choose", orderKey, method: "IDEAL" })
      }
      expect(await simulator.act({ do: "choose", orderKey, method: "IDEAL" })).toEqual({
        ok: false,
        why: "50 payments for one order"
      })
    }))

  it("lives as long as the scope of its layer", async () => {
    const url = await Effect.runPromise(
      Effect.gen(function*() {
        const simulator = yield* DocdataSimulator
        expect((yield* Effect.promise(() => fetch(`${simulator.url}?wsdl`))).status).toBe(200)
        return simulator.url
      }).pipe(Effect.provide(DocdataSimulator.layer({ seed: 3 })))
    )
    await expect(fetch(url)).rejects.toThrow("fetch failed")
  })

  it("prints any report as a reply that follows the contract", () =>
    withSimulator(async (simulator) => {
      const { report } = await simulator.runScenario("refund-and-chargeback", { seed: 1 })
      const document = readXml(printStatusReply(report, { extended: true }))
      if (isRefused(document)) throw new Error(document.reason)
      const root = childOf(document, "Body")?.children[0]
      const type = globalElements.get("extendedStatusResponse")
      expect(root && type && validate(root, type)).toBeUndefined()
      expect(root && printXml(root)).toContain("<chargebackId>1</chargebackId>")
    }))
})
