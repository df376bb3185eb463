/**
 * Orders that both sides know: created at the offline Docdata and stored in the file, by the use case itself.
 */
import { createOrder, layerMerchants, type MerchantAccount } from "@docdata/application"
import { layerProcessEvents } from "@docdata/memory"
import { SoapGateway } from "@docdata/soap/gateway"
import { layerSqlite } from "@docdata/sql/sqlite"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { sampleAccount, sampleOrder } from "@docdata/testkit"

const account = ({ name, password }: { readonly name: string; readonly password: string }): MerchantAccount =>
  sampleAccount({ credentials: { environment: "test", merchantName: name, password: Redacted.make(password) } })

const create = createOrder(() => sampleOrder())

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
