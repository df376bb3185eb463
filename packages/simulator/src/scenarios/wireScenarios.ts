/** Replies that are late, broken, foreign or stale; calls of which nobody knows whether they took effect. */
import type { Fault, FaultEffect } from "../faults/Fault.ts"
import type { Scenario, Step } from "./Scenario.ts"
import { days, minutes } from "./Scenario.ts"

const paidAt: ReadonlyArray<Step> = [{ step: "pay", method: "IDEAL" }, { step: "wait", ms: minutes(1) }]

/** The next status call after a payment meets a fault, the one after it does not. */
const badStatus = (
  { effect, ...scenario }: Pick<Scenario, "name" | "meaning" | "defects"> & { readonly effect: FaultEffect }
): Scenario => ({
  ...scenario,
  expected: "paid",
  steps: [{ step: "faults", faults: [{ operation: "status", executed: true, effect }] }, ...paidAt]
})

/** The shop's own call meets a fault. */
const badCall = (
  parts: Omit<Scenario, "steps"> & {
    readonly fault: Fault
    readonly before?: ReadonlyArray<Step>
    readonly after?: ReadonlyArray<Step>
  }
): Scenario => {
  const { after, before, fault, ...scenario } = parts
  return { ...scenario, steps: [...(before ?? []), { step: "faults", faults: [fault] }, ...(after ?? [])] }
}

const notFound = { code: "REQUEST_DATA_INCORRECT", text: "Order could not be found with the given key." } as const

export const wireScenarios: ReadonlyArray<Scenario> = [
  badStatus({
    name: "status-slow",
    meaning: "The status reply takes three seconds, so that a second refresh overlaps it.",
    defects: [8],
    effect: {
      kind: "delay",
      delayMs: 3_000
    }
  }),
  {
    name: "stale-reply-after-paid",
    meaning: "A status reply computed before the payment arrives after a newer one.",
    expected: "paid",
    defects: [10],
    steps: [
      { step: "choose", method: "IDEAL" },
      { step: "faults", faults: [{ operation: "status", executed: true, effect: { kind: "delay", delayMs: 1_500 } }] },
      { step: "wait", ms: minutes(1) },
      { step: "approve" },
      { step: "wait", ms: minutes(1) }
    ]
  },
  {
    name: "order-unknown-for-a-while",
    meaning: "The provider says twice that it does not know the order, and knows it then.",
    expected: "paid",
    defects: [13],
    steps: [
      {
        step: "faults",
        faults: [{ operation: "status", times: 2, executed: false, effect: { kind: "errors", errors: [notFound] } }]
      },
      ...paidAt
    ]
  },
  {
    name: "reference-with-leading-zeros",
    meaning: "The reference looks like a number with an exponent; as a number it would be another one.",
    expected: "paid",
    defects: [23],
    order: { referencePrefix: "0012E5-" },
    steps: paidAt
  },
  {
    name: "one-payment-one-capture",
    meaning: "One payment with one capture, all other totals 0: lists of one and zeros must survive the parser.",
    expected: "paid",
    defects: [24],
    steps: paidAt
  },
  badStatus({
    name: "reply-with-document-type",
    meaning: "The status reply redefines entities in a document type.",
    defects: [25],
    effect: {
      kind: "document-type"
    }
  }),
  badStatus({
    name: "status-reset-in-reply",
    meaning: "The connection is reset in the middle of the status reply.",
    effect: {
      kind: "reset-in-reply",
      afterBytes: 200
    }
  }),
  badStatus({
    name: "status-truncated",
    meaning: "The status reply ends in the middle, and HTTP does not show it.",
    effect: {
      kind: "truncated",
      afterBytes: 700
    }
  }),
  badStatus({
    name: "status-html",
    meaning: "A maintenance page with status 200 in place of XML.",
    effect: { kind: "html" }
  }),
  badStatus({
    name: "status-unavailable",
    meaning: "503 without a SOAP body.",
    effect: { kind: "status", status: 503, body: "html" }
  }),
  badStatus({
    name: "status-fault",
    meaning: "500 with a SOAP fault.",
    effect: { kind: "status", status: 500, body: "fault" }
  }),
  badStatus({
    name: "status-compressed",
    meaning: "A compressed reply that nobody asked for.",
    effect: { kind: "gzip" }
  }),
  badStatus({
    name: "status-redirected",
    meaning: "A redirect to another address, which must not get the password.",
    effect: {
      kind: "redirect",
      status: 302,
      location: "http://127.0.0.1:9/elsewhere"
    }
  }),
  badStatus({
    name: "status-oversized",
    meaning: "The right reply followed by 8 MB of white space.",
    effect: {
      kind: "oversized",
      sizeBytes: 8_388_608
    }
  }),
  badStatus({
    name: "status-dripping",
    meaning: "One byte of the reply every 100 ms.",
    effect: { kind: "drip", bytes: 1, everyMs: 100 }
  }),
  badCall({
    name: "create-lost-after-executing",
    meaning: "The order is created, but the reply never comes: creating again says the reference is taken.",
    expected: "new",
    shopCalls: "create",
    fault: { operation: "create", executed: true, effect: { kind: "reset-before-reply" } }
  }),
  badCall({
    name: "create-lost-before-reading",
    meaning: "The connection breaks before the request is read: nothing was created.",
    expected: "new",
    shopCalls: "create",
    fault: { operation: "create", executed: false, effect: { kind: "reset-before-reading" } }
  }),
  badCall({
    name: "create-refused-twice-over",
    meaning: "An error reply with two errors.",
    expected: "new",
    shopCalls: "create",
    fault: {
      operation: "create",
      executed: false,
      effect: {
        kind: "errors",
        errors: [
          { code: "REQUEST_DATA_INCORRECT", text: "Invalid payment profile for the order" },
          { code: "REQUEST_DATA_INCORRECT", text: "Merchant order reference is not unique." }
        ]
      }
    }
  }),
  badCall({
    name: "start-declined",
    meaning: "The acquirer declines, inside a reply that says success.",
    expected: "new",
    shopCalls: "start",
    fault: { operation: "start", executed: true, effect: { kind: "decline", as: "payment-error" } }
  }),
  badCall({
    name: "refund-lost-after-executing",
    meaning: "A refund is filed but the reply is lost: filing it again would pay back twice.",
    expected: "paid_refunded",
    shopCalls: "refund",
    before: paidAt,
    fault: { operation: "refund", executed: true, effect: { kind: "reset-before-reply" } },
    after: [{ step: "file-refund", part: 0.5 }, { step: "wait", ms: days(2) }]
  }),
  badCall({
    name: "capture-lost-after-executing",
    meaning: "A capture is filed but the reply is lost.",
    expected: "paid",
    shopCalls: "capture",
    before: [{ step: "pay", method: "KLARNA_INVOICE" }],
    fault: { operation: "capture", executed: true, effect: { kind: "truncated", afterBytes: 120 } },
    after: [{ step: "file-capture" }, { step: "wait", ms: days(2) }]
  }),
  badCall({
    name: "cancel-lost-after-executing",
    meaning: "The order is cancelled but the reply is lost: cancelling again says it is cancelled already.",
    expected: "cancelled",
    shopCalls: "cancel",
    before: [{ step: "pay", method: "VISA" }],
    fault: { operation: "cancel", executed: true, effect: { kind: "reset-before-reply" } },
    after: [{ step: "cancel-order" }, { step: "wait", ms: days(2) }]
  })
]
