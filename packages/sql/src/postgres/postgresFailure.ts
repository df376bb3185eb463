/**
 * What went wrong in PostgreSQL, and whether something may have been written.
 */
import { StoreFailure } from "@docdata/application"
import type { SqlError } from "effect/sql/SqlError"

/**
 * Where it went wrong. `connect`: before a statement was sent. `read`: nothing could be written. `work`: inside a
 * transaction whose COMMIT was not sent. `commit`: the answer to what makes writes take effect is missing.
 */
export type Phase = "connect" | "read" | "work" | "commit"

/** SQLSTATE of an error that the server answered; the driver's own word otherwise. */
const codeOf = ({ reason }: SqlError): string => {
  const { cause } = reason
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code
  return reason._tag
}

// The server answered that the statement, and with it the transaction, came to nothing: a conflict with somebody
// else, or a limit that passes. 23505 is here because the stores look before they write: only a race gets that far.
const conflicts = new Set(["40001", "40P01", "55P03", "23505"])
const passing = new Set(["57014", "53000", "53100", "53200", "53300", "53400"])

/** True if trying again at once has a good chance. */
export const isConflict = (error: SqlError): boolean => conflicts.has(codeOf(error))

// Connections end without an answer (our word), or with the last words of a server that stops.
const isLost = (error: SqlError): boolean => {
  const code = codeOf(error)
  return error.reason._tag === "ConnectionError" || code.startsWith("08") || code.startsWith("57P")
}

// The session itself is of no more use: it is read-only since a failover, its server stops, or it is stuck in a
// transaction that failed.
const ofSession = new Set(["25006", "25P02"])

/** True if the session refuses every write, this one included. */
export const isPoisoned = (error: SqlError): boolean => ofSession.has(codeOf(error))

/** True if the session has to be thrown away, so that the next one is a new one. */
export const isOfSession = (error: SqlError): boolean => isPoisoned(error) || codeOf(error).startsWith("57P")

/** The server answered that nothing was written, for a reason that passes. */
const isAnswered = (error: SqlError): boolean => isConflict(error) || isPoisoned(error) || passing.has(codeOf(error))

const isRetryable = (error: SqlError, phase: Phase): boolean => {
  switch (phase) {
    case "connect":
      return error.reason._tag !== "AuthenticationError" && error.reason._tag !== "AuthorizationError"
    case "read":
    case "work":
      return isLost(error) || isAnswered(error)
    case "commit":
      // A lost answer: the write may have happened.
      return isAnswered(error)
  }
}

/** What codes mean to whoever runs the service, and what to do. */
const meanings: Readonly<Record<string, string>> = {
  "25006": "the server is read-only, as a standby is: name the primary",
  "28000": "the server does not let this user in: check user, address and pg_hba.conf",
  "28P01": "the password is wrong: correct it in the settings",
  "3D000": "there is no such database: create it, or correct its name",
  "42501": "the user lacks a right: grant it, or use the owner of the tables",
  "53100": "the disk of the server is full: make room",
  "53300": "the server takes no more sessions: lower DOCDATA_POSTGRES_CONNECTIONS_MAX or raise max_connections",
  ConnectionError: "the server cannot be reached: check host, port, and whether it runs",
  tls: "its certificate is not trusted: check sslmode, and the authority that signed it"
}

/** Host and database of a connection string, without user and password. */
export const databasePlace = (connection: string): string => {
  const url = URL.parse(connection)
  return url === null ? "PostgreSQL" : `PostgreSQL at ${url.host}${url.pathname}`
}

export const postgresFailure = (
  operation: string,
  error: SqlError,
  { phase, place }: { readonly phase: Phase; readonly place: string }
): StoreFailure => {
  const code = codeOf(error)
  const meaning = meanings[code] ?? meanings[error.reason._tag]
  const explanation = meaning === undefined ? place : `${place}: ${meaning}`
  return new StoreFailure({ operation, retryable: isRetryable(error, phase), code, explanation })
}
