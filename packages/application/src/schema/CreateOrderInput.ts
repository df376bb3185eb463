/**
 * Schema of an order to register.
 */
import { Minor, Money } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import { Buyer, Destination, PersonName } from "./Buyer.ts"

const maybe = Schema.optionalKey(Schema.String)

const TaxedAmount = Schema.Struct({ net: Minor, vat: Minor, gross: Minor }).annotate({ identifier: "TaxedAmount" })

/** See `InvoiceLine`. */
export const InvoiceLine = Schema.Struct({
  name: Schema.String,
  code: Schema.String,
  quantity: Schema.Int,
  unit: Schema.optionalKey(Schema.Literals(["PCS", "SEC", "BYT", "KB"])),
  description: maybe,
  imageUrl: maybe,
  vatRate: Schema.String,
  piece: TaxedAmount,
  line: TaxedAmount
}).annotate({ identifier: "InvoiceLine" })

/** See `InvoiceInput`. */
export const InvoiceInput = Schema.Struct({
  lines: Schema.Array(InvoiceLine),
  shipTo: Schema.optionalKey(Destination),
  additionalDescription: maybe
}).annotate({ identifier: "InvoiceInput" })

/** See `ReminderPeriod`. */
export const ReminderPeriod = Schema.Struct({ days: Schema.Int, profile: maybe }).annotate({
  identifier: "ReminderPeriod"
})

/** See `CreateOrderInput`. */
export const CreateOrderInput = Schema.Struct({
  orderReference: Schema.String,
  profile: Schema.String,
  daysToPay: Schema.Int,
  reminders: Schema.optionalKey(
    Schema.Struct({ first: ReminderPeriod, second: Schema.optionalKey(ReminderPeriod) })
  ),
  terminalId: maybe,
  menuStyleId: Schema.optionalKey(Schema.Int),
  buyer: Buyer,
  total: Money,
  billTo: Destination,
  description: maybe,
  receiptText: maybe,
  includeMethodCosts: Schema.optionalKey(Schema.Boolean),
  recurringReference: maybe,
  invoice: Schema.optionalKey(InvoiceInput),
  salesPerson: Schema.optionalKey(PersonName)
}).annotate({ identifier: "CreateOrderInput" })

const { daysToPay, orderReference: _, profile, ...described } = CreateOrderInput.fields

/** See `OrderDescription`: an order without what the account and the attempt decide. */
export const OrderDescription = Schema.Struct({
  ...described,
  profile: Schema.optionalKey(profile),
  daysToPay: Schema.optionalKey(daysToPay)
}).annotate({ identifier: "OrderDescription" })
