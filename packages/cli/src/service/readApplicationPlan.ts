/**
 * What a command needs to know of the settings. Those of the server may be missing.
 */
import * as Effect from "effect/Effect"
import { readAccounts } from "../settings/readAccounts.ts"
import { readDocdata } from "../settings/readDocdata.ts"
import { readStores } from "../settings/readStores.ts"
import { serviceSettings } from "../settings/serviceSettings.ts"
import type { SettingsReader } from "../settings/SettingsReader.ts"
import type { ApplicationPlan, StoredPlan } from "./layerApplication.ts"

/** For commands that read what is stored. */
export const readStoredPlan = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<StoredPlan> {
  return {
    accounts: yield* readAccounts(reader),
    stores: yield* readStores(reader),
    ...(yield* readDocdata(reader)),
    publicOrigin: yield* reader.read({ ...serviceSettings.publicOrigin, fallback: "" }),
    returnSecrets: yield* reader.read(serviceSettings.returnSecrets)
  }
})

/** For commands that ask Docdata: also who receives changes. Loads what webhooks are made of. */
export const readApplicationPlan = Effect.fnUntraced(function*(
  reader: SettingsReader
): Effect.fn.Return<ApplicationPlan> {
  const { readWebhooks } = yield* Effect.promise(() => import("../settings/readWebhooks.ts"))
  return { ...(yield* readStoredPlan(reader)), webhooks: yield* readWebhooks(reader) }
})
