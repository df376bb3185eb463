/**
 * Orders in pages, newest first.
 *
 * A page is found by the last order of the one before, so that new orders never shift what a caller reads.
 */
import { Merchants, type OrderFilter, type OrderName, OrderStore } from "@docdata/application"
import { type Caller, type OrderQuery, problem } from "@docdata/contract"
import * as Effect from "effect/Effect"
import { orderSummary } from "../views/orderView.ts"
import { cursorText, readCursor } from "./cursor.ts"
import { storeProblemOf } from "./problemOf.ts"
import { seenMerchants } from "./seenMerchants.ts"

/** Orders of a page when the caller does not say. */
const pageSizeDefault = 50

type Query = typeof OrderQuery.Type
type Seen = { readonly merchants?: ReadonlyArray<string> }

const filterOf = ({ createdBefore, createdFrom, shopReference, status }: Query): OrderFilter => ({
  ...(status === undefined ? {} : { statuses: status }),
  ...(shopReference === undefined ? {} : { shopReference }),
  ...(createdFrom === undefined ? {} : { createdFromMs: Date.parse(createdFrom) }),
  ...(createdBefore === undefined ? {} : { createdBeforeMs: Date.parse(createdBefore) })
})

// Docdata's names are unique within a merchant, so there is at most one order for each.
const ordersNamed = Effect.fnUntraced(function*(nameOf: (merchant: string) => OrderName, { merchants }: Seen) {
  const store = yield* OrderStore
  const names = merchants ?? (yield* (yield* Merchants).all()).map(({ name }) => name)
  const found = yield* Effect.forEach(names, (merchant) =>
    store.read(nameOf(merchant)).pipe(
      Effect.map(({ order }) => [orderSummary(order)]),
      Effect.catchTag("OrderNotFound", () => Effect.succeed([])),
      Effect.mapError(storeProblemOf)
    ))
  return { orders: found.flat() }
})

const besideName = problem("bad-request", "orderReference and orderKey name one order", {
  errors: [{ path: "", message: "beside orderReference or orderKey only merchant may stand" }]
})

/** Without it an answer without orders would say that there are none. */
const emptySpan = ({ createdBefore, createdFrom }: Query) =>
  createdBefore !== undefined && createdFrom !== undefined && Date.parse(createdFrom) >= Date.parse(createdBefore)
    ? problem("bad-request", `no moment is from ${createdFrom} on and before ${createdBefore}`, {
      errors: [{ path: "createdBefore", message: "is not after createdFrom" }]
    })
    : undefined

/** One page of what the caller may see. A merchant that the key does not speak for is refused. */
export const listOrders = Effect.fnUntraced(function*(caller: Caller["Service"], query: Query) {
  const { merchant: named, orderKey, orderReference, ...others } = query
  const seen = yield* seenMerchants(caller, named)
  if (orderKey !== undefined || orderReference !== undefined) {
    const isAlone = (orderKey === undefined) !== (orderReference === undefined) && Object.keys(others).length === 0
    if (!isAlone) return yield* Effect.fail(besideName)
    return yield* ordersNamed(
      (merchant) =>
        orderKey === undefined
          ? { by: "order-reference", merchant, orderReference: orderReference ?? "" }
          : { by: "key", merchant, key: orderKey },
      seen
    )
  }
  const empty = emptySpan(query)
  if (empty !== undefined) return yield* Effect.fail(empty)
  const after = query.after === undefined ? undefined : readCursor(query.after)
  if (query.after !== undefined && after === undefined) {
    return yield* Effect.fail(problem("bad-request", "after is the next of an earlier page"))
  }
  const { items, next } = yield* Effect.mapError(
    (yield* OrderStore).list({ ...filterOf(query), ...seen }, {
      limit: query.limit ?? pageSizeDefault,
      ...(after === undefined ? {} : { after: { createdAtMs: after.atMs, id: after.id } })
    }),
    storeProblemOf
  )
  return {
    orders: items.map(orderSummary),
    ...(next === undefined ? {} : { next: cursorText({ atMs: next.createdAtMs, id: next.id }) })
  }
})
