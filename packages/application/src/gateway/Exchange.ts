/**
 * The record of one call: what was said, what was answered, and when.
 *
 * Made for screens and audits. The texts are redacted by an allow-list: the text of an element, or the value of
 * an attribute, is shown only if its name is known to be harmless; everything else reads `***`, also names that
 * nobody has received yet. Passwords, tokens, account numbers, names and addresses are never in it.
 */
import type { Operation } from "./Operation.ts"
import type { Environment } from "./Merchant.ts"

/** Text that was cut because the caller allowed it. The text itself is not kept. */
export interface Shortened {
  /** Path of the field in the caller's terms, `billTo.address.street`. */
  readonly path: string
  /** How many characters were sent, and how many were cut off. */
  readonly keptLength: number
  readonly cutLength: number
}

/** Milliseconds since the Unix epoch for instants; milliseconds for the rest. */
export interface Exchange {
  readonly operation: Operation
  readonly environment: Environment
  readonly merchantName: string
  readonly subjectMerchantName?: string
  readonly requestText: string
  /** Absent when no byte of a body arrived. */
  readonly replyText?: string
  /** Absent when no answer arrived. */
  readonly httpStatus?: number
  /** The schema version the server says it has, `1.3.14`. Informational. */
  readonly serverVersion?: string
  /**
   * When the attempt that was answered began, and when it ended. A report is as old as `startedAtMs`: what happened
   * at Docdata after that instant may not be in it.
   */
  readonly startedAtMs: number
  readonly finishedAtMs: number
  readonly timings: {
    /** Waiting for a free place, before the first attempt. */
    readonly queuedMs: number
    /** From the start of the last attempt to the first byte of its answer. */
    readonly firstByteMs?: number
    /** All attempts, pauses between them and the queue. */
    readonly totalMs: number
  }
  /** 0 when nothing was attempted, 1 ordinarily, more only for operations that change nothing. */
  readonly attempts: number
  /** Empty unless shortening is switched on. */
  readonly shortened: ReadonlyArray<Shortened>
}

/** An answer and the record of how it was obtained. */
export interface Answer<A> {
  readonly value: A
  readonly exchange: Exchange
}
