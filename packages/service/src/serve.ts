/**
 * The service behind a server of its own.
 */
import { type Handler, listen, type ListenFailure, type ListenOptions, notReady } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import { openService, type Service } from "./openService.ts"
import type { OpenFailure } from "./withPorts.ts"
import type { ServicePlan } from "./ServicePlan.ts"

export interface ServePlan extends ServicePlan {
  readonly listen: ListenOptions
}

export interface Served extends Service {
  /** Where it listens. */
  readonly origin: string
}

/** The server, which answers 503 until it has a handler. */
interface Listener {
  readonly origin: string
  readonly handler: Ref.Ref<Handler>
  /** Accepts no more requests and finishes those in hand. */
  readonly close: Effect.Effect<void>
}

/** Listens before the stores are open, because opening migrates them, and an address may be refused. */
const openListener = Effect.fnUntraced(function*(options: ListenOptions) {
  const scope = yield* Scope.make()
  const close = Scope.close(scope, Exit.void)
  yield* Effect.addFinalizer(() => close)
  const handler = Ref.makeUnsafe(notReady)
  const listening = listen((request, source) => Ref.getUnsafe(handler)(request, source), options)
  const origin = yield* Effect.provideService(listening, Scope.Scope, scope)
  return { origin, handler, close } satisfies Listener
})

/** Starts it for the length of the scope. */
export const serve = (plan: ServePlan): Effect.Effect<Served, OpenFailure | ListenFailure, Scope.Scope> =>
  Effect.gen(function*() {
    const { close, handler, origin } = yield* openListener(plan.listen)
    const service = yield* openService({ ...plan, publicOrigin: plan.publicOrigin ?? origin })
    // What begins last ends first: no new requests, then no new work, then the stores close.
    yield* Effect.addFinalizer(() => close)
    yield* Ref.set(handler, service.handler)
    return { ...service, origin }
  })
