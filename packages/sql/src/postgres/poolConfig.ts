/**
 * What the driver is told, from a connection string: with the certificates that it names.
 */
import { StoreFailure } from "@docdata/application"
import type { Config } from "@effect/sql-pg/PgPool"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { readFileSync } from "node:fs"
import type { ConnectionOptions } from "node:tls"
import { type PostgresAddress, type PostgresTls, readPostgresAddress } from "./postgresAddress.ts"
import { databasePlace } from "./postgresFailure.ts"

const refused = (place: string, why: string): StoreFailure =>
  new StoreFailure({ operation: "open", retryable: false, code: "address", explanation: `${place}: ${why}` })

const contents = (place: string, path: string): Effect.Effect<string, StoreFailure> =>
  Effect.try({
    try: () => readFileSync(path, "utf8"),
    catch: () => refused(place, `the file ${path} of its connection string cannot be read: check path and rights`)
  })

const tlsOptions = Effect.fnUntraced(function*(place: string, tls: PostgresTls) {
  const { certificate, checks, key, keyPassword, rootCertificate } = tls
  const options: ConnectionOptions = { rejectUnauthorized: checks !== "none" }
  // The name in the certificate means nothing here: the authority signs for this server alone.
  if (checks === "authority") options.checkServerIdentity = () => undefined
  if (rootCertificate !== undefined && rootCertificate !== "system") {
    options.ca = yield* contents(place, rootCertificate)
  }
  if (certificate !== undefined) options.cert = yield* contents(place, certificate)
  if (key !== undefined) options.key = yield* contents(place, key)
  if (keyPassword !== undefined) options.passphrase = keyPassword
  return options
})

const encryption = (
  place: string,
  tls: PostgresAddress["tls"]
): Effect.Effect<Pick<Config, "ssl" | "url">, StoreFailure> => {
  switch (tls) {
    case "never":
      return Effect.succeed({ ssl: false })
    case "if-offered":
      // The driver falls back to clear text only where an address says so.
      return Effect.succeed({ url: Redacted.make("postgres://server/?sslmode=prefer") })
    default:
      return Effect.map(tlsOptions(place, tls), (ssl) => ({ ssl }))
  }
}

/** Everything of a connection string, and whom failures are told about. */
export const poolConfigOf = (
  connection: Redacted.Redacted
): Effect.Effect<{ readonly config: Config; readonly place: string }, StoreFailure> =>
  Effect.gen(function*() {
    const text = Redacted.value(connection)
    const place = databasePlace(text)
    const address = readPostgresAddress(text)
    if ("violations" in address) return yield* refused(place, address.violations.join("; "))
    const { applicationName = "docdata", connectTimeoutSeconds, password, tls, ...where } = address
    const config: Config = {
      ...where,
      ...yield* encryption(place, tls),
      ...(password !== undefined && { password: Redacted.make(password) }),
      ...(connectTimeoutSeconds !== undefined && { connectTimeout: connectTimeoutSeconds * 1000 }),
      applicationName
    }
    return { config, place }
  })
