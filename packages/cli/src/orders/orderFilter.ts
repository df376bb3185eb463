/**
 * Which orders are meant, from the flags that several commands share.
 */
import type { OrderSummary } from "@docdata/contract"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { badInput, type CommandFailure } from "../api/CommandFailure.ts"
import { eachPage } from "../api/eachPage.ts"
import { failureOf } from "../api/failureOf.ts"
import { statusChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { parseInstant } from "../input/instant.ts"
import { merchantOf, type OrderFilter } from "./orderNamed.ts"

const day = /^\d{4}-\d\d-\d\d$/

/** What to say when a text is neither. */
const instantOrDayExpected = "an instant such as 2026-01-31T09:30:00Z or a day in UTC such as 2026-01-31"

const instantAfter = (flag: "from" | "to", { values }: Given): Effect.Effect<string | undefined, CommandFailure> => {
  const typed = values.get(flag)
  if (typed === undefined) return Effect.undefined
  const ms = parseInstant(day.test(typed) ? `${typed}T00:00:00Z` : typed)
  return ms === undefined
    ? Effect.fail(badInput(`--${flag} is ${instantOrDayExpected}; not ${printable(typed)}`))
    : Effect.succeed(new Date(ms).toISOString())
}

/** From `--merchant`, `--status`, `--shop-reference`, `--from` and `--to`; the end is excluded. */
export const orderFilter = Effect.fnUntraced(function*(
  api: Api,
  given: Given
): Effect.fn.Return<OrderFilter, CommandFailure> {
  const { values } = given
  const { merchant } = merchantOf(given)
  // A list of an account that does not exist would be empty, and a typing mistake look like no orders.
  if (merchant !== undefined) yield* Effect.mapError(api.merchants.read({ params: { merchant } }), failureOf)
  const shopReference = values.get("shop-reference")
  const createdFrom = yield* instantAfter("from", given)
  const createdBefore = yield* instantAfter("to", given)
  const statuses = statusChoices.filter((status) => status === values.get("status"))
  return {
    ...(merchant === undefined ? {} : { merchant }),
    ...(statuses.length === 0 ? {} : { status: statuses }),
    ...(shopReference === undefined ? {} : { shopReference }),
    ...(createdFrom === undefined ? {} : { createdFrom }),
    ...(createdBefore === undefined ? {} : { createdBefore })
  }
})

/** Hands over the orders of a filter, newest first, page by page. */
export const eachOrderPage = <E>(
  api: Api,
  { filter, ...paging }: { readonly filter: OrderFilter; readonly limit?: number; readonly after?: string | undefined },
  use: (orders: ReadonlyArray<typeof OrderSummary.Type>) => Effect.Effect<void, E>
) =>
  eachPage({
    ...paging,
    read: (page) =>
      Effect.map(api.orders.list({ query: { ...filter, ...page } }), ({ next, orders }) => ({ items: orders, next })),
    use
  })
