/**
 * The whole service in this process: the adapters, the handler over them, and the work behind the requests.
 */
import { backgroundWork, EventSink, Inbox, Outbox, type StoreFailure } from "@docdata/application"
import { type Handler, makeHandler, type SettingsFailure } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import { keepRetention } from "./keepRetention.ts"
import { followSettings, type LiveCredentials } from "./followSettings.ts"
import { layerPorts, type PortsFailure } from "./layerPorts.ts"
import type { ServicePlan } from "./ServicePlan.ts"

export interface Service {
  /** Answers requests and never rejects; every fault is an answer. */
  readonly handler: Handler
  /** Notifications and webhooks that were accepted and are not done yet. */
  readonly backlog: Effect.Effect<number, StoreFailure>
}

export type OpenFailure = PortsFailure | SettingsFailure

/** The plan of a service whose shoppers know where it is. */
export type OpenPlan = ServicePlan & Required<Pick<ServicePlan, "publicOrigin">>

const backlog = Effect.gen(function*() {
  const [inbox, outbox, sink] = [yield* Inbox, yield* Outbox, yield* EventSink]
  return Effect.gen(function*() {
    const subscribers = yield* sink.subscribers()
    const counts = yield* Effect.all([inbox.backlog(), ...subscribers.map((name) => outbox.backlog(name))])
    return counts.reduce((sum, count) => sum + count, 0)
  })
})

const handlerOf = (plan: OpenPlan, keys: LiveCredentials["keys"]) =>
  makeHandler({
    keys: () => Ref.getUnsafe(keys),
    settings: {
      publicOrigin: plan.publicOrigin,
      destinations: plan.destinations,
      returnSecrets: plan.returnSecrets ?? [],
      ...(plan.accounts[0] === undefined ? {} : { defaultMerchant: plan.accounts[0].name }),
      ...(plan.menus === undefined ? {} : { menus: plan.menus })
    },
    ...(plan.onReturn === undefined ? {} : { onReturn: plan.onReturn })
  })

const withPorts = <A, E, R>(
  plan: OpenPlan,
  opened: (credentials: LiveCredentials) => Effect.Effect<A, E, R>
) =>
  Effect.gen(function*() {
    const credentials = { accounts: Ref.makeUnsafe(plan.accounts), keys: Ref.makeUnsafe(plan.keys) }
    const ports = yield* Layer.build(layerPorts(plan, credentials.accounts))
    return yield* Effect.provideContext(opened(credentials), ports)
  })

/** Opens it for the length of the scope. Several on the same orders work beside each other, with limits of their own. */
export const openService = (plan: OpenPlan): Effect.Effect<Service, OpenFailure, Scope.Scope> =>
  withPorts(plan, (credentials) =>
    Effect.gen(function*() {
      const handler = yield* handlerOf(plan, credentials.keys)
      if (plan.retentionDays !== undefined) yield* Effect.forkScoped(keepRetention(plan.retentionDays))
      if (plan.watch !== undefined) yield* Effect.forkScoped(followSettings(plan.watch, credentials))
      yield* backgroundWork
      return { handler, backlog: yield* backlog }
    }))
