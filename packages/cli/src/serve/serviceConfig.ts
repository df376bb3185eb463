/**
 * The service's settings from the environment: all read, and all mistakes told at once.
 */
import type { MerchantAccount } from "@docdata/application"
import { defaultPolicy } from "@docdata/domain"
import type { ApiKey, WebhookEndpoint } from "@docdata/http"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { ServicePlan, StorePlan } from "../service/startService.ts"
import { Mistakes, needed, optional } from "./Setting.ts"

const text = (key: string) => Config.NonEmptyString(key)
const webAddress = (key: string) => Config.schema(Schema.String.check(Schema.isPattern(/^https?:\/\/[^\s/?#]+/)), key)
const whole = (min: number, max: number) => (key: string) =>
  Config.schema(Schema.NumberFromString.check(Schema.isInt(), Schema.isBetween({ minimum: min, maximum: max })), key)
const list = (key: string) => Config.map(text(key), (value) => value.split(",").map((item) => item.trim()))

const page = (outcome: string) => needed(`DOCDATA_${outcome}_URL`, "an http(s) address of the shop", webAddress)

/** The settings of the service itself. Those of each account follow in {@link accountSettings}. */
export const serviceSettings = {
  publicOrigin: needed(
    "DOCDATA_PUBLIC_ORIGIN",
    "scheme, host and port under which shoppers reach the service",
    webAddress
  ),
  host: optional(needed("DOCDATA_HOST", "an address to listen on", text), "127.0.0.1"),
  port: optional(needed("DOCDATA_PORT", "a port from 0 to 65535", whole(0, 65_535)), 8080),
  file: optional(needed("DOCDATA_SQLITE_FILE", "the path of the database file", text), "docdata.sqlite"),
  durability: optional(
    needed("DOCDATA_SQLITE_DURABILITY", "full or normal", (key) => Config.Literals(["full", "normal"], key)),
    "full"
  ),
  databaseUrl: optional(
    needed("DATABASE_URL", "postgres://user:password@host:port/database", (key) => Config.Redacted(key)),
    Redacted.make("")
  ),
  success: page("SUCCESS"),
  pending: page("PENDING"),
  cancelled: page("CANCELLED"),
  failed: page("FAILED"),
  paidTooLate: page("PAID_TOO_LATE"),
  apiKeys: needed("DOCDATA_API_KEYS", "a list of NAME:HASH or NAME:HASH:read, from docdata serve --new-key", list),
  webhookUrl: optional(needed("DOCDATA_WEBHOOK_URL", "an https address of the shop", webAddress), ""),
  webhookSecrets: optional(
    needed(
      "DOCDATA_WEBHOOK_SECRETS",
      "one whsec_ secret, or the new and the old one",
      (key) =>
        Config.map(
          Config.Redacted(key),
          (secrets) => Redacted.value(secrets).split(",").map((secret) => Redacted.make(secret.trim()))
        )
    ),
    []
  ),
  merchants: needed("DOCDATA_MERCHANTS", "a list of account names: small letters, digits and _", list)
} as const

/** The settings of one account, named after it: `DOCDATA_SHOP_LOGIN` for `shop`. */
export const accountSettings = (name: string) => {
  const key = (suffix: string): string => `DOCDATA_${name.toUpperCase()}_${suffix}`
  return {
    login: needed(key("LOGIN"), "the merchant name at Docdata", text),
    password: needed(key("PASSWORD"), "the password of the merchant at Docdata", (name) => Config.Redacted(name)),
    environment: optional(
      needed(key("ENVIRONMENT"), "test or live", (name) => Config.Literals(["test", "live"], name)),
      "test"
    ),
    profile: optional(needed(key("PROFILE"), "a payment profile of the back office", text), "standard"),
    daysToPay: optional(needed(key("DAYS_TO_PAY"), "days from 1 to 365", whole(1, 365)), 7),
    expireAfterDays: optional(needed(key("EXPIRE_AFTER_DAYS"), "days from 1 to 365", whole(1, 365)), 21),
    checksPerMinute: optional(needed(key("CHECKS_PER_MINUTE"), "calls from 1 to 6000", whole(1, 6_000)), 60)
  } as const
}

const accountName = /^[a-z][a-z0-9_]{0,29}$/

const readAccount = Effect.fnUntraced(function*(name: string, mistakes: Mistakes) {
  const settings = accountSettings(name)
  const account: MerchantAccount = {
    name,
    active: true,
    credentials: {
      merchantName: yield* mistakes.read(settings.login),
      password: yield* mistakes.read(settings.password),
      environment: yield* mistakes.read(settings.environment)
    },
    profile: yield* mistakes.read(settings.profile),
    daysToPay: yield* mistakes.read(settings.daysToPay),
    policy: { ...defaultPolicy, expireAfterDays: yield* mistakes.read(settings.expireAfterDays) },
    checksPerMinute: yield* mistakes.read(settings.checksPerMinute)
  }
  return account
})

const readAccounts = Effect.fnUntraced(function*(mistakes: Mistakes) {
  const names = (yield* mistakes.read(serviceSettings.merchants)) ?? []
  if (names.some((name) => !accountName.test(name)) || new Set(names).size < names.length) {
    mistakes.note(`${serviceSettings.merchants.key} is not ${serviceSettings.merchants.words}, each once`)
  }
  const sound = names.filter((name) => accountName.test(name))
  return yield* Effect.forEach(sound, (name) => readAccount(name, mistakes))
})

const apiKey = /^([A-Za-z0-9_-]{1,50}):([0-9a-f]{64})(:read)?$/

const readKeys = Effect.fnUntraced(function*(mistakes: Mistakes) {
  const { apiKeys } = serviceSettings
  const entries = (yield* mistakes.read(apiKeys)) ?? []
  return entries.flatMap((entry): ReadonlyArray<ApiKey> => {
    const [, id, hash, reading] = apiKey.exec(entry) ?? []
    if (id === undefined || hash === undefined) {
      mistakes.note(`${apiKeys.key} is not ${apiKeys.words}`)
      return []
    }
    return [{ id, hash, merchants: "all", scope: reading === undefined ? "operate" : "read" }]
  })
})

const readWebhooks = Effect.fnUntraced(function*(mistakes: Mistakes) {
  const { webhookSecrets, webhookUrl } = serviceSettings
  const url = yield* mistakes.read(webhookUrl)
  const secrets = yield* mistakes.read(webhookSecrets)
  if (url === "" || secrets === undefined) return []
  if (secrets.length === 0) mistakes.note(`${webhookSecrets.key} is missing: ${webhookSecrets.words}`)
  return [{ name: "shop", url, secrets }] satisfies ReadonlyArray<WebhookEndpoint>
})

const readStores = Effect.fnUntraced(function*(mistakes: Mistakes): Effect.fn.Return<StorePlan> {
  const url = yield* mistakes.read(serviceSettings.databaseUrl)
  const options = {
    file: yield* mistakes.read(serviceSettings.file),
    durability: yield* mistakes.read(serviceSettings.durability)
  }
  const text = Redacted.value(url)
  if (text === "") return { kind: "sqlite", options }
  const { key, words } = serviceSettings.databaseUrl
  if (!/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "")) mistakes.note(`${key} is not ${words}`)
  return { kind: "postgres", url }
})

/** The plan that the environment describes, or everything that is wrong with it. */
export const readServicePlan: Effect.Effect<ServicePlan, Mistakes> = Effect.gen(function*() {
  const mistakes = new Mistakes()
  const plan: ServicePlan = {
    accounts: yield* readAccounts(mistakes),
    keys: yield* readKeys(mistakes),
    stores: yield* readStores(mistakes),
    webhooks: { endpoints: yield* readWebhooks(mistakes) },
    destinations: {
      success: yield* mistakes.read(serviceSettings.success),
      pending: yield* mistakes.read(serviceSettings.pending),
      cancelled: yield* mistakes.read(serviceSettings.cancelled),
      failed: yield* mistakes.read(serviceSettings.failed),
      paidTooLate: yield* mistakes.read(serviceSettings.paidTooLate)
    },
    publicOrigin: yield* mistakes.read(serviceSettings.publicOrigin),
    listen: { host: yield* mistakes.read(serviceSettings.host), port: yield* mistakes.read(serviceSettings.port) }
  }
  return mistakes.found.length === 0 ? plan : yield* Effect.fail(mistakes)
})
