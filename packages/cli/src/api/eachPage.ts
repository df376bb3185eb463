/**
 * Lists page by page: memory does not grow with their length.
 */
import * as Effect from "effect/Effect"

/** As many as a page may hold. */
const pageSizeMax = 200

interface Page<A> {
  readonly items: ReadonlyArray<A>
  readonly next?: string | undefined
}

interface Paging<A, E, E2> {
  /** Where to begin: the `next` of an earlier page. */
  readonly after?: string | undefined
  /** All there are if absent. */
  readonly limit?: number
  readonly read: (page: { readonly limit: number; readonly after?: string }) => Effect.Effect<Page<A>, E>
  readonly use: (items: ReadonlyArray<A>) => Effect.Effect<void, E2>
}

/** Hands over each page in turn; resolves with where to go on, if `limit` left some out. */
export const eachPage = Effect.fnUntraced(function*<A, E, E2>(
  { after, limit = Infinity, read, use }: Paging<A, E, E2>
) {
  let left = limit
  let position = after
  for (;;) {
    const { items, next } = yield* read({
      limit: Math.min(left, pageSizeMax),
      ...(position === undefined ? {} : { after: position })
    })
    yield* use(items)
    left -= items.length
    position = next
    if (position === undefined || left <= 0) return position
  }
})
