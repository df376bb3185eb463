/**
 * Who receives events, as the settings say.
 */
import {
  isWebhookMasterKey,
  isWebhookSecret,
  type WebhookEndpoint,
  type WebhookOptions,
  webhookTargetViolation
} from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { serviceSettings } from "./serviceSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

const readEndpoints = Effect.fnUntraced(function*(reader: SettingsReader) {
  const { webhookSecrets, webhookUrl } = serviceSettings
  const url = yield* reader.read(webhookUrl)
  const secrets = yield* reader.read(webhookSecrets)
  if (url === "" || url === undefined || secrets === undefined) return []
  const problem = webhookTargetViolation({ url, allowLoopback: false })
  if (problem !== undefined) reader.note(`${reader.place(webhookUrl.key)}: ${problem}`)
  if (!secrets.every(isWebhookSecret)) reader.refuse(webhookSecrets)
  if (secrets.length === 0) reader.lack(webhookSecrets.key, webhookSecrets.words)
  return [{ name: "shop", url, secrets }] satisfies ReadonlyArray<WebhookEndpoint>
})

const readMasterKey = Effect.fnUntraced(function*(reader: SettingsReader) {
  const { webhookMasterKey: setting } = serviceSettings
  const masterKey = yield* reader.read(setting)
  if (Redacted.value(masterKey) === "") return {}
  if (!isWebhookMasterKey(masterKey)) reader.refuse(setting)
  return { masterKey }
})

export const readWebhooks = Effect.fnUntraced(function*(reader: SettingsReader): Effect.fn.Return<WebhookOptions> {
  return { endpoints: yield* readEndpoints(reader), ...(yield* readMasterKey(reader)) }
})
