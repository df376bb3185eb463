/**
 * Orders that both sides know: created at the offline Docdata and stored in the file, by the use case itself.
 */
import { createOrder, type MerchantAccount, type OrderDescription } from "@docdata/application"
import { defaultPolicy } from "@docdata/domain"
import { layerMerchants, layerProcessEvents } from "@docdata/memory"
import { SoapGateway } from "@docdata/soap/gateway"
import { layerSqlite } from "@docdata/sql/sqlite"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

const account = ({ name, password }: { readonly name: string; readonly password: string }): MerchantAccount => ({
  name: "shop",
  active: true,
  credentials: { environment: "test", merchantName: name, password: Redacted.make(password) },
  policy: defaultPolicy,
  profile: "standard",
  daysToPay: 14,
  refreshesPerMinute: 60
})

const describeOrder = (): OrderDescription => ({
  buyer: {
    _tag: "Shopper",
    id: "c-1",
    name: { first: "Nobody", last: "Real" },
    email: "nobody@shop.example",
    language: "nl",
    gender: "undefined"
  },
  total: { minor: 4_990, currency: "EUR" },
  billTo: {
    name: { first: "Nobody", last: "Real" },
    address: { street: "Kade", houseNumber: "1", postalCode: "8011 AA", city: "Zwolle", country: "NL" }
  }
})

const create = createOrder(describeOrder)

export interface SeededOrder {
  readonly orderReference: string
  /** Docdata's key. */
  readonly key: string
}

/** Creates them. */
export const seedOrders = (
  { count, endpoint, file, provider }: {
    readonly count: number
    readonly endpoint: string
    readonly file: string
    readonly provider: { readonly name: string; readonly password: string }
  }
): Promise<ReadonlyArray<SeededOrder>> =>
  Effect.runPromise(
    Effect.forEach(
      Array.from({ length: count }, (_, number) => `load-${number}`),
      (number) => create({ merchant: "shop", shopReference: number, idempotencyKey: number, shopOrder: undefined }),
      { concurrency: 8 }
    ).pipe(
      Effect.map((orders) => orders.map(({ orderReference, state: { key } }) => ({ orderReference, key }))),
      Effect.provide(Layer.mergeAll(
        layerSqlite({ file, durability: "normal" }),
        SoapGateway.layer({ endpoints: { test: endpoint } }),
        layerMerchants([account(provider)]),
        layerProcessEvents({ subscribers: [] })
      ))
    )
  )
