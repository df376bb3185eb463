/**
 * The service for the length of one command: the groups of the REST API that it calls, and nothing in the background.
 */
import type { GroupName } from "@docdata/contract"
import { type Handler, hashApiKey, makeApiKey, makeGroupHandler, type Ports, type SettingsFailure } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { layerGatewayOnDemand } from "./layerGatewayOnDemand.ts"
import { handlerOptions, type OpenFailure, type OpenPlan, withPorts } from "./withPorts.ts"

/** Stands with what a command did: events leave for other systems, and who sat at the machine is nothing for them. */
const inProcessKeyId = "command-line"

/** A service in this process, and the key that opens it. */
export interface InProcess {
  /** Loads a group of the REST API and makes its handler. */
  readonly handlerOf: (group: GroupName) => Effect.Effect<Handler, SettingsFailure>
  readonly key: string
}

/**
 * Opens it for the length of the scope: no server and no background work, and no key but a new one that may do
 * everything. Events that are stored are delivered by the service that runs on the same stores.
 */
export const openInProcess = (plan: OpenPlan): Effect.Effect<InProcess, OpenFailure, Scope.Scope> => {
  const key = makeApiKey()
  const own = { id: inProcessKeyId, hash: hashApiKey(key), merchants: "all", scope: "admin" } as const
  return withPorts(
    { ...plan, keys: [own] },
    layerGatewayOnDemand(plan),
    ({ keys }) =>
      Effect.map(Effect.context<Ports | Scope.Scope>(), (services) => ({
        handlerOf: (group) => Effect.provideContext(makeGroupHandler(group, handlerOptions(plan, keys)), services),
        key: Redacted.value(key)
      }))
  )
}
