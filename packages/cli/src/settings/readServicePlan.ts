/**
 * The plan of the service that the settings describe.
 */
import * as Effect from "effect/Effect"
import type * as LogLevel from "effect/LogLevel"
import type { ServicePlan } from "../service/startService.ts"
import { readAccounts } from "./readAccounts.ts"
import { readApiKeys } from "./readApiKeys.ts"
import { readDocdata } from "./readDocdata.ts"
import { readStores } from "./readStores.ts"
import { readWebhooks } from "./readWebhooks.ts"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

const severities = { debug: "Debug", info: "Info", warn: "Warn", error: "Error" } as const

/** The least that is logged. */
export const readLogLevel = (reader: SettingsReader): Effect.Effect<LogLevel.Severity> =>
  Effect.map(reader.read(serviceSettings.logLevel), (word) => severities[word])

const readRetention = (reader: SettingsReader): Effect.Effect<Pick<ServicePlan, "retentionDays">> =>
  Effect.map(reader.read(serviceSettings.retentionDays), (retentionDays) => retentionDays > 0 ? { retentionDays } : {})

export const readServicePlan = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<ServicePlan> {
  const { cancelled, failed, host, paidTooLate, pending, port, publicOrigin, returnSecrets, success } = serviceSettings
  return {
    accounts: yield* readAccounts(reader),
    keys: yield* readApiKeys(reader),
    stores: yield* readStores(reader),
    webhooks: yield* readWebhooks(reader),
    destinations: {
      success: yield* reader.read(success),
      pending: yield* reader.read(pending),
      cancelled: yield* reader.read(cancelled),
      failed: yield* reader.read(failed),
      paidTooLate: yield* reader.read(paidTooLate)
    },
    returnSecrets: yield* reader.read(returnSecrets),
    ...(yield* readDocdata(reader)),
    ...(yield* readRetention(reader)),
    publicOrigin: yield* reader.read(publicOrigin),
    listen: { host: yield* reader.read(host), port: yield* reader.read(port) }
  }
})
