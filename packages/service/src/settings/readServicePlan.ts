/**
 * The plan of the service that the settings describe.
 */
import { returnSecretLengthMin } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as LogLevel from "effect/LogLevel"
import type { OpenPlan } from "../withPorts.ts"
import type { ServePlan } from "../serve.ts"
import type { ServicePlan } from "../ServicePlan.ts"
import { readAccounts } from "./readAccounts.ts"
import { readApiKeys } from "./readApiKeys.ts"
import { readDocdata } from "./readDocdata.ts"
import { readOwnStores, readPresentStores } from "./readStores.ts"
import { readWebhooks } from "./readWebhooks.ts"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

const severities = { debug: "Debug", info: "Info", warn: "Warn", error: "Error" } as const

/** The least that is logged. */
export const readLogLevel = (reader: SettingsReader): Effect.Effect<LogLevel.Severity> =>
  Effect.map(reader.read(serviceSettings.logLevel), (word) => severities[word])

const readRetention = (reader: SettingsReader): Effect.Effect<Pick<ServicePlan, "retentionDays">> =>
  Effect.map(reader.read(serviceSettings.retentionDays), (retentionDays) => retentionDays > 0 ? { retentionDays } : {})

/** Short ones would be refused when the service starts: they are told with the rest. */
const readReturnSecrets = Effect.fnUntraced(function*(reader: SettingsReader) {
  const { returnSecrets: setting } = serviceSettings
  const secrets = yield* reader.read(setting)
  if (secrets?.some((secret) => Redacted.value(secret).length < returnSecretLengthMin)) reader.refuse(setting)
  return secrets
})

export const readServicePlan = Effect.fnUntraced(
  function*(reader: SettingsReader): Effect.fn.Return<ServePlan & OpenPlan> {
    const { cancelled, failed, host, paidTooLate, pending, port, publicOrigin, success, trustedProxies } =
      serviceSettings
    return {
      accounts: yield* readAccounts(reader),
      keys: yield* readApiKeys(reader),
      stores: yield* readOwnStores(reader),
      webhooks: yield* readWebhooks(reader),
      destinations: {
        success: yield* reader.read(success),
        pending: yield* reader.read(pending),
        cancelled: yield* reader.read(cancelled),
        failed: yield* reader.read(failed),
        paidTooLate: yield* reader.read(paidTooLate)
      },
      returnSecrets: yield* readReturnSecrets(reader),
      ...(yield* readDocdata(reader)),
      ...(yield* readRetention(reader)),
      publicOrigin: yield* reader.read(publicOrigin),
      listen: {
        host: yield* reader.read(host),
        port: yield* reader.read(port),
        trustedProxies: yield* reader.read(trustedProxies)
      }
    }
  }
)

/**
 * The plan of a command: those settings may be missing that only shoppers and callers of the server need. Then the
 * service is taken to be reached where it listens.
 */
export const readCommandPlan = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<OpenPlan> {
  const { host, port } = serviceSettings
  const origin = `http://${yield* reader.read(host)}:${yield* reader.read(port)}`
  const publicOrigin = yield* reader.read({ ...serviceSettings.publicOrigin, fallback: origin })
  const page = `${publicOrigin}/`
  return {
    accounts: yield* readAccounts(reader),
    keys: [],
    stores: yield* readPresentStores(reader),
    webhooks: yield* readWebhooks(reader),
    destinations: { success: page, pending: page, cancelled: page, failed: page, paidTooLate: page },
    returnSecrets: yield* readReturnSecrets(reader),
    ...(yield* readDocdata(reader)),
    publicOrigin
  }
})
