/**
 * Some routes as one function from a request to a response.
 */
import {
  type Anomalies,
  type BackgroundWork,
  type DeliveryLog,
  type EventFeed,
  type EventSink,
  type Inbox,
  type Merchants,
  type OrderStore,
  type Outbox,
  type PaymentGateway,
  type SingleFlight,
  type StoreHealth,
  type WebhookEndpoints
} from "@docdata/application"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { type ApiKey, ApiKeys } from "../access/ApiKeys.ts"
import { type OnReturn, ReturnHook } from "../callbacks/OnReturn.ts"
import { ServiceSettings, type Settings, SettingsFailure, settingsViolations } from "../callbacks/ServiceSettings.ts"
import type { Webhooks } from "../webhooks/Webhooks.ts"
import { guard, type Handler, type MethodsAt } from "./guard.ts"
import type { layerRoutes } from "./layerRoutes.ts"
import { Source } from "../access/Source.ts"

/** What the service stands on. */
export type Ports =
  | OrderStore
  | StoreHealth
  | Inbox
  | Outbox
  | Anomalies
  | WebhookEndpoints
  | DeliveryLog
  | EventFeed
  | Merchants
  | PaymentGateway
  | EventSink
  | Webhooks
  | SingleFlight
  | BackgroundWork

export interface HandlerOptions {
  readonly settings: Settings
  /** Who may call the REST API; a function is asked for each call, so that keys may come and go. */
  readonly keys: ReadonlyArray<ApiKey> | (() => ReadonlyArray<ApiKey>)
  /** May answer shoppers who came back instead of the redirect. */
  readonly onReturn?: OnReturn
}

/** Routes that need what those of the whole service need, or less, and which methods each of their addresses takes. */
interface Routes {
  readonly routes: Layer.Layer<Layer.Success<typeof layerRoutes>, never, Layer.Services<typeof layerRoutes>>
  readonly methodsAt?: MethodsAt
}

/** The longest name in a path is a shop reference of 200 characters, each of up to nine in an address. */
const nameLengthMax = 200 * 9

/** What a proxy before the service allows or refuses by its path is what the service answers, and nothing that is spelt otherwise. */
const exactPaths = { caseSensitive: true, maxParamLength: nameLengthMax } as const

/** The handler, as long as the scope lasts. It never rejects: every fault is an answer. */
export const handlerOver = (
  { methodsAt, routes }: Routes,
  { keys, onReturn, settings }: HandlerOptions
): Effect.Effect<Handler, SettingsFailure, Ports | Scope.Scope> =>
  Effect.gen(function*() {
    const problems = settingsViolations(settings)
    if (problems.length > 0) return yield* new SettingsFailure({ problems })
    const ports = yield* Effect.context<Ports>()
    const provided = routes.pipe(
      Layer.provideMerge(Layer.succeed(ServiceSettings, ServiceSettings.from(settings))),
      Layer.provideMerge(ApiKeys.layer(typeof keys === "function" ? keys : () => keys)),
      Layer.provideMerge(Layer.succeed(ReturnHook, onReturn)),
      Layer.provideMerge(Layer.succeedContext(ports))
    )
    const { dispose, handler } = HttpRouter.toWebHandler(provided, { disableLogger: true, routerConfig: exactPaths })
    yield* Effect.addFinalizer(() => Effect.promise(dispose))
    return guard((request, source = "unknown") => handler(request, Context.make(Source, source)), methodsAt)
  })
