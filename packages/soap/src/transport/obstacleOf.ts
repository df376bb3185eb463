/**
 * From what undici and Node report to what may have happened. The heart of the transport: a wrong "not sent" is money
 * taken twice.
 */
import type { Sent, TransportObstacle } from "@docdata/application"

/** How far an attempt got when it failed. */
export interface Progress {
  /** A connection was there and the request was about to be written. From here on, bytes may have left. */
  readonly started: boolean
  /** The head of an answer arrived. */
  readonly answering: boolean
}

export interface Failed {
  readonly obstacle: TransportObstacle
  readonly sent: Sent
  /** Whether the obstacle can pass by itself. */
  readonly passing: boolean
  readonly httpStatus?: number
}

// Codes and not classes: two copies of undici in one process have two classes of the same error.
const refused: ReadonlySet<string> = new Set(["ECONNREFUSED"])
const unresolved: ReadonlySet<string> = new Set(["ENOTFOUND", "EAI_AGAIN"])
const late: ReadonlySet<string> = new Set(["UND_ERR_CONNECT_TIMEOUT", "ETIMEDOUT"])
const tls = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/

/** The code of an error, or of the first of several attempts at one name's addresses. */
const codeOf = (error: unknown): string => {
  if (typeof error !== "object" || error === null) return ""
  if ("code" in error && typeof error.code === "string") return error.code
  const [first] = "errors" in error && Array.isArray(error.errors) ? error.errors as ReadonlyArray<unknown> : []
  return first === undefined ? "" : codeOf(first)
}

const beforeSending = (code: string): Failed => {
  const sent = "not-sent"
  if (refused.has(code)) return { obstacle: "connect-refused", sent, passing: true }
  if (unresolved.has(code)) return { obstacle: "host-not-found", sent, passing: true }
  if (late.has(code)) return { obstacle: "connect-timeout", sent, passing: true }
  // A certificate does not become right by asking again.
  if (tls.test(code)) return { obstacle: "tls", sent, passing: false }
  return { obstacle: "connect-failed", sent, passing: true }
}

/**
 * Classifies an error of the HTTP client.
 *
 * `not-sent` only if no connection was ever handed to this request: undici announces that before it writes the first
 * byte. Once announced, not even a reset at once proves that nothing arrived. An answer that broke off counts as
 * unknown too: it was sent by a server that may have executed the request, but nobody knows what it would have said.
 */
export const obstacleOf = (error: unknown, { started, answering }: Progress): Failed => {
  const code = codeOf(error)
  if (!started) return beforeSending(code)
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return { obstacle: "reply-too-large", sent: "answered", passing: false }
  return { obstacle: answering ? "reply-cut" : "connection-lost", sent: "unknown", passing: true }
}
