/**
 * Captures and refunds, from the request to the proof; together they are the modifications of an order.
 */
import * as Schema from "effect/Schema"
import { field, optional } from "../field.ts"
import { Day, Instant } from "../Instant.ts"
import { Money, RequestedMoney } from "../Money.ts"
import { reference, secret, text, textLike } from "../text.ts"

const referenceMax = 35

/** Docdata's numbers have ten digits; a much longer one is none of theirs. */
export const PaymentId = textLike(30, /^[1-9]\d*$/u, "a payment id: digits without a leading zero")

const common = {
  orderId: field(Schema.String, "The service's own id of the order.", "ord_4K7Q2M"),
  paymentId: field(Schema.String, "Docdata's number of the payment.", "4910079745"),
  amount: field(Money, "How much."),
  state: field(
    Schema.Literals(["intended", "filed", "unclear", "confirmed", "failed"]),
    "intended: stored, the request may be on its way. filed: Docdata took the request. unclear: no answer came. " +
      "confirmed: a report shows it done. failed: no money moved.",
    "filed"
  ),
  requestedAt: field(Instant, "When it was requested."),
  changedAt: field(Instant, "When its state changed last.")
}

const captureReference = "The shop's own reference, unique among the captures of the order."
const refundReference = "The shop's own reference, unique among the refunds of the order."

/** Authorised money asked for. */
export const Capture = Schema.Struct({
  kind: field(Schema.Literal("capture"), "Says that it is a capture."),
  captureReference: field(Schema.String, captureReference, "capture-1"),
  ...common,
  final: optional(
    Schema.Literal(true),
    "True: no further capture follows, and the rest is given up. Else absent.",
    true
  )
}).annotate({ identifier: "Capture", description: "Authorised money that was asked for." })

/** Captured money given back. */
export const Refund = Schema.Struct({
  kind: field(Schema.Literal("refund"), "Says that it is a refund."),
  refundReference: field(Schema.String, refundReference, "refund-1"),
  ...common
}).annotate({ identifier: "Refund", description: "Captured money that is given back." })

/** Either. */
export const Modification = Schema.Union([Capture, Refund])
  .annotate({ identifier: "Modification", description: "A capture or a refund." })

/** All captures of an order. */
export const CaptureList = Schema.Struct({ captures: field(Schema.Array(Capture), "Oldest first.") })
  .annotate({ identifier: "CaptureList", description: "All captures of an order." })

/** All refunds of an order. */
export const RefundList = Schema.Struct({ refunds: field(Schema.Array(Refund), "Oldest first.") })
  .annotate({ identifier: "RefundList", description: "All refunds of an order." })

/** All modifications of an order. */
export const ModificationList = Schema.Struct({ modifications: field(Schema.Array(Modification), "Oldest first.") })
  .annotate({ identifier: "ModificationList", description: "All captures and refunds of an order." })

const requested = {
  paymentId: field(PaymentId, "Docdata's number of the payment.", "4910079745"),
  amount: optional(RequestedMoney, "How much, in the payment's currency; all that is left when absent."),
  description: optional(text(250), "Shown to the shopper where the method allows it.", "Returned goods"),
  notBefore: optional(Day, "The first day on which it may be done; as soon as possible when absent.")
}

/** What a capture takes. */
export const CaptureRequest = Schema.Struct({
  captureReference: field(
    reference(referenceMax),
    `${captureReference} The same again answers with the first.`,
    "capture-1"
  ),
  ...requested,
  final: optional(Schema.Boolean, "True: no further capture follows on the payment.", true)
}).annotate({ identifier: "CaptureRequest", description: "A request to capture authorised money." })

/** Where a refund goes when the method does not know. */
export const RefundAccount = Schema.Struct({
  holderName: field(text(35), "Name of the account's holder.", "Test Buyer"),
  holderCity: field(text(35), "City of the account's holder.", "Zwolle"),
  holderCountry: field(
    textLike(2, /^[A-Z]{2}$/u, "two capitals of ISO 3166-1"),
    "Country of the account's holder, ISO 3166-1.",
    "NL"
  ),
  bic: optional(text(35), "BIC of the bank.", "INGBNL2A"),
  iban: secret(35, "IBAN of the account.", "NL02INGB0000000000")
}).annotate({ identifier: "RefundAccount", description: "The bank account that a refund goes to." })

/** What a refund takes. */
export const RefundRequest = Schema.Struct({
  refundReference: field(
    reference(referenceMax),
    `${refundReference} The same again answers with the first.`,
    "refund-1"
  ),
  ...requested,
  account: optional(RefundAccount, "Where the money goes; needed for methods that do not know, such as bank transfers.")
}).annotate({ identifier: "RefundRequest", description: "A request to give captured money back." })

/** What a person knows of a modification that no report names. */
export const ResolveRequest = Schema.Struct({
  kind: field(Schema.Literals(["capture", "refund"]), "Which of the two it is.", "refund"),
  reference: field(text(referenceMax), "Its captureReference or refundReference.", "refund-1"),
  outcome: field(
    Schema.Literals(["confirmed", "failed"]),
    "confirmed: the money moved. failed: it did not, and never will.",
    "failed"
  ),
  evidence: field(
    Schema.Literals(["back-office", "provider", "bank"]),
    "Where it is known from: Docdata's back office, an answer of Docdata, or the bank account.",
    "back-office"
  )
}).annotate({ identifier: "ResolveRequest", description: "What a person knows of a capture or refund." })
