/**
 * The refreshes an order, in pages, without what may name people.
 */
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { ObservationPage } from "../api/OrderView.ts"
import type { ObservationQuery } from "../api/requests.ts"
import { problemOf } from "./problemOf.ts"

/** Looks of a page when the caller does not say. */
const pageSizeDefault = 50

/** One page, newest first. */
export const observationsOf = Effect.fnUntraced(function*(
  orderId: string,
  { before, limit }: typeof ObservationQuery.Type
) {
  const page = yield* Effect.mapError(
    (yield* OrderStore).observations(orderId, {
      limit: limit ?? pageSizeDefault,
      ...(before === undefined ? {} : { before })
    }),
    problemOf
  )
  const view: typeof ObservationPage.Type = {
    observations: page.items.map(({ answeredAtMs, askedAtMs, decision, findings, observedBy, revision, rules }) => ({
      revision,
      observedBy,
      askedAtMs,
      answeredAtMs,
      rules,
      decision,
      findings
    })),
    ...(page.next === undefined ? {} : { next: page.next })
  }
  return view
})
