/**
 * Everything that can go wrong with a call, as one closed union.
 *
 * The question after a failure is always the same: may it have happened? {@link mayHaveHappened} answers it from
 * the reason. Messages are made of names, limits and codes; no value of the request is in them.
 */
import * as Data from "effect/Data"
import type { Exchange } from "./Exchange.ts"
import { onlyReads, type Operation } from "./Operation.ts"

/** One error of a reply. `message` is the provider's text with echoed values masked; it may change, so never match on it. */
export interface ReplyError {
  /** The provider's own word, to show and to ask about; nothing is decided by it. */
  readonly code: string
  readonly message: string
}

/** One reason why a request was not sent. Holds no part of the value itself. */
export interface Problem {
  /** Path in the caller's terms: `buyer.name.first`, `invoice.lines[2].quantity`, `merchant.password`. */
  readonly path: string
  /** The rule, for machines: `text-35`, `country`, `int32`, `sum`. */
  readonly limit: string
  /** What was found: `missing`, `empty text`, `text of 51 characters`, `fraction`, `number`. */
  readonly valueKind: string
  /** The rule, for people. */
  readonly message: string
}

/**
 * What a rejection means, whatever the provider's words for it are.
 *
 * - `refused`: the request is wrong, or a rule of the provider forbids it. Nothing was executed; it will be no again.
 *   A provider that does not tell them apart says so of what it does not know, too.
 * - `not-found`: the order or payment is not there. Nothing was executed.
 * - `credentials`: wrong credentials, or an address that is not allowed. Nothing was executed; it may pass.
 * - `internal`: something broke inside, or the provider used a word that is new to the adapter. Promises nothing.
 */
export type RejectionKind = "refused" | "not-found" | "credentials" | "internal"

/** The provider answered with errors: all of the reply, in its order. Next: see the kind, and read the codes. */
interface Rejected {
  readonly _tag: "Rejected"
  readonly kind: RejectionKind
  readonly errors: readonly [ReplyError, ...Array<ReplyError>]
}

/**
 * A fault: the server broke while working. Whether the request was executed is unknown.
 * Next: for reads, repeat; for anything else ask for the status first.
 */
interface Fault {
  readonly _tag: "Fault"
  readonly code: string
  readonly message: string
  readonly httpStatus: number
}

/** Nothing was sent. Next: correct the fields; all problems are listed at once. */
export interface RefusedBeforeSending {
  readonly _tag: "RefusedBeforeSending"
  readonly problems: readonly [Problem, ...Array<Problem>]
}

/** The provider has no such operation: nothing was sent. Next: do it in the provider's back office, or otherwise. */
interface Unsupported {
  readonly _tag: "Unsupported"
}

/**
 * An answer arrived that is no reply of this operation: a web page, a reply cut off, another operation's reply.
 * Next: for reads, repeat; for anything else ask for the status first.
 */
interface UnreadableReply {
  readonly _tag: "UnreadableReply"
  /** The reader's reason, for machines. */
  readonly reason: string
  /** Where in the bytes, counted from 0; line and column from 1. */
  readonly position?: { readonly byteOffset: number; readonly line: number; readonly column: number }
  readonly httpStatus: number
}

/**
 * - `not-sent`: certainly nothing reached the provider.
 * - `unknown`: some or all of the request may have arrived, and no complete answer came back.
 * - `answered`: an HTTP answer came back, but one that this API never gives.
 */
export type Sent = "not-sent" | "unknown" | "answered"

/** Which obstacle. `circuit-open`, `queue-full` and `closed` are ours; the network was not asked. */
export type TransportObstacle =
  | "connect-refused"
  | "connect-timeout"
  | "host-not-found"
  | "tls"
  | "connect-failed"
  | "connection-lost"
  | "reply-cut"
  | "deadline"
  | "redirect"
  | "http-status"
  | "content-encoding"
  | "reply-too-large"
  | "circuit-open"
  | "queue-full"
  | "closed"

/**
 * No usable answer. `retryable` says that repeating this very call is safe and may help: reads always when the
 * obstacle can pass, everything else only if it was not sent. Next: when not retryable and not `not-sent`, ask for
 * the status before deciding.
 */
export interface TransportFailure {
  readonly _tag: "TransportFailure"
  readonly obstacle: TransportObstacle
  readonly sent: Sent
  readonly retryable: boolean
  readonly httpStatus?: number
  /** With `circuit-open`: how long until a new attempt makes sense. */
  readonly retryAfterMs?: number
}

export type GatewayFailureReason =
  | Rejected
  | Fault
  | RefusedBeforeSending
  | Unsupported
  | UnreadableReply
  | TransportFailure

const sentence = (reason: GatewayFailureReason): string => {
  switch (reason._tag) {
    case "Rejected":
      return `rejected: ${reason.errors.map((error) => `${error.code} ${error.message}`).join("; ")}`
    case "Fault":
      return `fault ${reason.code} (HTTP ${reason.httpStatus}): ${reason.message}`
    case "RefusedBeforeSending":
      return `not sent: ${
        reason.problems.map((problem) => `${problem.path}: ${problem.message} (found ${problem.valueKind})`).join("; ")
      }`
    case "Unsupported":
      return "not sent: the payment provider has no such operation"
    case "UnreadableReply":
      return `reply not understood (HTTP ${reason.httpStatus}): ${reason.reason}${
        reason.position === undefined ? "" : ` at line ${reason.position.line}, column ${reason.position.column}`
      }`
    case "TransportFailure":
      return `no answer: ${reason.obstacle}${reason.httpStatus === undefined ? "" : ` (HTTP ${reason.httpStatus})`}`
  }
}

/**
 * Whether the provider may have executed the call. False only if it is certain that it did not; reads change nothing.
 */
export const mayHaveHappened = (operation: Operation, reason: GatewayFailureReason): boolean => {
  if (onlyReads(operation)) return false
  switch (reason._tag) {
    case "Rejected":
      return reason.kind === "internal"
    case "RefusedBeforeSending":
    case "Unsupported":
      return false
    case "Fault":
    case "UnreadableReply":
      return true
    case "TransportFailure":
      return reason.sent !== "not-sent"
  }
}

const nextStep = (operation: Operation, reason: GatewayFailureReason): string => {
  if (mayHaveHappened(operation, reason)) {
    return operation === "create"
      ? "the order may exist and its reference is taken; nobody has its key, so only one that charges at creation can cost " +
        "money, and any other may be created under a fresh reference"
      : "it may have been executed: ask for the status before repeating"
  }
  switch (reason._tag) {
    case "Rejected":
      return "nothing was changed: correct the request or the account"
    case "RefusedBeforeSending":
      return "correct these fields"
    case "Unsupported":
      return "nothing was changed: do it in the provider's back office"
    case "Fault":
    case "UnreadableReply":
      return "repeating is safe"
    case "TransportFailure":
      return reason.retryable ? "repeating is safe" : "repeating is safe but will not help until the cause is removed"
  }
}

/**
 * A call that brought no answer. Match on `reason._tag`; the message is for people and ends with the next step.
 *
 * `exchange` is there whenever a request was written, also if it was not sent in the end.
 */
export class GatewayFailure extends Data.TaggedError("GatewayFailure")<{
  readonly operation: Operation
  readonly reason: GatewayFailureReason
  readonly exchange?: Exchange
}> {
  override get message(): string {
    return `${this.operation} ${sentence(this.reason)}; ${nextStep(this.operation, this.reason)}`
  }
}
