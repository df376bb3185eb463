/**
 * What a new order takes, with the limits of Docdata's schema. Unknown fields are refused and not ignored: a card number
 * that somebody tries to pass must not travel any further.
 */
import * as Schema from "effect/Schema"
import { field, optional } from "../field.ts"
import { reference, text, textLike } from "../text.ts"
import { Buyer, Destination, PersonName } from "./Buyer.ts"
import { exact, extra, type OrderText, orderTextsOf, prose } from "./orderTexts.ts"

/** Docdata counts in 32 bits. */
const int32 = Schema.Int.check(Schema.isBetween({ minimum: -2_147_483_648, maximum: 2_147_483_647 }))
const total = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2_147_483_647 }))

/** Of one order; the request becomes too large with more. */
const linesMax = 1_000

const OrderTotal = Schema.Struct({
  minor: field(
    total,
    "Minor units of the currency: cents of euros, whole yen. 0 begins a recurring series and nothing else.",
    4990
  ),
  currency: field(textLike(3, /^[A-Z]{3}$/u, "three capitals of ISO 4217"), "Three capitals, ISO 4217.", "EUR")
}).annotate({ identifier: "OrderTotal", description: "What the shopper has to pay." })

const TaxedAmount = Schema.Struct({
  net: field(int32, "Minor units of the order's currency, without VAT.", 4124),
  vat: field(int32, "Minor units of the order's currency: the VAT.", 866),
  gross: field(int32, "Minor units of the order's currency: net and VAT.", 4990)
}).annotate({ identifier: "TaxedAmount", description: "An amount of a line in the order's currency, with its VAT." })

const InvoiceLine = Schema.Struct({
  name: prose(50).needed("Name of the article.", "Bicycle bell"),
  code: exact(50).needed("The shop's code of the article; several lines may have one.", "BELL-1"),
  quantity: field(int32, "How many.", 1),
  unit: optional(Schema.Literals(["PCS", "SEC", "BYT", "KB"]), "What quantity counts; PCS when absent.", "PCS"),
  description: prose(100).optional("What the article is.", "Brass"),
  imageUrl: extra(2048).optional("Address of a picture.", "https://shop.example/bell.jpg"),
  vatRate: field(
    textLike(20, /^\d+(\.\d+)?$/u, "a percentage as decimal text such as 21 or 8.5"),
    "VAT rate in percent.",
    "21"
  ),
  piece: field(TaxedAmount, "Price of one piece."),
  line: field(TaxedAmount, "Price of the line. It is believed: it need not be quantity times piece.")
}).annotate({ identifier: "InvoiceLine", description: "A line of the invoice." })

const Invoice = Schema.Struct({
  lines: field(
    Schema.Array(InvoiceLine).check(Schema.isMaxLength(linesMax)),
    "The lines; together they are the total of the order."
  ),
  shipTo: optional(Destination, "Where the goods go; as billTo when absent."),
  additionalDescription: prose(100).optional("Shown with the invoice.", "Delivered in two parcels")
}).annotate({ identifier: "Invoice", description: "What is sold." })

const ReminderPeriod = Schema.Struct({
  days: field(int32, "Days after which the shopper is reminded.", 7),
  profile: exact(50).optional("Payment profile of the reminder.", "standard")
}).annotate({ identifier: "ReminderPeriod", description: "When a shopper is reminded." })

const OrderDescription = Schema.Struct({
  profile: exact(50).optional("Payment profile of Docdata's back office; the account's own when absent.", "standard"),
  daysToPay: optional(int32, "Days within which payment is expected; the account's own when absent.", 14),
  reminders: optional(
    Schema.Struct({
      first: field(ReminderPeriod, "The first reminder."),
      second: optional(ReminderPeriod, "The second reminder.")
    }),
    "When Docdata reminds the shopper of paying."
  ),
  terminalId: exact(35).optional("Terminal for payments at a counter.", "T-1"),
  menuStyleId: optional(int32, "Style of the payment menu.", 1),
  buyer: field(Buyer, "Who pays: a shopper or a company."),
  total: field(OrderTotal, "What the shopper has to pay."),
  billTo: field(Destination, "Where the bill goes."),
  description: prose(255).optional("Shown to the shopper.", "Order web-1001"),
  receiptText: prose(50).optional("Shown on the shopper's statement where the method allows it.", "Shop web-1001"),
  includeMethodCosts: optional(Schema.Boolean, "True: the costs of the payment method are in the total.", false),
  recurringReference: exact(50).optional("Begins a recurring series under this reference.", "subscription-17"),
  invoice: optional(Invoice, "What is sold; some payment methods need it."),
  salesPerson: optional(PersonName, "Who sold it.")
}).annotate({ identifier: "OrderDescription", description: "What is ordered, by whom, and how it is paid." })

/** What `POST /v1/orders` takes. */
export const CreateOrderRequest = Schema.Struct({
  merchant: optional(
    text(100),
    "Name of the merchant account; the key's only one, or the service's first, when absent.",
    "shop"
  ),
  shopReference: field(reference(200), "The shop's own number of the order.", "web-1001"),
  order: field(OrderDescription, "The order.")
}).annotate({ identifier: "CreateOrderRequest", description: "A new order." })

/** Every text of an order with its limit, and what happens to a longer one. */
export const orderTexts: ReadonlyArray<OrderText> = orderTextsOf(OrderDescription)
