/**
 * The plan of the service that the settings describe.
 */
import { docdataMenus, type MenuAddresses } from "@docdata/application"
import { isWebhookMasterKey, type WebhookEndpoint } from "@docdata/http"
import type { Endpoints } from "@docdata/soap/gateway"
import * as Effect from "effect/Effect"
import type * as LogLevel from "effect/LogLevel"
import * as Redacted from "effect/Redacted"
import type { ServicePlan } from "../service/startService.ts"
import { readAccounts } from "./readAccounts.ts"
import { readApiKeys } from "./readApiKeys.ts"
import { readStores } from "./readStores.ts"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

const severities = { debug: "Debug", info: "Info", warn: "Warn", error: "Error" } as const

/** The least that is logged. */
export const readLogLevel = (reader: SettingsReader): Effect.Effect<LogLevel.Severity> =>
  Effect.map(reader.read(serviceSettings.logLevel), (word) => severities[word])

const readWebhooks = Effect.fnUntraced(function*(reader: SettingsReader) {
  const { webhookSecrets, webhookUrl } = serviceSettings
  const url = yield* reader.read(webhookUrl)
  const secrets = yield* reader.read(webhookSecrets)
  if (url === "" || secrets === undefined) return []
  if (secrets.length === 0) reader.note(`${webhookSecrets.key} is missing: ${webhookSecrets.words}`)
  return [{ name: "shop", url, secrets }] satisfies ReadonlyArray<WebhookEndpoint>
})

const readMasterKey = Effect.fnUntraced(function*(reader: SettingsReader) {
  const { webhookMasterKey: setting } = serviceSettings
  const masterKey = yield* reader.read(setting)
  if (Redacted.value(masterKey) === "") return {}
  if (!isWebhookMasterKey(masterKey)) reader.note(`${setting.key} is not ${setting.words}`)
  return { masterKey }
})

/** How Docdata is reached: its own addresses unless told otherwise. */
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

export const readServicePlan = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<ServicePlan> {
  const { cancelled, failed, host, paidTooLate, pending, port, publicOrigin, returnSecrets, success } = serviceSettings
  return {
    accounts: yield* readAccounts(reader),
    keys: yield* readApiKeys(reader),
    stores: yield* readStores(reader),
    webhooks: { endpoints: yield* readWebhooks(reader), ...(yield* readMasterKey(reader)) },
    destinations: {
      success: yield* reader.read(success),
      pending: yield* reader.read(pending),
      cancelled: yield* reader.read(cancelled),
      failed: yield* reader.read(failed),
      paidTooLate: yield* reader.read(paidTooLate)
    },
    returnSecrets: yield* reader.read(returnSecrets),
    ...(yield* readDocdata(reader)),
    publicOrigin: yield* reader.read(publicOrigin),
    listen: { host: yield* reader.read(host), port: yield* reader.read(port) }
  }
})
