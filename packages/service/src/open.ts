/**
 * The service for programs without Effect: one promise opens it, one closes it, and it works by itself in between.
 */
import type { StoreFailure } from "@docdata/application"
import { type Handler, nodeListener, sourceBehind } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { IncomingMessage, ServerResponse } from "node:http"
import { type Options, readOptions } from "./Options.ts"
import { openService } from "./openService.ts"
import { openSources } from "./settings/Sources.ts"
import { readWatchedPlan } from "./settings/readWatchedPlan.ts"

export interface Opened {
  /** From a web-standard request to a response. Never rejects. */
  readonly handler: Handler
  /** The same for `node:http` and for frameworks on it. Mount it before anything that reads bodies. */
  readonly listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void
  /** Ends the background work and closes the stores. Close your server first, so that no request is under way. */
  readonly close: () => Promise<void>
}

const planOf = (options: Options | string) =>
  typeof options === "string"
    ? Effect.flatMap(Effect.fromResult(openSources(process.env, options)), readWatchedPlan)
    : readOptions(options)

/** The process is the program's own: what it does then is for whoever runs it. */
const logReplaced = (untilReplaced: Effect.Effect<never, StoreFailure>): Effect.Effect<void> =>
  Effect.catchTag(
    untilReplaced,
    "StoreFailure",
    ({ message }) => Effect.logError("the store is of no more use", { failure: message })
  )

/**
 * Opens the service from options, or from the path of a settings file, which it then follows: accounts and keys change
 * with it, and variables of the environment win over it as with `docdata serve`.
 *
 * Rejects with everything that is wrong with the options at once, or with the failure of a store; nothing stays open
 * then. Call it once in a process.
 */
export const open = async (options: Options | string): Promise<Opened> => {
  const scope = Scope.makeUnsafe()
  const close = (): Promise<void> => Effect.runPromise(Scope.close(scope, Exit.void))
  try {
    const plan = await Effect.runPromise(planOf(options))
    const opened = Effect.tap(openService(plan), ({ untilReplaced }) => Effect.forkScoped(logReplaced(untilReplaced)))
    const { handler } = await Effect.runPromise(Effect.provideService(opened, Scope.Scope, scope))
    const sourceOf = sourceBehind(plan.listen.trustedProxies)
    return { handler, listener: nodeListener(handler, { sourceOf }), close }
  } catch (failure) {
    await close()
    throw failure
  }
}
