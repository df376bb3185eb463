/**
 * The whole service in this process: the adapters, the handler over them, and the work behind the requests.
 */
import { backgroundWork, EventSink, Inbox, Outbox, type StoreFailure, StoreHealth } from "@docdata/application"
import { type Handler, makeHandler } from "@docdata/http"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { keepRetention } from "./keepRetention.ts"
import { followSettings } from "./followSettings.ts"
import { layerGateway } from "./layerPorts.ts"
import { handlerOptions, type OpenFailure, type OpenPlan, withPorts } from "./withPorts.ts"

export interface Service {
  /** Answers requests and never rejects; every fault is an answer. */
  readonly handler: Handler
  /** Notifications and webhooks that were accepted and are not done yet. */
  readonly backlog: Effect.Effect<number, StoreFailure>
  /** Goes on for ever, and fails once another store is in the place of the one that was opened. */
  readonly untilReplaced: Effect.Effect<never, StoreFailure>
}

const backlog = Effect.gen(function*() {
  const [inbox, outbox, sink] = [yield* Inbox, yield* Outbox, yield* EventSink]
  return Effect.gen(function*() {
    const subscribers = yield* sink.subscribers()
    const counts = yield* Effect.all([inbox.backlog(), ...subscribers.map((name) => outbox.backlog(name))])
    return counts.reduce((sum, count) => sum + count, 0)
  })
})

/** Opens it for the length of the scope. Several on the same orders work beside each other, with limits of their own. */
export const openService = (plan: OpenPlan): Effect.Effect<Service, OpenFailure, Scope.Scope> =>
  withPorts(plan, layerGateway(plan), (credentials) =>
    Effect.gen(function*() {
      const handler = yield* makeHandler(handlerOptions(plan, credentials.keys))
      if (plan.retentionDays !== undefined) yield* Effect.forkScoped(keepRetention(plan.retentionDays))
      if (plan.watch !== undefined) yield* Effect.forkScoped(followSettings(plan.watch, credentials))
      yield* backgroundWork
      return { handler, backlog: yield* backlog, untilReplaced: (yield* StoreHealth).untilReplaced() }
    }))
