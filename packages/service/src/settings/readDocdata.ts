/**
 * How the settings say that Docdata is reached.
 */
import { docdataMenus, type MenuAddresses } from "@docdata/application"
import type { Endpoints } from "@docdata/soap/gateway"
import * as Effect from "effect/Effect"
import type { ServicePlan } from "../ServicePlan.ts"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

/** Docdata's own addresses unless told otherwise. */
export const readDocdata = Effect.fnUntraced(function*(
  reader: SettingsReader
): Effect.fn.Return<Pick<Required<ServicePlan>, "endpoints" | "menus" | "limits">> {
  const { callTimeoutMs, callsAtOnce, liveEndpoint, liveMenu, testEndpoint, testMenu } = serviceSettings
  const test = yield* reader.read(testEndpoint)
  const live = yield* reader.read(liveEndpoint)
  const menus = { test: yield* reader.read(testMenu), live: yield* reader.read(liveMenu) }
  const inFlightMax = yield* reader.read(callsAtOnce)
  const endpoints: Partial<Endpoints> = { ...(test === "" ? {} : { test }), ...(live === "" ? {} : { live }) }
  return {
    endpoints,
    menus: { test: menus.test || docdataMenus.test, live: menus.live || docdataMenus.live } satisfies MenuAddresses,
    limits: {
      totalMs: yield* reader.read(callTimeoutMs),
      inFlightMax,
      inFlightPerMerchantMax: Math.floor(inFlightMax / 2)
    }
  }
})
