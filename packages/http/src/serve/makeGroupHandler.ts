/**
 * One group of the REST API as a function from a request to a response: for a command, which calls one or two of them.
 */
import type { GroupName } from "@docdata/contract"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { groupRoutes } from "../handlers/groupRoutes.ts"
import type { SettingsFailure } from "../callbacks/ServiceSettings.ts"
import type { Handler } from "./guard.ts"
import { type HandlerOptions, handlerOver, type Ports } from "./handlerOver.ts"
import { observed } from "./observed.ts"

type GroupRoutes = Awaited<ReturnType<(typeof groupRoutes)[GroupName]>>

/** As the routes of any group. */
const loaders: Readonly<Record<GroupName, () => Promise<Layer.Layer<never, never, Layer.Services<GroupRoutes>>>>> =
  groupRoutes

/** Loads the group and makes its handler, as long as the scope lasts. It never rejects: every fault is an answer. */
export const makeGroupHandler = (
  group: GroupName,
  options: HandlerOptions
): Effect.Effect<Handler, SettingsFailure, Ports | Scope.Scope> =>
  Effect.flatMap(
    Effect.promise(() => loaders[group]()),
    (routes) => handlerOver({ routes: observed(routes) }, options)
  )
