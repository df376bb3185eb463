/**
 * An order, and what is stored beside it, as the API tells.
 */
import { ClosedBy, Fulfilment, Hold, OrderStatus } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import { field, optional } from "../field.ts"
import { Instant } from "../Instant.ts"
import { Money } from "../Money.ts"
import { Count, next } from "../paging.ts"
import { text } from "../text.ts"

/** The order in an address. */
export const orderId = { orderId: field(text(100), "The service's own id of the order.", "ord_4K7Q2M") }

/** Docdata's totals. They are approximate: converted, where payments are in several currencies. */
export const Totals = Schema.Struct({
  registered: field(Money, "What the order costs, as Docdata registered it."),
  shopperPending: field(Money, "Waiting for the shopper, such as for a bank transfer."),
  acquirerPending: field(Money, "Waiting at an acquirer."),
  acquirerApproved: field(Money, "Approved by an acquirer."),
  captured: field(Money, "Captured."),
  refunded: field(Money, "Refunded."),
  chargedBack: field(Money, "Taken back by banks."),
  reversed: field(Money, "Given up before it was captured.")
}).annotate({ identifier: "Totals", description: "Docdata's approximate totals of an order." })

/** One payment of an order. */
export const Payment = Schema.Struct({
  id: field(Schema.String, "Docdata's number of the payment.", "4910079745"),
  paymentMethod: field(Schema.String, "Docdata's name of the payment method.", "IDEAL"),
  status: field(Schema.String, "Docdata's authorisation status.", "AUTHORIZED"),
  confidenceLevel: field(Schema.String, "How sure Docdata is of the money, in its own word.", "ACQUIRER_APPROVED"),
  allocated: field(Money, "Authorised by this payment."),
  debited: field(Money, "Captured by this payment."),
  refunded: field(Money, "Refunded of this payment."),
  chargedBack: field(Money, "Taken back by a bank."),
  reversed: field(Money, "Given up before it was captured.")
}).annotate({ identifier: "Payment", description: "One payment of an order, as last reported." })

const summaryFields = {
  id: field(Schema.String, "The service's own id of the order.", "ord_4K7Q2M"),
  merchant: field(Schema.String, "Name of the merchant account at this service.", "shop"),
  shopReference: field(Schema.String, "The shop's own number of the order.", "web-1001"),
  orderReference: field(
    Schema.String,
    "What Docdata knows the order by, and its notifications name.",
    "web-1001-8H2MQZ3T"
  ),
  orderKey: optional(
    Schema.String,
    "Docdata's key of the order; absent before Docdata gave one.",
    "3F2504E04F8911D39A0C0305E82C3301"
  ),
  orderAttempt: field(Count, "Counts the orders with the same shop reference, from 1.", 1),
  registration: field(
    Schema.Literals(["reserved", "confirmed", "abandoned"]),
    "Whether Docdata knows the order: confirmed if so, reserved while nobody knows, abandoned if not. An abandoned attempt " +
      "is no order: no list of a status has it, and its idempotency key is free.",
    "confirmed"
  ),
  abandonedBecause: optional(
    Schema.Literals(["refused", "not-sent", "unanswered", "interrupted"]),
    "Of an abandoned attempt: Docdata refused it, it was not sent, no answer came, or this service ended meanwhile.",
    "not-sent"
  ),
  revision: field(Count, "Counts the changes of the order.", 3),
  status: field(OrderStatus, "The status of the order.", "paid"),
  fulfilment: field(Fulfilment, "Whether the goods may leave (ship), have to wait, or must be stopped.", "ship"),
  closedBy: optional(
    ClosedBy,
    "Who closed the order: the shop by an accepted cancel, or its age. Absent while the shopper may still pay, also after a " +
      "payment that the shopper cancelled."
  ),
  hold: optional(Hold, "Why a person has to decide; absent when nobody has to."),
  amount: field(Money, "What the shopper has to pay."),
  released: optional(
    Money,
    "What the shop gave up by final captures of less than was authorised; it is not due. Absent when it gave nothing up."
  ),
  totals: optional(Totals, "Docdata's approximate totals; absent before the first report."),
  createdAt: field(Instant, "When the order was created."),
  refreshedAt: optional(Instant, "When the newest applied report was asked for; absent before the first one."),
  nextRefreshAt: optional(Instant, "When the next scheduled refresh is due; absent when nothing is expected any more.")
}

/** An order in a list. */
export const OrderSummary = Schema.Struct(summaryFields)
  .annotate({ identifier: "OrderSummary", description: "An order in a list." })

/** One page of orders. */
export const OrderPage = Schema.Struct({
  orders: field(Schema.Array(OrderSummary), "Newest first."),
  next
}).annotate({ identifier: "OrderPage", description: "One page of orders." })

/** An order with its payments. */
export const Order = Schema.Struct({
  ...summaryFields,
  subjectMerchant: optional(Schema.String, "The merchant on whose behalf a platform acts.", "seller-7"),
  language: field(Schema.String, "The shopper's language, ISO 639-1.", "nl"),
  billToCountry: field(Schema.String, "The country of the bill, ISO 3166-1.", "NL"),
  menuUrl: optional(
    Schema.String,
    "Where the shopper pays; absent before Docdata knows the order.",
    "https://secure.docdatapayments.com/ps/menu?command=show_payment_cluster"
  ),
  adjusted: optional(
    Schema.Array(Schema.Struct({
      path: field(Schema.String, "The field of the request.", "order.billTo.address.city"),
      from: field(
        Schema.String,
        "What the request said.",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
      ),
      to: optional(
        Schema.String,
        "What Docdata received; absent if it was left out.",
        "Llanfairpwllgwyngyllgogerychwyrndro"
      )
    })),
    "Texts of the request that did not fit; in the answer to the request alone, and absent if all of them fitted."
  ),
  payments: field(Schema.Array(Payment), "All payments of the order, ascending by number.")
}).annotate({ identifier: "Order", description: "An order with its payments." })

/** What an order can be paid with. */
export const PaymentMethods = Schema.Struct({
  methods: field(
    Schema.Array(Schema.Struct({
      name: field(Schema.String, "Docdata's name of the payment method.", "IDEAL"),
      issuers: field(
        Schema.Array(Schema.Struct({
          id: field(Schema.String, "Docdata's id of the bank.", "INGBNL2A"),
          name: field(Schema.String, "The bank's name.", "ING")
        })),
        "Banks to choose from."
      )
    })),
    "What the order can be paid with at this moment."
  )
}).annotate({ identifier: "PaymentMethods", description: "What an order can be paid with at this moment." })

/** What came of a request to cancel. */
export const CancelResult = Schema.Struct({
  result: field(
    Schema.Literals(["NoPayments", "AlreadyCancelled", "Cancelled", "NotCancelled", "Pending", "Unrecognised"]),
    "What Docdata answered; the order says whether it is cancelled.",
    "Cancelled"
  ),
  order: field(Order, "The order afterwards.")
}).annotate({ identifier: "CancelResult", description: "What came of a request to cancel." })

/** What came of clearing a hold. */
export const ClearedHold = Schema.Struct({
  cleared: optional(Hold, "The hold that was cleared; absent if the order was not on hold."),
  order: field(Order, "The order afterwards; it may be held again.")
}).annotate({ identifier: "ClearedHold", description: "What came of clearing a hold." })
