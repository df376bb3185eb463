/**
 * Who hears of events, as the settings say.
 */
import { isWebhookMasterKey, type WebhookEndpoint, type WebhookOptions } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

const readEndpoints = Effect.fnUntraced(function*(reader: SettingsReader) {
  const { webhookSecrets, webhookUrl } = serviceSettings
  const url = yield* reader.read(webhookUrl)
  const secrets = yield* reader.read(webhookSecrets)
  if (url === "" || secrets === undefined) return []
  if (secrets.length === 0) reader.lack(webhookSecrets.key, webhookSecrets.words)
  return [{ name: "shop", url, secrets }] satisfies ReadonlyArray<WebhookEndpoint>
})

const readMasterKey = Effect.fnUntraced(function*(reader: SettingsReader) {
  const { webhookMasterKey: setting } = serviceSettings
  const masterKey = yield* reader.read(setting)
  if (Redacted.value(masterKey) === "") return {}
  if (!isWebhookMasterKey(masterKey)) reader.note(`${setting.key} is not ${setting.words}`)
  return { masterKey }
})

export const readWebhooks = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<WebhookOptions> {
  return { endpoints: yield* readEndpoints(reader), ...(yield* readMasterKey(reader)) }
})
