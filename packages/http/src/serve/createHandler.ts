/**
 * The service without its server, for programs that do not use Effect: a handler to mount in a server they have.
 *
 * It also does the work that goes on behind the requests: refreshing notified orders, telling the shop, looking at
 * orders that nobody notified. So one call is the whole service but the socket.
 */
import {
  backgroundWork,
  type Backlogs,
  layerWakeRelay,
  RefreshBudget,
  SingleFlight,
  WorkCapacity
} from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Scope from "effect/Scope"
import type { Handler } from "./guard.ts"
import { type HandlerOptions, makeHandler, type Ports } from "./makeHandler.ts"

export interface MountOptions extends HandlerOptions {
  /** Where orders are kept, how Docdata is spoken to, which accounts there are, and who receives events. */
  readonly ports: Layer.Layer<
    Exclude<Ports, SingleFlight> | Backlogs,
    unknown
  >
}

export interface Mounted {
  /** Never rejects; see `makeHandler`. */
  readonly handler: Handler
  /** Ends the background work and closes the stores. Close your server first, so that no request is under way. */
  readonly close: () => Promise<void>
}

/**
 * Opens everything and resolves with the handler. Rejects with `SettingsFailure` or with what the ports fail with, and
 * nothing stays open then. Call it once per process: further calls work on the same orders beside it, with limits of
 * their own.
 */
export const createHandler = async ({ ports, ...options }: MountOptions): Promise<Mounted> => {
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(
      Layer.provideMerge(layerWakeRelay, ports),
      SingleFlight.layer,
      WorkCapacity.layer,
      RefreshBudget.layer
    )
  )
  const opened = Effect.tap(makeHandler(options), () => backgroundWork)
  try {
    // Both live as long as the runtime's own scope.
    const handler = await runtime.runPromise(Effect.provideService(opened, Scope.Scope, runtime.scope))
    return { handler, close: () => runtime.dispose() }
  } catch (failure) {
    await runtime.dispose()
    throw failure
  }
}
