/**
 * The observations of an order, in pages.
 */
import { OrderStore, type StoredOrder } from "@docdata/application"
import type { ObservationPage, ObservationQuery } from "@docdata/contract"
import * as Effect from "effect/Effect"
import { observationView } from "../views/observationView.ts"
import { problemOf } from "./problemOf.ts"

/** Observations of a page when the caller does not say. */
const pageSizeDefault = 50

/** One page, newest first. */
export const observationsOf = Effect.fnUntraced(function*(
  { currency, id }: StoredOrder,
  { before, include, limit }: typeof ObservationQuery.Type
) {
  const page = yield* Effect.mapError(
    (yield* OrderStore).observations(id, {
      limit: limit ?? pageSizeDefault,
      ...(before === undefined ? {} : { before })
    }),
    problemOf
  )
  const view: typeof ObservationPage.Type = {
    observations: page.items.map((item) => observationView(item, { currency, detail: include ?? "decision" })),
    ...(page.next === undefined ? {} : { next: page.next })
  }
  return view
})
