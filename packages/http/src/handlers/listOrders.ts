/**
 * Orders in pages, newest first.
 *
 * A page is found by the last order of the one before, so that new orders never shift what a caller reads.
 */
import { type OrderCursor, type OrderFilter, OrderStore, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"
import { speaksFor } from "../access/authorize.ts"
import type { Caller } from "../api/Authorization.ts"
import type { OrderSummary } from "../api/OrderView.ts"
import { problem } from "../api/problemCatalogue.ts"
import type { ListQuery } from "../api/requests.ts"
import { problemOf } from "./problemOf.ts"

/** Orders of a page when the caller does not say. */
const pageSizeDefault = 50

type Query = typeof ListQuery.Type

const cursorText = ({ createdAtMs, id }: OrderCursor): string =>
  Buffer.from(`${createdAtMs} ${id}`).toString("base64url")

const cursorOf = (text: string): OrderCursor | undefined => {
  const [, createdAtMs, id] = /^(\d{1,15}) (.{1,100})$/.exec(Buffer.from(text, "base64url").toString("utf8")) ?? []
  return createdAtMs === undefined || id === undefined ? undefined : { createdAtMs: Number(createdAtMs), id }
}

const filterOf = (caller: Caller["Service"], query: Query): OrderFilter => {
  const { createdBeforeMs, createdFromMs, merchant, shopReference, status } = query
  const merchants = merchant === undefined ? caller.merchants : [merchant]
  return {
    ...(merchants === "all" ? {} : { merchants }),
    ...(status === undefined ? {} : { statuses: status }),
    ...(shopReference === undefined ? {} : { shopReference }),
    ...(createdFromMs === undefined ? {} : { createdFromMs }),
    ...(createdBeforeMs === undefined ? {} : { createdBeforeMs })
  }
}

export const summaryOf = ({ state, ...order }: StoredOrder): typeof OrderSummary.Type => ({
  id: order.id,
  merchant: order.merchant,
  shopReference: order.shopReference,
  reference: order.reference,
  attempt: order.attempt,
  registration: order.registration,
  revision: order.revision,
  status: state.status,
  fulfilment: state.fulfilment,
  ...(state.hold === undefined ? {} : { hold: state.hold }),
  currency: order.currency,
  grossMinor: order.grossMinor,
  ...(state.totals === undefined ? {} : { totals: state.totals }),
  createdAtMs: order.createdAtMs
})

/** One page of what the caller may see. A merchant that the key does not speak for is refused. */
export const listOrders = Effect.fnUntraced(function*(caller: Caller["Service"], query: Query) {
  if (query.merchant !== undefined && !speaksFor(caller, query.merchant)) {
    return yield* Effect.fail(problem("unknown-merchant", "this key does not speak for such an account"))
  }
  const after = query.after === undefined ? undefined : cursorOf(query.after)
  if (query.after !== undefined && after === undefined) {
    return yield* Effect.fail(problem("bad-request", "after is the next of an earlier page"))
  }
  const page = yield* Effect.mapError(
    (yield* OrderStore).list(filterOf(caller, query), {
      limit: query.limit ?? pageSizeDefault,
      ...(after === undefined ? {} : { after })
    }),
    problemOf
  )
  return { orders: page.items.map(summaryOf), ...(page.next === undefined ? {} : { next: cursorText(page.next) }) }
})
