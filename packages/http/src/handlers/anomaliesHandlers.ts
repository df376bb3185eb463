/**
 * The handlers of the anomalies group.
 */
import { Anomalies, anomalyCatalogue, type AnomalyFilter, type AnomalyKind } from "@docdata/application"
import { AnomaliesGroup, type AnomalyQuery, apiOf, Caller, problem } from "@docdata/contract"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { operating } from "../access/authorize.ts"
import { anomalyView } from "../views/anomalyView.ts"
import { cursorText, readCursor } from "./cursor.ts"
import { storeProblemOf } from "./problemOf.ts"
import { seenMerchants } from "./seenMerchants.ts"

/** Anomalies of a page when the caller does not say. */
const pageSizeDefault = 50

const isKind = (text: string): text is AnomalyKind => Object.hasOwn(anomalyCatalogue, text)

const filterOf = Effect.fnUntraced(function*(query: typeof AnomalyQuery.Type) {
  const { kind, level, merchant, orderId, state } = query
  if (kind !== undefined && !isKind(kind)) {
    return yield* Effect.fail(problem("bad-request", "kind is none of the kinds"))
  }
  const filter: AnomalyFilter = {
    ...yield* seenMerchants(yield* Caller, merchant),
    ...(orderId === undefined ? {} : { orderId }),
    ...(kind === undefined ? {} : { kind }),
    ...(level === undefined ? {} : { level }),
    ...(state === undefined ? {} : { state })
  }
  return filter
})

const cursorOf = (text: string | undefined) => {
  if (text === undefined) return Effect.succeed({})
  const cursor = readCursor(text)
  return cursor === undefined
    ? Effect.fail(problem("bad-request", "after is the next of an earlier page"))
    : Effect.succeed({ after: { raisedAtMs: cursor.atMs, id: cursor.id } })
}

const api = apiOf(AnomaliesGroup)

export const anomaliesRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "anomalies", (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.anomalies.list")(function*({ query }) {
        const filter = yield* filterOf(query)
        const cursor = yield* cursorOf(query.after)
        const { items, next } = yield* Effect.mapError(
          (yield* Anomalies).list(filter, { limit: query.limit ?? pageSizeDefault, ...cursor }),
          storeProblemOf
        )
        return {
          anomalies: items.map(anomalyView),
          ...(next === undefined ? {} : { next: cursorText({ atMs: next.raisedAtMs, id: next.id }) })
        }
      }),
      acknowledge: Effect.fn("http.anomalies.acknowledge")(function*({ params, payload }) {
        const caller = yield* operating
        const acknowledged = { atMs: yield* Clock.currentTimeMillis, by: caller.keyId, ...payload }
        const known = yield* Effect.mapError(
          (yield* Anomalies).acknowledge({
            id: params.anomalyId,
            acknowledged,
            ...(caller.merchants === "all" ? {} : { merchants: caller.merchants })
          }),
          (failure) =>
            failure._tag === "AnomalyNotFound"
              ? problem("anomaly-not-found", "no anomaly of your merchants has this id")
              : storeProblemOf(failure)
        )
        return anomalyView(known)
      })
    }))
)
