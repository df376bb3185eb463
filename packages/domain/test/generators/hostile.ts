/**
 * Questions that no correct caller asks: numbers that are none, texts that are none, and every rule set.
 */
import fc from "fast-check"
import { orderStatuses } from "../../src/OrderStatus.ts"
import { ruleSetNames } from "../../src/Policy.ts"
import type { Question } from "../../src/reconcile.ts"
import { question } from "./questions.ts"
import { changeMoney } from "./transform.ts"

const strangeNumber = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -1,
  -0,
  0.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  Number.MAX_VALUE,
  -(2 ** 31)
)

const strangeText = fc.oneof(
  fc.constantFrom(
    "",
    "0",
    "00",
    "-1",
    "1e3",
    " 7",
    "７",
    "constructor",
    "__proto__",
    "\u0000",
    "\uD800",
    "9".repeat(2000)
  ),
  fc.string({ unit: "binary", maxLength: 20 })
)

// `undefined` leaves a number or a text as it is; the picks are taken in turn, so that a failing case can be replayed.
const disturb = (asked: Question, picks: ReadonlyArray<number | undefined>): Question => {
  let next = 0
  return changeMoney(asked, { minor: (minor) => picks[next++ % picks.length] ?? minor })
}

const untouched = { weight: 6, arbitrary: fc.constant(undefined) }
const turns = { minLength: 1, maxLength: 12 }
const numbers = fc.array(fc.oneof(untouched, { weight: 1, arbitrary: strangeNumber }), turns)
const texts = fc.array(fc.oneof(untouched, { weight: 1, arbitrary: strangeText }), turns)

const disturbTexts = (asked: Question, picks: ReadonlyArray<string | undefined>): Question => {
  let next = 0
  const text = (given: string): string => picks[next++ % picks.length] ?? given
  const { order, report } = asked
  return {
    ...asked,
    order: { ...order, key: text(order.key), currency: text(order.currency) },
    payments: asked.payments.map((row) => ({ ...row, paymentId: text(row.paymentId), status: text(row.status) })),
    report: {
      ...report,
      payments: report.payments.map(({ authorization, id, paymentMethod }) => ({
        id: text(id),
        paymentMethod: text(paymentMethod),
        authorization: {
          ...authorization,
          status: text(authorization.status),
          confidenceLevel: text(authorization.confidenceLevel),
          captures: authorization.captures.map((capture) => ({ ...capture, status: text(capture.status) }))
        }
      }))
    }
  }
}

/** Any question at all, of any rule set, with anything in the places of amounts, times and texts. */
export const hostileQuestion: fc.Arbitrary<Question> = fc.record({
  asked: question,
  numbers,
  texts,
  rules: fc.constantFrom(...ruleSetNames),
  margin: fc.oneof(fc.constant(100), strangeNumber),
  nowMs: fc.oneof(fc.constant(1_500_000_000_000), strangeNumber),
  expireAfterDays: fc.oneof(fc.constant(21), strangeNumber),
  legacyIdOrder: fc.constantFrom("text" as const, "number" as const)
}).map(({ asked, expireAfterDays, legacyIdOrder, margin, nowMs, numbers, rules, texts }) => {
  const disturbed = disturbTexts(disturb(asked, numbers), texts)
  const marginMinor = { [asked.order.currency]: margin }
  return {
    ...disturbed,
    nowMs,
    policy: { ...asked.policy, rules, marginMinor, expireAfterDays, legacyIdOrder }
  }
})

/** True for the ten statuses. */
export const isStatus = (text: string): boolean => orderStatuses.some((status) => status === text)
