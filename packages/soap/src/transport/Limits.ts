/**
 * How long, how much and how many: every bound of the transport, each with its reason.
 */
import * as Data from "effect/Data"

/** Milliseconds for what ends in `Ms`. All whole and above zero. */
export interface TransportLimits {
  /** From asking for a connection to having one, TLS included. */
  readonly connectMs: number
  /** The whole call: waiting for a place, all attempts and the pauses between them. */
  readonly totalMs: number
  /** Bytes of a reply's body. */
  readonly replyBytesMax: number
  /** Calls at one time to one host, and so connections to it. */
  readonly inFlightMax: number
  /** Calls at one time of one merchant. */
  readonly inFlightPerMerchantMax: number
  /** Calls of one merchant that wait for a place. */
  readonly queueLengthMax: number
  /** Failures in a row after which a host is left alone. */
  readonly breakerFailuresMax: number
  /** For how long it is left alone before one call may try. */
  readonly breakerOpenMs: number
  /** Attempts of one call that only reads, the first included. */
  readonly attemptsMax: number
  /** The first pause before a repetition is random between 0 and this; each next one doubles the bound. */
  readonly backoffMs: number
  /** The bound of a pause stops growing here. */
  readonly backoffMaxMs: number
  /** Repetitions earned by each call; with the reserve, what keeps a bad day from becoming a flood. */
  readonly retriesPerCall: number
  /** Repetitions a fresh process may spend before it earned any. */
  readonly retryReserve: number
}

export const defaultTransportLimits: TransportLimits = {
  // A connection that takes longer than a few round trips across a continent is not coming.
  connectMs: 5_000,
  // Acquirers answer within seconds and Docdata waits for them; clients of this service use 10 to 30 s.
  totalMs: 30_000,
  // What the reader accepts: the largest report anybody has to read is about 3 MB.
  replyBytesMax: 4 * 1024 * 1024,
  // At 300 ms a call, 16 connections are 50 calls a second, far above what one shop needs.
  inFlightMax: 16,
  // Half of it, so that one merchant in trouble leaves room for all others.
  inFlightPerMerchantMax: 8,
  // Ten times what is in flight: at ordinary speed the last one waits about 4 s, well inside the deadline.
  queueLengthMax: 80,
  // One or two are accidents; five in a row, with no success between them, are an outage.
  breakerFailuresMax: 5,
  // Long enough to be a pause, short enough that the rest of a shopper's patience may see the recovery.
  breakerOpenMs: 10_000,
  attemptsMax: 4,
  backoffMs: 200,
  backoffMaxMs: 5_000,
  // With the reserve at most a tenth more requests than calls, from the hundredth call on.
  retriesPerCall: 0.08,
  retryReserve: 2
}

/** The configuration names a limit under which nothing would work, or none would hold. */
export class LimitFailure extends Data.TaggedError("LimitFailure")<{ readonly limit: keyof TransportLimits }> {
  override get message(): string {
    return `the limit ${this.limit} is refused: give a finite number above zero, a whole one where things are counted`
  }
}

// A share of a call, and a purse that may start empty.
const mayBeFractional: ReadonlySet<string> = new Set(["retriesPerCall", "retryReserve"])

/** The first limit that makes no sense. */
export const refusedLimit = (limits: TransportLimits): keyof TransportLimits | undefined => {
  for (const [name, value] of Object.entries(limits)) {
    const sound = mayBeFractional.has(name)
      ? Number.isFinite(value) && value >= 0
      : Number.isSafeInteger(value) && value > 0
    if (!sound) return name as keyof TransportLimits
  }
  return undefined
}
