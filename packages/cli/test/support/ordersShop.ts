/**
 * A shop for the commands on orders: the simulator, an SQLite file of its own, and settings in the environment.
 */
import { OrderStore } from "@docdata/application"
import { type OrderStatus, type ReportedTotals, withoutGaps } from "@docdata/domain"
import { type Simulator, startSimulator } from "@docdata/simulator"
import { Ajv2020 } from "ajv/dist/2020.js"
import * as Effect from "effect/Effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "vitest"
import { jsonSchemaOf, type SchemaName } from "../../src/jsonSchemas.ts"
import { layerStores, type Stores } from "@docdata/service"
import type { Shell } from "../../src/Shell.ts"
import { inProcess } from "./inProcess.ts"
import type { Ended } from "./run.ts"

const accounts = [
  { name: "demo_shop", password: "demo-password" },
  { name: "other_shop", password: "other-password" }
]

/** Formats say what a text is for people; the contract checks it. */
const ajv = (): Ajv2020 =>
  new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, formats: { "date-time": true, date: true } })

/** An order as the REST API and `orders create` take it. */
export const description = (minor: number, currency = "EUR") => ({
  buyer: {
    _tag: "Shopper",
    id: "c-1",
    name: { first: "Nobody", last: "Real" },
    email: "nobody@shop.example",
    language: "nl",
    gender: "undefined",
    dateOfBirth: "1980-02-29",
    phoneNumber: "+31 0 0000001"
  },
  total: { minor, currency },
  billTo: {
    name: { first: "Nobody", last: "Real" },
    address: { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" }
  },
  // What methods that are paid later want to know.
  invoice: {
    lines: [{
      name: "Lamp",
      code: "LAMP",
      quantity: 1,
      vatRate: "0",
      piece: { net: minor, vat: 0, gross: minor },
      line: { net: minor, vat: 0, gross: minor }
    }]
  }
})

/** The variables that describe the shop; two accounts, `shop` and `outlet`. */
const environmentOf = (simulator: Simulator, file: string): Readonly<Record<string, string>> => ({
  DOCDATA_SQLITE_FILE: file,
  DOCDATA_SQLITE_DURABILITY: "normal",
  DOCDATA_MERCHANTS: "shop,outlet",
  DOCDATA_SHOP_LOGIN: "demo_shop",
  DOCDATA_SHOP_PASSWORD: "demo-password",
  DOCDATA_SHOP_REFRESHES_PER_MINUTE: "6000",
  DOCDATA_OUTLET_LOGIN: "other_shop",
  DOCDATA_OUTLET_PASSWORD: "other-password",
  DOCDATA_OUTLET_REFRESHES_PER_MINUTE: "6000",
  DOCDATA_TEST_ENDPOINT: simulator.url,
  DOCDATA_TEST_MENU: simulator.menuUrl
})

export interface CreatedOrder {
  readonly id: string
  readonly key: string
  readonly orderReference: string
}

/** An order as `orders create --json` prints it. */
interface Created {
  readonly id: string
  readonly orderKey: string
  readonly orderReference: string
}

/** An order that was created, for the calls of tests. */
export const createdOf = ({ id, orderKey, orderReference }: Created): CreatedOrder => ({
  id,
  key: orderKey,
  orderReference
})

/** An order as it would be stored after a life of its own. */
interface StoredSample {
  readonly shopReference: string
  readonly createdAtMs: number
  readonly merchant?: string
  readonly currency?: string
  readonly grossMinor?: number
  readonly status?: OrderStatus
  readonly totals?: Partial<ReportedTotals>
  /** Docdata's key; one that nobody knows there if absent. */
  readonly key?: string
  /** False: Docdata never gave it a key. */
  readonly isConfirmed?: boolean
}

const zeros = withoutGaps({})

const storeSample = Effect.fnUntraced(function*(scenario: StoredSample) {
  const store = yield* OrderStore
  const { createdAtMs, currency = "EUR", grossMinor = 4_990, merchant = "shop", shopReference } = scenario
  const { order } = yield* store.reserve({
    id: `ord_${shopReference}`,
    merchant,
    shopReference,
    orderReference: `${shopReference}-1`,
    idempotencyKey: shopReference,
    fingerprint: "test",
    language: "nl",
    billToCountry: "NL",
    currency,
    grossMinor,
    createdAtMs,
    leaseUntilMs: createdAtMs
  })
  if (scenario.isConfirmed === false) return
  const key = scenario.key ?? shopReference.replaceAll(/[^A-Z0-9]/gi, "").toUpperCase().padStart(32, "0")
  const confirmed = yield* store.confirm({
    orderId: order.id,
    key,
    confirmedAtMs: createdAtMs,
    subscribers: [],
    nextRefreshAtMs: undefined
  })
  const { status = "new", totals } = scenario
  yield* store.commit({
    orderId: order.id,
    expectedRevision: confirmed.revision,
    committedAtMs: createdAtMs,
    state: { ...confirmed.state, status, ...(totals === undefined ? {} : { totals: { ...zeros, ...totals } }) },
    payments: [],
    events: [],
    subscribers: [],
    modifications: [],
    nextRefreshAtMs: undefined,
    quietRefreshes: 0
  })
})

export interface OrdersShop {
  readonly simulator: Simulator
  readonly environment: Readonly<Record<string, string>>
  /** Runs `docdata` inside the test. */
  readonly run: (args: ReadonlyArray<string>, input?: string, over?: Partial<Shell>) => Promise<Ended>
  /** Runs a command that has to succeed, and validates each object it prints by the published schema. */
  readonly json: <A>(schema: SchemaName, args: ReadonlyArray<string>, input?: string) => Promise<ReadonlyArray<A>>
  readonly create: (
    shopReference: string,
    minor?: number,
    over?: { readonly merchant?: string; readonly currency?: string }
  ) => Promise<CreatedOrder>
  /** The shopper pays; answers the payment's id. */
  readonly pay: (order: CreatedOrder, method?: string) => Promise<string>
  /** Runs in the stores of the commands. */
  readonly inStores: <A, E>(effect: Effect.Effect<A, E, Stores>) => Promise<A>
  /** Writes orders into the store. */
  readonly store: (scenarios: ReadonlyArray<StoredSample>) => Promise<void>
  readonly close: () => Promise<void>
}

export const openOrdersShop = async (): Promise<OrdersShop> => {
  const folder = mkdtempSync(join(tmpdir(), "docdata-orders-"))
  const simulator = await startSimulator({ merchants: accounts, startMs: Date.now() })
  const file = join(folder, "orders.sqlite")
  const environment = environmentOf(simulator, file)
  const run: OrdersShop["run"] = (args, input = "", over = {}) =>
    inProcess(args, input, { environment, nowMs: Date.now, ...over })
  await run(["migrate"])
  const json: OrdersShop["json"] = async <A>(schema: SchemaName, args: ReadonlyArray<string>, input = "") => {
    const { exit, stderr, stdout } = await run([...args, "--json"], input)
    expect(exit, stderr).toBe(0)
    const validate = ajv().compile(jsonSchemaOf(schema))
    const texts = stdout.split("\n").filter((line) => line !== "")
    return texts.map((line) => {
      const value = JSON.parse(line) as A
      expect(validate(value) ? [] : validate.errors).toEqual([])
      return value
    })
  }
  const inStores: OrdersShop["inStores"] = (effect) =>
    Effect.runPromise(
      Effect.provide(effect, layerStores({ kind: "sqlite", options: { file, durability: "normal" } }))
    )
  const act = async (action: Parameters<Simulator["act"]>[0]): Promise<string> => {
    const result = await simulator.act(action)
    if (!result.ok) throw new Error(result.why)
    return result.paymentId ?? ""
  }
  return {
    simulator,
    environment,
    run,
    json,
    create: async (shopReference, minor = 4_990, { currency = "EUR", merchant = "shop" } = {}) => {
      const args = ["orders", "create", "-", "--merchant", merchant, "--shop-reference", shopReference]
      const key = ["--idempotency-key", `${merchant} ${shopReference}`]
      const input = JSON.stringify(description(minor, currency))
      return createdOf((await json<Created>("orders-create", [...args, ...key], input))[0]!)
    },
    pay: ({ key }, method = "IDEAL") => act({ do: "pay", orderKey: key, method }),
    inStores,
    store: (scenarios) => inStores(Effect.forEach(scenarios, storeSample, { discard: true })),
    close: async () => {
      await simulator.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
