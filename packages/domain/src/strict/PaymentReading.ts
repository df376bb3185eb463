/**
 * One attempt of a report as the strict rules see it: cleaned words, classified, and valued.
 */
import { type AuthorizationClass, authorizationClassOf } from "../AuthorizationStatus.ts"
import type { Capture, PaymentLine } from "../PaymentLine.ts"
import * as PaymentId from "../PaymentId.ts"
import { cleanStatus } from "./cleanStatus.ts"

/** A payment line of the report, read once. Amounts in minor units of `currency`. */
export interface PaymentReading {
  /** Normalised, see `PaymentId`; empty if the line's id is no positive integer. */
  readonly id: string
  readonly paymentMethod: string
  readonly status: string
  readonly confidenceLevel: string
  readonly currency: string
  readonly class: AuthorizationClass
  /** Authorised amount, whatever the class. */
  readonly authorized: number
  /** Sums of the finished captures, refunds and chargebacks. */
  readonly captured: number
  readonly refunded: number
  readonly chargedBack: number
  /** How many refunds and chargebacks are finished, those of nothing aside. */
  readonly returns: number
  /** Sum of the refunds that are filed and not finished, and of returns in a word nobody knows: on their way back. */
  readonly refunding: number
  /** A refund's or chargeback's word that is not known, if there is one. */
  readonly unknownRefund: string | undefined
  readonly unknownChargeback: string | undefined
  readonly reversed: number
  /** What the acquirer stands for, beyond `captured`. */
  readonly securedExtra: number
  /** What was at least promised, beyond `captured`; never below `securedExtra`. */
  readonly promisedExtra: number
  /** Authorised and given up before capture. */
  readonly voided: boolean
  /** Authorised, and no capture that was not revoked succeeded or may still succeed. */
  readonly failed: boolean
  /** A capture or confidence word that is not known, if there is one. */
  readonly unknownStatus: string | undefined
  /** What is still authorised of an approved line of which a part is captured, beyond `securedExtra`, while none of it failed. */
  readonly openRest: number
  /** Some amount of it is below zero, which none can be. */
  readonly negative: boolean
  /** Authorised, and no part of it failed, was given up or is in a word nobody knows. */
  readonly whole: boolean
  /** The line as reported. */
  readonly line: PaymentLine
  /** True if blanks, control characters or excess length were cut from a word. */
  readonly trimmed: boolean
}

// XSD 1.3: `paymentMethod` is a string of at most 50 characters, `status` a name token for which the
// documented words need 29, `confidenceLevel` a string of at most 35.
const methodLengthMax = 50
const statusLengthMax = 50
const confidenceLengthMax = 35

interface CaptureSums {
  finished: boolean
  captured: number
  open: number
  canceled: number
  failed: number
  unknownStatus: string | undefined
}

const sumCaptures = (captures: ReadonlyArray<Capture>): CaptureSums => {
  const sums: CaptureSums = { finished: false, captured: 0, open: 0, canceled: 0, failed: 0, unknownStatus: undefined }
  for (const capture of captures) {
    switch (capture.status) {
      case "CAPTURED":
        sums.finished = true
        sums.captured += capture.amount.minor
        break
      case "NEW":
      case "STARTED":
        sums.open += capture.amount.minor
        break
      case "CANCELED":
        sums.canceled++
        break
      case "FAILED":
      case "ERROR":
        sums.failed++
        break
      default:
        // An open word, not a member of a union: Docdata adds words without a new version. Of several the first in
        // the alphabet is named, so that the order of captures means nothing.
        sums.unknownStatus = firstWord(sums.unknownStatus, cleanStatus(capture.status, statusLengthMax))
    }
  }
  return sums
}

const firstWord = (a: string | undefined, b: string): string => a === undefined || b < a ? b : a

interface Returns {
  readonly refunded: number
  readonly refunding: number
  readonly chargedBack: number
  readonly count: number
  readonly unknownRefund: string | undefined
  readonly unknownChargeback: string | undefined
}

const sumReturns = ({ authorization }: PaymentLine): Returns => {
  let refunded = 0
  let refunding = 0
  let chargedBack = 0
  let count = 0
  let unknownRefund: string | undefined
  let unknownChargeback: string | undefined
  for (const { amount, status } of authorization.refunds) {
    switch (status) {
      case "CAPTURED":
        refunded += amount.minor
        if (amount.minor > 0) count++
        break
      case "NEW":
      case "STARTED":
        refunding += amount.minor
        break
      case "CANCELED":
      case "FAILED":
      case "ERROR":
        break
      default:
        // Nobody knows whether it is done; that it was asked for is known.
        refunding += amount.minor
        unknownRefund = firstWord(unknownRefund, cleanStatus(status, statusLengthMax))
    }
  }
  for (const { amount, status } of authorization.chargebacks) {
    switch (status) {
      // The manual's text says CAPTURED, its example and every report seen say CHARGED: both count.
      case "CHARGED":
      case "CAPTURED":
        chargedBack += amount.minor
        if (amount.minor > 0) count++
        break
      default:
        refunding += amount.minor
        unknownChargeback = firstWord(unknownChargeback, cleanStatus(status, statusLengthMax))
    }
  }
  return { refunded, refunding, chargedBack, count, unknownRefund, unknownChargeback }
}

/** What one authorised line is worth beyond what is captured, by the table in `docs/concepts/cover.md`. */
interface LineValue {
  readonly secured: number
  readonly promised: number
  readonly voided: boolean
  readonly failed: boolean
  readonly unknownStatus: string | undefined
}

const worth = (secured: number, promised: number, unknownStatus: string | undefined): LineValue => ({
  secured,
  promised,
  voided: false,
  failed: false,
  unknownStatus
})

const nothing = worth(0, 0, undefined)
const voided: LineValue = { ...nothing, voided: true }
const failed: LineValue = { ...nothing, failed: true }

const isKnownConfidence = (word: string): boolean =>
  word === "ACQUIRER_APPROVED" || word === "ACQUIRER_PENDING" || word === "SHOPPER_PENDING"

// A first parcel is captured and the rest is still to come, as long as nothing says that it will not.
const restOf = ({ authorization: { amount, reversal } }: PaymentLine, sums: CaptureSums): number =>
  sums.failed > 0 || sums.canceled > 0 || sums.unknownStatus !== undefined
    ? 0
    : Math.max(0, amount.minor - (reversal?.amount.minor ?? 0) - sums.captured)

const isNegative = ({ authorization: { amount, captures, chargebacks, refunds, reversal } }: PaymentLine): boolean =>
  amount.minor < 0 || (reversal?.amount.minor ?? 0) < 0 ||
  [captures, chargebacks, refunds].some((items) => items.some((item) => item.amount.minor < 0))

const valueAuthorized = (line: PaymentLine, confidence: string, sums: CaptureSums): LineValue => {
  const { amount, captures, reversal } = line.authorization
  const known = isKnownConfidence(confidence)
  const approved = confidence === "ACQUIRER_APPROVED"
  const unknownStatus = sums.unknownStatus ?? (known || confidence === "" ? undefined : confidence)
  const reversed = reversal?.amount.minor ?? 0
  if (sums.finished) {
    // Never less than what is captured, and open captures never make it more than what is still authorised.
    const extra = Math.max(0, Math.min(amount.minor - reversed, sums.captured + sums.open) - sums.captured)
    return worth(approved ? extra : 0, known ? extra : 0, unknownStatus)
  }
  if (reversal !== undefined && reversed >= amount.minor) return voided
  if (captures.length > 0 && sums.canceled === captures.length) return voided
  if (sums.failed > 0 && sums.failed + sums.canceled === captures.length) return failed
  if (unknownStatus !== undefined || !known) return worth(0, 0, unknownStatus)
  const rest = Math.max(0, amount.minor - reversed)
  return worth(approved ? rest : 0, rest, undefined)
}

// A part that will never be captured: the provider's verdict may still speak of the time before.
const isWhole = (value: LineValue, { canceled, failed }: CaptureSums, reversed: number): boolean =>
  value.unknownStatus === undefined && canceled === 0 && failed === 0 && reversed === 0

/** Reads one line. */
export const readPayment = (line: PaymentLine): PaymentReading => {
  const { authorization } = line
  const paymentMethod = cleanStatus(line.paymentMethod, methodLengthMax)
  // Nearly every word is a documented one, and documented words are clean.
  let status = authorization.status
  let attemptClass = authorizationClassOf(status)
  if (attemptClass === "unknown") {
    status = cleanStatus(status, statusLengthMax)
    attemptClass = authorizationClassOf(status)
  }
  const confidenceLevel = isKnownConfidence(authorization.confidenceLevel)
    ? authorization.confidenceLevel
    : cleanStatus(authorization.confidenceLevel, confidenceLengthMax)
  const sums = sumCaptures(authorization.captures)
  const returns = sumReturns(line)
  const value = attemptClass === "authorized" ? valueAuthorized(line, confidenceLevel, sums) : nothing
  const reversed = authorization.reversal?.amount.minor ?? 0
  return {
    id: PaymentId.normalise(line.id) ?? "",
    paymentMethod,
    status,
    confidenceLevel,
    currency: authorization.amount.currency,
    class: attemptClass,
    authorized: authorization.amount.minor,
    captured: sums.captured,
    refunded: returns.refunded,
    chargedBack: returns.chargedBack,
    returns: returns.count,
    refunding: returns.refunding,
    unknownRefund: returns.unknownRefund,
    unknownChargeback: returns.unknownChargeback,
    reversed,
    securedExtra: value.secured,
    promisedExtra: value.promised,
    voided: value.voided,
    failed: value.failed,
    unknownStatus: value.unknownStatus,
    openRest: attemptClass === "authorized" && sums.finished && confidenceLevel === "ACQUIRER_APPROVED"
      ? Math.max(0, restOf(line, sums) - value.secured)
      : 0,
    negative: isNegative(line),
    whole: attemptClass === "authorized" && isWhole(value, sums, reversed),
    line,
    trimmed: paymentMethod !== line.paymentMethod || status !== authorization.status ||
      confidenceLevel !== authorization.confidenceLevel
  }
}

/**
 * True if the attempt counts as authorised. A voided one does not, except while money is captured: then
 * totals and attempts disagree, and the captured money goes first.
 */
export const countsAsAuthorized = (reading: PaymentReading, captured: number): boolean =>
  reading.class === "authorized" && (!reading.voided || captured !== 0)
