/**
 * The settings of the service itself. Those of each account are in `accountSettings.ts`.
 */
import { destinationExpected, isDestination } from "@docdata/http"
import * as Redacted from "effect/Redacted"
import {
  choice,
  docdataAddress,
  list,
  networks,
  secret,
  secrets,
  sound,
  text,
  webAddress,
  webOrigin,
  whole
} from "./kinds.ts"
import { needed, optional } from "./Setting.ts"

const noUrl = ["none", ""] as const

const page = (outcome: string, meaning: string) =>
  needed({ key: `DOCDATA_${outcome}_URL`, meaning }, sound(destinationExpected, isDestination))

const docdataUrl = (key: string, meaning: string) => optional({ key, meaning }, docdataAddress, ["Docdata's own", ""])

/** In the order of the reference page. */
export const serviceSettings = {
  publicOrigin: needed(
    { key: "DOCDATA_PUBLIC_ORIGIN", meaning: "under which shoppers and Docdata reach the service" },
    webOrigin("scheme, host and port, such as https://pay.shop.example")
  ),
  host: optional(
    { key: "DOCDATA_HOST", meaning: "address to listen on" },
    text("an address of this machine"),
    ["127.0.0.1", "127.0.0.1"]
  ),
  port: optional(
    { key: "DOCDATA_PORT", meaning: "port to listen on; 0 is any free one" },
    whole("a port", 0, 65_535),
    ["8080", 8080]
  ),
  trustedProxies: optional(
    {
      key: "DOCDATA_TRUSTED_PROXIES",
      meaning: "proxies before the service, whose X-Forwarded-For says where a request comes from"
    },
    networks,
    ["none", []]
  ),
  sqliteFile: optional(
    {
      key: "DOCDATA_SQLITE_FILE",
      meaning: "the database file, made by serve and migrate; relative to the settings file where that names it"
    },
    text("the path of a file"),
    ["docdata.sqlite", "docdata.sqlite"]
  ),
  sqliteDurability: optional(
    {
      key: "DOCDATA_SQLITE_DURABILITY",
      meaning: "full: answered writes survive a loss of power; normal: the death of the process"
    },
    choice(["full", "normal"]),
    ["full", "full"]
  ),
  databaseUrl: optional(
    { key: "DATABASE_URL", meaning: "PostgreSQL instead of the file" },
    secret("postgres://user:password@host:port/database"),
    ["none", Redacted.make("")]
  ),
  connectionsMax: optional(
    { key: "DOCDATA_POSTGRES_CONNECTIONS_MAX", meaning: "sessions of this process at one time" },
    whole("sessions", 1, 500),
    ["10", 10]
  ),
  success: page("SUCCESS", "page of the shop for paid orders"),
  pending: page("PENDING", "page for orders of which nothing is certain yet"),
  cancelled: page("CANCELLED", "page for orders that were given up"),
  failed: page("FAILED", "page for attempts that failed"),
  paidTooLate: page("PAID_TOO_LATE", "page for money that came after the order was closed"),
  returnSecrets: optional(
    {
      key: "DOCDATA_RETURN_SECRETS",
      meaning:
        "signs return addresses, so that only shoppers we sent away make us ask; two while one replaces the other"
    },
    secrets("one secret of at least 32 characters, or the new and the old one"),
    ["not signed", []]
  ),
  apiKeys: optional(
    { key: "DOCDATA_API_KEYS", meaning: "callers of the REST API; docdata keys create makes them in the file" },
    list("a list of NAME:HASH or NAME:HASH:SCOPE, from docdata serve --new-key"),
    ["none", []]
  ),
  webhookUrl: optional(
    { key: "DOCDATA_WEBHOOK_URL", meaning: "receives every change" },
    webAddress("an https address of the shop"),
    noUrl
  ),
  webhookSecrets: optional(
    { key: "DOCDATA_WEBHOOK_SECRETS", meaning: "signs webhooks; two while one replaces the other" },
    secrets("one whsec_ or whsk_ secret, or the new and the old one"),
    ["none", []]
  ),
  webhookMasterKey: optional(
    {
      key: "DOCDATA_WEBHOOK_MASTER_KEY",
      meaning: "what the keys of endpoints added over the REST API are derived from"
    },
    secret("whmk_ and base64 of 32 bytes, from docdata serve --new-key"),
    ["none", Redacted.make("")]
  ),
  merchants: optional(
    { key: "DOCDATA_MERCHANTS", meaning: "names of the accounts; the first is meant where none is named" },
    list("a list of account names: small letters, digits and _"),
    ["those of the file", []]
  ),
  testEndpoint: docdataUrl("DOCDATA_TEST_ENDPOINT", "SOAP address of the test system; of docdata simulate, for one"),
  testMenu: docdataUrl("DOCDATA_TEST_MENU", "payment menu of the test system"),
  liveEndpoint: docdataUrl("DOCDATA_LIVE_ENDPOINT", "SOAP address of the live system"),
  liveMenu: docdataUrl("DOCDATA_LIVE_MENU", "payment menu of the live system"),
  callTimeoutMs: optional(
    { key: "DOCDATA_CALL_TIMEOUT_MS", meaning: "the longest that one call to Docdata may take, repetitions included" },
    whole("milliseconds", 1_000, 120_000),
    ["30000", 30_000]
  ),
  callsAtOnce: optional(
    { key: "DOCDATA_CALLS_AT_ONCE", meaning: "calls to Docdata under way at one time; half of it for each account" },
    whole("calls", 2, 256),
    ["16", 16]
  ),
  retentionDays: optional(
    {
      key: "DOCDATA_RETENTION_DAYS",
      meaning: "age at which texts of exchanges are emptied and attempts removed, once a day"
    },
    whole("days", 1, 3_650),
    ["kept", 0]
  ),
  logLevel: optional(
    { key: "DOCDATA_LOG_LEVEL", meaning: "the least that is logged" },
    choice(["debug", "info", "warn", "error"]),
    ["info", "info"]
  )
} as const
