/**
 * The service as one function from a request to a response, for whatever server there is.
 */
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { SettingsFailure } from "../callbacks/ServiceSettings.ts"
import type { Handler } from "./guard.ts"
import { type HandlerOptions, handlerOver, type Ports } from "./handlerOver.ts"
import { layerRoutes } from "./layerRoutes.ts"
import { methodsAt } from "./methodsAt.ts"

/** The handler, as long as the scope lasts. It never rejects: every fault is an answer. */
export const makeHandler = (
  options: HandlerOptions
): Effect.Effect<Handler, SettingsFailure, Ports | Scope.Scope> =>
  handlerOver({ routes: layerRoutes, methodsAt }, options)
