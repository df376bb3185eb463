/**
 * What a merchant decides: when an order counts as paid, when it may be shipped, how much of a converted
 * amount may be missing, and after how many days an unfinished order is over.
 *
 * Policies are data. A merchant with several accounts has one policy per account.
 */

/**
 * What covers an order.
 *
 * - `captured`: captured money alone. The safest.
 * - `approved`: also what the acquirer guarantees to capture (cards, iDEAL, PayPal): waiting a night for
 *   the capture helps nobody.
 * - `promised`: also what the shopper or the acquirer has only promised (bank transfer, direct debit); the
 *   merchant takes the risk.
 * - `considered-safe`: captured money, or the provider's own verdict for accounts whose profile is set up
 *   there. It speaks of the whole order and counts only when every authorised attempt follows it, and
 *   only while no part of one failed, was given up or is in a word nobody knows.
 */
export const paidWhens = ["captured", "approved", "promised", "considered-safe"] as const

/** One of {@link paidWhens}. */
export type PaidWhen = (typeof paidWhens)[number]

/** One exception: a rule without a field speaks of every method or currency. */
export interface CoverRule {
  /** Command name of the payment method, as in the report. */
  readonly paymentMethod?: string
  /** Currency of the payment. */
  readonly currency?: string
  readonly when: PaidWhen
}

/** Per payment method and currency, the first rule that fits; `default` when none does. */
export interface CoverPolicy {
  readonly default: PaidWhen
  readonly rules: ReadonlyArray<CoverRule>
}

/** Which table of rules decides. The legacy ones repeat the reference's two generations, faults included. */
export const ruleSetNames = ["strict", "legacy-2016", "legacy-2013"] as const

/** One of {@link ruleSetNames}. */
export type RuleSetName = (typeof ruleSetNames)[number]

/** All that a decision depends on besides the order, its payments, the report and the time. */
export interface Policy {
  readonly rules: RuleSetName
  /** Decides the status. The legacy sets know only `captured` and do not read it. */
  readonly paidWhen: CoverPolicy
  /** Decides the fulfilment. Not read by the legacy sets. */
  readonly shipWhen: CoverPolicy
  /**
   * How much of a converted amount may be missing, per currency of the totals, in its minor units. Under
   * `strict` never more than a twentieth of the registered amount. No entry means no margin.
   */
  readonly marginMinor: Readonly<Record<string, number>>
  /** An unfinished order is over when it is older than this many times 24 hours. Whole days, at least 1. */
  readonly expireAfterDays: number
  /**
   * Only for the legacy sets: the reference's SOAP library delivered payment ids as text and so compared
   * them as text. `number`, also when absent, compares them as numbers.
   */
  readonly legacyIdOrder?: "number" | "text"
}

/**
 * What covers a payment of this method in this currency: the first rule whose named fields both fit, else the default.
 * Names are compared as they are, capitals included.
 */
export const coverFor = (policy: CoverPolicy, paymentMethod: string, currency: string): PaidWhen => {
  for (const rule of policy.rules) {
    if (rule.paymentMethod !== undefined && rule.paymentMethod !== paymentMethod) continue
    if (rule.currency !== undefined && rule.currency !== currency) continue
    return rule.when
  }
  return policy.default
}

/** The setting of a currency as it stands; 0 without an entry. */
export const marginSetting = ({ marginMinor }: Policy, currency: string): number =>
  Object.hasOwn(marginMinor, currency) ? marginMinor[currency]! : 0
