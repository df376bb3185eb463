/**
 * What every service in this process stands on, whether it serves or runs one command.
 */
import type { HandlerOptions, SettingsFailure } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import type { LiveCredentials } from "./followSettings.ts"
import { type layerGateway, layerPorts, type Ports, type PortsFailure } from "./layerPorts.ts"
import type { ServicePlan } from "./ServicePlan.ts"

export type OpenFailure = PortsFailure | SettingsFailure

/** The plan of a service whose shoppers know where it is. */
export type OpenPlan = ServicePlan & Required<Pick<ServicePlan, "publicOrigin">>

/** What a handler is told of the plan. */
export const handlerOptions = (plan: OpenPlan, keys: LiveCredentials["keys"]): HandlerOptions => ({
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

/** Opens something on the ports of the plan. */
export const withPorts = <A, E, R>(
  plan: OpenPlan,
  gateway: ReturnType<typeof layerGateway>,
  opened: (credentials: LiveCredentials) => Effect.Effect<A, E, R>
): Effect.Effect<A, E | PortsFailure, Exclude<R, Ports> | Scope.Scope> =>
  Effect.gen(function*() {
    const credentials = { accounts: Ref.makeUnsafe(plan.accounts), keys: Ref.makeUnsafe(plan.keys) }
    const ports = yield* Layer.build(layerPorts(plan, { accounts: credentials.accounts, gateway }))
    return yield* Effect.provideContext(opened(credentials), ports)
  })
