/**
 * The whole service in this process: stores, gateway, webhooks, background work and the server, put together.
 */
import {
  backgroundWork,
  EventSink,
  Inbox,
  layerWakeRelay,
  type MenuAddresses,
  type MerchantAccount,
  Outbox,
  RefreshBudget,
  SingleFlight,
  type StoreFailure,
  WorkCapacity
} from "@docdata/application"
import {
  type ApiKey,
  type Destinations,
  type Handler,
  layerWebhooks,
  listen,
  type ListenFailure,
  type ListenOptions,
  makeHandler,
  notReady,
  type SettingsFailure,
  type WebhookFailure,
  type WebhookOptions
} from "@docdata/http"
import { layerMerchantsFrom, layerProcessWork } from "@docdata/memory"
import {
  type EndpointFailure,
  type Endpoints,
  type LimitFailure,
  SoapGateway,
  type TransportLimits
} from "@docdata/soap/gateway"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import type { FollowedSettings } from "../settings/FollowedSettings.ts"
import { keepRetention } from "./keepRetention.ts"
import { keepUp, type LiveCredentials } from "./keepUp.ts"
import { layerStores, type StorePlan } from "./layerStores.ts"

/** Everything that differs between a trial and a merchant's machine. */
export interface ServicePlan {
  readonly accounts: ReadonlyArray<MerchantAccount>
  readonly keys: ReadonlyArray<ApiKey>
  readonly stores: StorePlan
  readonly webhooks: WebhookOptions
  readonly destinations: Destinations
  /** Sign return addresses; the first makes them, all are believed. */
  readonly returnSecrets?: ReadonlyArray<Redacted.Redacted>
  /** How shoppers reach the service; where it listens, if absent. */
  readonly publicOrigin?: string
  /** Docdata's own unless given: a simulator. */
  readonly endpoints?: Partial<Endpoints>
  readonly menus?: MenuAddresses
  readonly limits?: Partial<TransportLimits>
  readonly listen: ListenOptions
  /** Age in days at which texts of exchanges are emptied; they stay if it is absent. */
  readonly retentionDays?: number
  /** Brings accounts and keys that changed; looked at every few seconds. Without it they stay as they are. */
  readonly follow?: FollowedSettings
}

export interface Service {
  /** Where it listens. */
  readonly origin: string
  /** Notifications and webhooks that were taken and are not done yet. */
  readonly backlog: Effect.Effect<number, StoreFailure>
}

export type StartFailure =
  | StoreFailure
  | WebhookFailure
  | EndpointFailure
  | LimitFailure
  | ListenFailure
  | SettingsFailure

const layerPorts = (
  { endpoints = {}, limits = {}, stores, webhooks }: ServicePlan,
  accounts: Ref.Ref<ReadonlyArray<MerchantAccount>>
) =>
  Layer.mergeAll(
    layerWakeRelay.pipe(
      Layer.provideMerge(Layer.provideMerge(layerWebhooks(webhooks), layerStores(stores))),
      Layer.provideMerge(layerProcessWork)
    ),
    SoapGateway.layer({ endpoints, limits }),
    layerMerchantsFrom(accounts),
    SingleFlight.layer,
    WorkCapacity.layer,
    RefreshBudget.layer
  )

/** Where it listens, and who answers there. */
interface Listener {
  readonly origin: string
  readonly handler: Ref.Ref<Handler>
  /** Takes no more requests and finishes those in hand. */
  readonly close: Effect.Effect<void>
}

/** Opened before the stores, because they are migrated with it, and an address may be refused. */
const openListener = Effect.fnUntraced(function*(options: ListenOptions) {
  const scope = yield* Scope.make()
  const close = Scope.close(scope, Exit.void)
  yield* Effect.addFinalizer(() => close)
  const handler = Ref.makeUnsafe(notReady)
  const listening = listen((request, source) => Ref.getUnsafe(handler)(request, source), options)
  const origin = yield* Effect.provideService(listening, Scope.Scope, scope)
  return { origin, handler, close } satisfies Listener
})

const run = Effect.fnUntraced(function*(plan: ServicePlan, credentials: LiveCredentials, listener: Listener) {
  const inbox = yield* Inbox
  const outbox = yield* Outbox
  const sink = yield* EventSink
  if (plan.retentionDays !== undefined) yield* Effect.forkScoped(keepRetention(plan.retentionDays))
  if (plan.follow !== undefined) yield* Effect.forkScoped(keepUp(plan.follow, credentials))
  yield* backgroundWork
  const { origin } = listener
  const handler = yield* makeHandler({
    keys: () => Ref.getUnsafe(credentials.keys),
    settings: {
      publicOrigin: plan.publicOrigin ?? origin,
      destinations: plan.destinations,
      returnSecrets: plan.returnSecrets ?? [],
      ...(plan.accounts[0] === undefined ? {} : { defaultMerchant: plan.accounts[0].name }),
      ...(plan.menus === undefined ? {} : { menus: plan.menus })
    }
  })
  // What begins last ends first: no new requests, then no new work, then the stores close.
  yield* Effect.addFinalizer(() => listener.close)
  yield* Ref.set(listener.handler, handler)
  const backlog = Effect.gen(function*() {
    const subscribers = yield* sink.subscribers()
    const counts = yield* Effect.all([inbox.backlog(), ...subscribers.map((name) => outbox.backlog(name))])
    return counts.reduce((sum, count) => sum + count, 0)
  })
  return { origin, backlog } satisfies Service
})

/** Starts it for the length of the scope. */
export const startService = (plan: ServicePlan): Effect.Effect<Service, StartFailure, Scope.Scope> =>
  Effect.gen(function*() {
    const credentials = { accounts: Ref.makeUnsafe(plan.accounts), keys: Ref.makeUnsafe(plan.keys) }
    const listener = yield* openListener(plan.listen)
    const ports = yield* Layer.build(layerPorts(plan, credentials.accounts))
    return yield* Effect.provideContext(run(plan, credentials, listener), ports)
  })
