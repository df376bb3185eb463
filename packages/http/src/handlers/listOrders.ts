/**
 * Orders in pages, newest first.
 *
 * A page is found by the last order of the one before, so that new orders never shift what a caller reads.
 */
import { type OrderFilter, OrderStore, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Caller } from "../api/Authorization.ts"
import type { OrderSummary } from "../api/OrderView.ts"
import { problem } from "../api/problemCatalogue.ts"
import type { ListQuery } from "../api/requests.ts"
import { cursorText, readCursor } from "./cursor.ts"
import { problemOf } from "./problemOf.ts"
import { seenMerchants } from "./seenMerchants.ts"

/** Orders of a page when the caller does not say. */
const pageSizeDefault = 50

type Query = typeof ListQuery.Type

const filterOf = (query: Query): OrderFilter => {
  const { createdBeforeMs, createdFromMs, shopReference, status } = query
  return {
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
  orderReference: order.orderReference,
  orderAttempt: order.orderAttempt,
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
  const seen = yield* seenMerchants(caller, query.merchant)
  const after = query.after === undefined ? undefined : readCursor(query.after)
  if (query.after !== undefined && after === undefined) {
    return yield* Effect.fail(problem("bad-request", "after is the next of an earlier page"))
  }
  const { items, next } = yield* Effect.mapError(
    (yield* OrderStore).list({ ...filterOf(query), ...seen }, {
      limit: query.limit ?? pageSizeDefault,
      ...(after === undefined ? {} : { after: { createdAtMs: after.atMs, id: after.id } })
    }),
    problemOf
  )
  return {
    orders: items.map(summaryOf),
    ...(next === undefined ? {} : { next: cursorText({ atMs: next.createdAtMs, id: next.id }) })
  }
})
