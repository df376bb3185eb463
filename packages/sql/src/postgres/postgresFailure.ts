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

const isRetryable = (error: SqlError, phase: Phase): boolean => {
  switch (phase) {
    case "connect":
      return error.reason._tag !== "AuthenticationError" && error.reason._tag !== "AuthorizationError"
    case "read":
    case "work":
      return isLost(error) || isConflict(error) || passing.has(codeOf(error))
    case "commit":
      // A lost answer: the write may have happened.
      return isConflict(error) || passing.has(codeOf(error))
  }
}

export const postgresFailure = (operation: string, error: SqlError, phase: Phase): StoreFailure =>
  new StoreFailure({ operation, retryable: isRetryable(error, phase), code: codeOf(error) })
