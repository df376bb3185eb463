/**
 * Orders of a filter, newest first, page by page: memory does not grow with their number.
 */
import { type OrderCursor, type OrderFilter, OrderStore, pageSizeMax, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"

export interface PageOptions {
  readonly after?: OrderCursor
  /** All there are if absent. */
  readonly limit?: number
}

/** Hands over each page in turn; resolves with whether there are more orders than `limit` let through. */
export const eachPage = Effect.fnUntraced(function*<E, R>(
  filter: OrderFilter,
  { after, limit = Infinity }: PageOptions,
  use: (orders: ReadonlyArray<StoredOrder>) => Effect.Effect<void, E, R>
) {
  const store = yield* OrderStore
  let left = limit
  let cursor = after
  for (;;) {
    const page = yield* store.list(filter, {
      limit: Math.min(left, pageSizeMax),
      ...(cursor === undefined ? {} : { after: cursor })
    })
    yield* use(page.items)
    left -= page.items.length
    cursor = page.next
    if (cursor === undefined || left <= 0) return cursor !== undefined
  }
})
