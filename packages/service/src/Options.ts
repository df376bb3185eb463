/**
 * The service's settings as a program gives them: the object of the settings file, under the same names.
 */
import type { OnReturn } from "@docdata/http"
import * as Effect from "effect/Effect"
import type { ServePlan } from "./serve.ts"
import type { OpenPlan } from "./withPorts.ts"
import { readServicePlan } from "./settings/readServicePlan.ts"
import { readSettings } from "./settings/SettingsReader.ts"
import type { SettingsViolations } from "./settings/SettingsViolations.ts"
import { optionsSources } from "./settings/Sources.ts"

/** A list may also be one text with commas. */
type Texts = string | ReadonlyArray<string>

/** One account at Docdata. */
export interface MerchantOptions {
  readonly login: string
  readonly password: string
  readonly environment?: "test" | "live"
  readonly active?: boolean
  readonly profile?: string
  readonly daysToPay?: number
  readonly expireAfterDays?: number
  readonly refreshesPerMinute?: number
  readonly rules?: string
  readonly paidWhen?: Texts
  readonly shipWhen?: Texts
  readonly margins?: Texts
  readonly shopStatuses?: Texts
  readonly shopMoves?: Texts
  readonly subjectName?: string
  readonly subjectToken?: string
}

/** One caller of the REST API. */
export interface ApiKeyOptions {
  /** From `hashApiKey`, `docdata keys create` or `docdata serve --new-key`. */
  readonly hash: string
  readonly scope: "read" | "operate" | "admin"
  /** All when absent. */
  readonly merchants?: ReadonlyArray<string>
}

/** What each of them means, its unit, its limits and its default: docs/reference/settings.md. */
export interface Options {
  readonly publicOrigin: string
  readonly merchants: Readonly<Record<string, MerchantOptions>>
  readonly apiKeys?: Readonly<Record<string, ApiKeyOptions>>
  /** For `listener`; `handler` gets the source from whoever calls it. */
  readonly trustedProxies?: Texts
  readonly sqliteFile?: string
  readonly sqliteDurability?: "full" | "normal"
  readonly databaseUrl?: string
  readonly postgresConnectionsMax?: number
  readonly successUrl: string
  readonly pendingUrl: string
  readonly cancelledUrl: string
  readonly failedUrl: string
  readonly paidTooLateUrl: string
  readonly returnSecrets?: Texts
  readonly webhookUrl?: string
  readonly webhookSecrets?: Texts
  readonly webhookMasterKey?: string
  readonly testEndpoint?: string
  readonly testMenu?: string
  readonly liveEndpoint?: string
  readonly liveMenu?: string
  readonly callTimeoutMs?: number
  readonly callsAtOnce?: number
  readonly retentionDays?: number
  /** May answer shoppers who came back, in place of the redirect. */
  readonly onReturn?: OnReturn
}

/** The plan of the options, or everything that is wrong with them. */
export const readOptions = (
  { onReturn, ...settings }: Options
): Effect.Effect<ServePlan & OpenPlan, SettingsViolations> =>
  Effect.map(
    readSettings(optionsSources(settings), readServicePlan),
    (plan) => ({ ...plan, ...(onReturn === undefined ? {} : { onReturn }) })
  )
