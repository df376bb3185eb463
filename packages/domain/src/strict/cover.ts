/**
 * What covers an order under a policy, from the totals and the attempts.
 *
 * Totals and attempts are two views of the same money, and either may lag. An attempt therefore adds only
 * as much as the totals confirm: what is approved at most the approved total, what is promised at most all
 * three confidence totals together. Attempts in several currencies cannot be added; then the totals alone
 * speak, by the strictest policy among the attempts.
 */
import type { ReportedTotals } from "../ApproximateTotals.ts"
import { coverFor, type CoverPolicy, type PaidWhen } from "../Policy.ts"
import { countsAsAuthorized, type PaymentReading } from "./PaymentReading.ts"

/** What cover is computed from. */
export interface CoverInput {
  readonly totals: ReportedTotals
  /** Of the totals. */
  readonly currency: string
  /** In any order; only authorised ones that count add anything. */
  readonly readings: ReadonlyArray<PaymentReading>
  readonly authorizedCount: number
  /** False if authorised attempts are in another currency than the order or the totals. */
  readonly addable: boolean
  /** True while every authorised attempt is whole. */
  readonly whole: boolean
  /** The provider's own verdict: considered safe, as far as it may count. */
  readonly consideredSafe: boolean
  /** What the shop gave up by final captures: nothing more comes of it. */
  readonly released: number
  /** What has to be covered. */
  readonly due: number
}

/** All that was ever approved or promised, captured or not. */
const pledgedOf = ({ acquirerApproved, acquirerPending, shopperPending }: ReportedTotals): number =>
  acquirerApproved + acquirerPending + shopperPending

const coverByLines = (policy: CoverPolicy, { readings, currency, released, totals }: CoverInput): number => {
  let approved = 0
  let promised = 0
  let shown = 0
  let rest = 0
  for (const reading of readings) {
    if (reading.currency === currency) shown += reading.captured
    // What is captured already, cancelled or voided adds nothing under any policy.
    if (reading.promisedExtra + reading.openRest === 0) continue
    switch (coverFor(policy, reading.paymentMethod, reading.currency)) {
      case "captured":
      case "considered-safe":
        break
      case "approved":
        approved += reading.securedExtra
        rest += reading.openRest
        break
      case "promised":
        promised += reading.promisedExtra
        rest += reading.openRest
        break
    }
  }
  const byApproval = Math.min(totals.acquirerApproved, approved)
  const pledged = pledgedOf(totals)
  // Captured money that no line shows yet is the capture of one of them: what that line adds is the same money.
  const unseen = Math.max(0, totals.captured - shown)
  const extra = Math.max(0, Math.min(pledged, byApproval + promised) - unseen)
  // Captured money does not lower what is approved: together they never cover more than all that was ever pledged.
  const covered = Math.min(totals.captured + extra, Math.max(totals.captured, pledged))
  // The rest of a first parcel fills up what is due and no more: beyond that it must not hide a return.
  return Math.max(covered, Math.min(covered + Math.max(0, rest - released), totals.registered, pledged))
}

// From strict to loose; `considered-safe` adds nothing to the captured money by itself.
const strictness: Record<PaidWhen, number> = { captured: 0, "considered-safe": 0, approved: 1, promised: 2 }

const authorizedPolicies = (policy: CoverPolicy, { readings, totals }: CoverInput): ReadonlyArray<PaidWhen> =>
  readings.filter((reading) => countsAsAuthorized(reading, totals.captured))
    .map(({ currency, paymentMethod }) => coverFor(policy, paymentMethod, currency))

// What is approved or promised stays in the totals when it is voided, failed, given up after a part was captured, or in a
// word nobody knows. Line by line that adds nothing; where lines cannot be added, it makes the totals doubtful.
const isDoubtful = (reading: PaymentReading): boolean =>
  reading.unknownStatus !== undefined || reading.class === "unknown" ||
  (reading.class === "authorized" && reading.captured + reading.promisedExtra + reading.openRest < reading.authorized)

const coverByTotals = (policy: CoverPolicy, input: CoverInput): number => {
  const { readings, released, totals } = input
  if (released > 0 || readings.some(isDoubtful)) return totals.captured
  const strictest = Math.min(...authorizedPolicies(policy, input).map((when) => strictness[when]))
  if (strictest === 0) return totals.captured
  return Math.max(totals.captured, strictest === 1 ? totals.acquirerApproved : pledgedOf(totals))
}

const mentionsVerdict = (policy: CoverPolicy): boolean =>
  policy.default === "considered-safe" || policy.rules.some(({ when }) => when === "considered-safe")

const followsVerdict = (policy: CoverPolicy, input: CoverInput): boolean =>
  mentionsVerdict(policy) && authorizedPolicies(policy, input).every((when) => when === "considered-safe")

const isCapturedOnly = (policy: CoverPolicy): boolean => policy.default === "captured" && policy.rules.length === 0

/** What covers the order under `policy`, in minor units of the totals' currency. */
export const cover = (policy: CoverPolicy, input: CoverInput): number => {
  const { totals } = input
  // The default of the paid policy, and most of all decisions: nothing but captured money counts.
  if (input.authorizedCount === 0 || isCapturedOnly(policy)) return totals.captured
  if (followsVerdict(policy, input)) {
    const safe = input.consideredSafe && input.whole && totals.refunded + totals.chargedBack === 0
    return safe || totals.captured >= input.due ? Math.max(totals.captured, totals.registered) : totals.captured
  }
  return input.addable ? coverByLines(policy, input) : coverByTotals(policy, input)
}
