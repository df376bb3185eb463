import { describe, expect, it } from "vitest"
import type { Payment, Phase } from "../src/order/Payment.ts"
import { capturableMinor, phaseOf, refundableMinor } from "../src/order/Payment.ts"
import type { PaymentEvent } from "../src/order/PaymentEvent.ts"
import { afterEvent, allowedPhases, isNotAllowed } from "../src/order/PaymentEvent.ts"
import { seededRandom } from "../src/SeededRandom.ts"

const fresh: Payment = {
  id: "4900000001",
  orderKey: "K",
  method: "VISA",
  webDirect: false,
  createdAtMs: 0,
  status: "NEW",
  amount: { minor: 1000, currency: "EUR" },
  confidence: "SHOPPER_PENDING",
  captures: [],
  refunds: [],
  chargebacks: [],
  finalCaptureFiled: false,
  returnUrls: {}
}

const filing = (amountMinor: number, replacesReserved = false) => ({ amountMinor, replacesReserved })

/** Short names for the table. */
const events: Readonly<Record<string, PaymentEvent>> = {
  start: { type: "moved", status: "STARTED" },
  redirect: { type: "moved", status: "REDIRECTED_FOR_AUTHORIZATION" },
  authorize: { type: "authorized", confidence: "ACQUIRER_APPROVED" },
  "authorize+new": { type: "authorized", confidence: "ACQUIRER_APPROVED", capture: "NEW" },
  "authorize+started": { type: "authorized", confidence: "ACQUIRER_APPROVED", capture: "STARTED" },
  "authorize+captured": { type: "authorized", confidence: "ACQUIRER_APPROVED", capture: "CAPTURED" },
  fail: { type: "failed", status: "AUTHORIZATION_FAILED" },
  cancel: { type: "cancelled", reason: "Canceled" },
  void: { type: "voided", reason: "Cancel request through order api" },
  ask: { type: "cancel-asked" },
  deny: { type: "cancel-refused", status: "CANCEL_FAILED" },
  "file 400": { type: "capture-filed", filing: filing(400), final: false },
  "file 700": { type: "capture-filed", filing: filing(700), final: false },
  "file 400 instead": { type: "capture-filed", filing: filing(400, true), final: false },
  "file 400 final": { type: "capture-filed", filing: filing(400), final: true },
  "file 0": { type: "capture-filed", filing: filing(0), final: false },
  "batch 1": { type: "capture-moved", number: 1, status: "STARTED" },
  "done 1": { type: "capture-moved", number: 1, status: "CAPTURED" },
  "done 2": { type: "capture-moved", number: 2, status: "CAPTURED" },
  "error 1": { type: "capture-moved", number: 1, status: "ERROR", reason: "Capture failed" },
  "refund 600": { type: "refund-filed", filing: filing(600) },
  "refund 300 instead": { type: "refund-filed", filing: filing(300, true) },
  "refunding 1": { type: "refund-moved", number: 1, status: "STARTED" },
  "refunded 1": { type: "refund-moved", number: 1, status: "CAPTURED" },
  "refund fails 1": { type: "refund-moved", number: 1, status: "FAILED" },
  "charge back 1000": { type: "charged-back", amountMinor: 1000, chargebackId: "1" },
  "charge back 1001": { type: "charged-back", amountMinor: 1001, chargebackId: "1" },
  "reverse 300": { type: "reversed", amountMinor: 300, reason: "Reversed" }
}

/** What happened, then: status word, phase, captures, refunds, what can still be captured and refunded. */
const table: ReadonlyArray<
  readonly [steps: string, word: string, phase: Phase, captures: string, refunds: string, left: string]
> = [
  ["", "NEW", "open", "", "", "1000/0"],
  ["start", "STARTED", "open", "", "", "1000/0"],
  ["redirect, fail", "AUTHORIZATION_FAILED", "failed", "", "", "1000/0"],
  ["redirect, cancel", "CANCELED", "cancelled", "", "", "1000/0"],
  ["redirect, fail, cancel", "CANCELED", "cancelled", "", "", "1000/0"],
  ["authorize", "AUTHORIZED", "authorized", "", "", "1000/0"],
  ["authorize+new", "AUTHORIZED", "authorized", "NEW 1000", "", "0/0"],
  ["authorize+captured", "AUTHORIZED", "paid", "CAPTURED 1000", "", "0/1000"],
  ["authorize+new, batch 1, done 1", "AUTHORIZED", "paid", "CAPTURED 1000", "", "0/1000"],
  ["authorize+new, error 1", "AUTHORIZED", "authorized", "ERROR 1000", "", "1000/0"],
  ["authorize+new, void", "AUTHORIZED", "voided", "CANCELED 1000", "", "0/0"],
  ["authorize, void", "AUTHORIZED", "voided", "", "", "0/0"],
  ["authorize+started, ask", "CANCEL_REQUESTED", "cancelling", "STARTED 1000", "", "0/0"],
  ["authorize+started, ask, void", "AUTHORIZED", "voided", "CANCELED 1000", "", "0/0"],
  ["authorize+started, ask, deny", "CANCEL_FAILED", "cancelling", "STARTED 1000", "", "0/0"],
  ["authorize+started, ask, deny, authorize", "AUTHORIZED", "authorized", "STARTED 1000", "", "0/0"],
  ["authorize, file 400", "AUTHORIZED", "authorized", "NEW 400", "", "600/0"],
  ["authorize, file 400, file 400", "AUTHORIZED", "authorized", "NEW 400 + NEW 400", "", "200/0"],
  ["authorize, file 400, done 1, file 400, done 2", "AUTHORIZED", "paid", "CAPTURED 400 + CAPTURED 400", "", "200/800"],
  ["authorize+new, file 400 instead", "AUTHORIZED", "authorized", "CANCELED 1000 + NEW 400", "", "600/0"],
  ["authorize, file 400 final", "AUTHORIZED", "authorized", "NEW 400", "", "0/0"],
  ["authorize, reverse 300", "AUTHORIZED", "authorized", "", "", "700/0"],
  ["authorize+captured, refund 600", "AUTHORIZED", "paid", "CAPTURED 1000", "NEW 600", "0/400"],
  [
    "authorize+captured, refund 600, refund 300 instead",
    "AUTHORIZED",
    "paid",
    "CAPTURED 1000",
    "CANCELED 600 + NEW 300",
    "0/700"
  ],
  [
    "authorize+captured, refund 600, refunding 1, refunded 1",
    "AUTHORIZED",
    "paid",
    "CAPTURED 1000",
    "CAPTURED 600",
    "0/400"
  ],
  ["authorize+captured, refund 600, refund fails 1", "AUTHORIZED", "paid", "CAPTURED 1000", "FAILED 600", "0/1000"],
  ["authorize+captured, charge back 1000", "AUTHORIZED", "paid", "CAPTURED 1000", "", "0/0"],
  [
    "authorize+captured, refund 600, refunded 1, charge back 1000",
    "AUTHORIZED",
    "paid",
    "CAPTURED 1000",
    "CAPTURED 600",
    "0/0"
  ]
]

/** What happened, then an event that cannot happen, and why not. */
const impossible: ReadonlyArray<readonly [steps: string, event: string, why: string]> = [
  ["authorize", "fail", "phase"],
  ["authorize", "start", "phase"],
  ["authorize", "refund 600", "phase"],
  ["authorize", "charge back 1000", "phase"],
  ["authorize+captured", "void", "phase"],
  ["authorize+captured", "ask", "phase"],
  ["authorize+captured", "cancel", "phase"],
  ["redirect, cancel", "authorize", "phase"],
  ["authorize+new, void", "done 1", "phase"],
  ["authorize+new, void", "file 400", "phase"],
  ["authorize+new", "file 400", "nothing-left"],
  ["authorize, file 400", "file 700", "amount"],
  ["authorize", "file 0", "amount"],
  ["authorize, file 400 final", "file 400", "nothing-left"],
  ["authorize+new, batch 1", "file 400 instead", "nothing-left"],
  ["authorize+new, batch 1", "batch 1", "unknown-number"],
  ["authorize+new, error 1", "done 1", "unknown-number"],
  ["authorize+new", "done 2", "unknown-number"],
  ["authorize+captured, refund 600, refunded 1", "refund 600", "amount"],
  ["authorize+captured, charge back 1000", "refund 300 instead", "nothing-left"],
  ["authorize+captured", "charge back 1001", "amount"],
  ["authorize, reverse 300", "reverse 300", "amount"]
]

const named = (name: string): PaymentEvent => {
  const event = events[name]
  if (event === undefined) throw new Error(`no event is called ${name}`)
  return event
}

const after = (steps: string): Payment =>
  steps.split(", ").filter((name) => name !== "").reduce((payment, name) => {
    const next = afterEvent(payment, named(name), 0)
    if (isNotAllowed(next)) throw new Error(`${name}: ${next.why} in ${next.phase}`)
    return next
  }, fresh)

const listed = (modifications: Payment["captures"] | Payment["refunds"]): string =>
  modifications.map(({ amount, status }) => `${status} ${amount.minor}`).join(" + ")

describe("a payment", () => {
  it.each(table)("after %j is %s, %s", (steps, word, phase, captures, refunds, left) => {
    const payment = after(steps)
    expect([payment.status, phaseOf(payment), listed(payment.captures), listed(payment.refunds)]).toEqual([
      word,
      phase,
      captures,
      refunds
    ])
    expect(`${capturableMinor(payment)}/${refundableMinor(payment)}`).toBe(left)
  })

  it.each(impossible)("after %j refuses %j: %s", (steps, event, why) => {
    expect(afterEvent(after(steps), named(event), 0)).toMatchObject({ _tag: "NotAllowed", why })
  })

  it("keeps its limits through any sequence of events", () => {
    const names = Object.keys(events) as [string, ...Array<string>]
    for (let seed = 0; seed < 400; seed += 1) {
      const random = seededRandom(seed)
      let payment = fresh
      for (let step = 0; step < 25; step += 1) {
        const event = named(random.pick(names))
        const phase = phaseOf(payment)
        const next = afterEvent(payment, event, step)
        expect(isNotAllowed(next) || allowedPhases[event.type].includes(phase)).toBe(true)
        if (isNotAllowed(next)) continue
        payment = next
        const captured = payment.captures.filter(({ status }) => status === "CAPTURED").reduce(
          (sum, { amount }) => sum + amount.minor,
          0
        )
        const refunded = payment.refunds.filter(({ status }) => status === "CAPTURED").reduce(
          (sum, { amount }) => sum + amount.minor,
          0
        )
        expect(captured).toBeLessThanOrEqual(payment.amount.minor)
        expect(refunded).toBeLessThanOrEqual(captured)
      }
    }
  })
})
