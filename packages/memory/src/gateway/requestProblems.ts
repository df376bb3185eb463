/**
 * What the contract forbids, checked before a call reaches the provider: the limits that callers run into, by the same
 * paths and limits as the adapter over SOAP, which knows them all.
 */
import type {
  Buyer,
  CaptureInput,
  CreateOrderInput,
  Destination,
  InputOf,
  Merchant,
  Operation,
  PersonName,
  Problem,
  RefundInput,
  StartPaymentInput
} from "@docdata/application"
import { invoiceTotals, invoiceViolations, type Money } from "@docdata/domain"
import * as Redacted from "effect/Redacted"

interface Limit {
  readonly limit: string
  readonly message: string
  readonly keeps: (value: unknown) => boolean
}

const shaped = (limit: string, message: string, pattern: RegExp): Limit => ({
  limit,
  message,
  keeps: (value) => typeof value === "string" && pattern.test(value)
})

const text = (lengthMax: number): Limit => ({
  limit: `text-${lengthMax}`,
  message: `1 to ${lengthMax} characters that XML can carry`,
  keeps: (value) => typeof value === "string" && value.length > 0 && value.length <= lengthMax
})

const int32: Limit = {
  limit: "int32",
  message: "a whole number of 32 bits",
  keeps: (value) => typeof value === "number" && (value | 0) === value
}

const orderKey = shaped("order-key", "32 capitals and digits", /^[A-Z0-9]{32}$/)
const paymentId = shaped("payment-id", "1 to 30 digits, not starting with 0", /^[1-9]\d{0,29}$/)
const currency = shaped("currency", "three capitals of ISO 4217", /^[A-Z]{3}$/)
const country = shaped("country", "two capitals of ISO 3166-1", /^[A-Z]{2}$/)
const language = shaped("language", "two small letters of ISO 639-1, no locale", /^[a-z]{2}$/)
const email = shaped("email", "one @ or more, no white space and no quotes", /^[^\s'"]+@[^\s'"]+$/)
const date = shaped(
  "date",
  "an existing day as yyyy-MM-dd, without a time",
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
)
const iban = shaped("iban", "15 to 34 letters and digits, no blanks", /^[A-Za-z0-9]{15,34}$/)
const webAddress = shaped(
  "web-address",
  "an absolute http(s) URL of at most 2048 characters",
  /^(?=.{1,2048}$)https?:\/\/[^\s/?#]+/
)
const createOnly: Limit = {
  limit: "create-only",
  message: "a fee belongs to the creation of an order",
  keeps: () => false
}

const kindOf = (value: unknown): string => {
  if (value === undefined || value === null) return "missing"
  if (typeof value === "string") return value === "" ? "empty text" : `text of ${value.length} characters`
  return typeof value === "number" && !Number.isInteger(value) ? "number that is not whole" : typeof value
}

/** A field, the limit it has to keep, and the value found there. */
type Check = readonly [path: string, limit: Limit, value: unknown]

const optional = (path: string, limit: Limit, value: unknown): ReadonlyArray<Check> =>
  value === undefined ? [] : [[path, limit, value]]

const money = (path: string, amount: Money | undefined): ReadonlyArray<Check> =>
  amount === undefined ? [] : [[`${path}.currency`, currency, amount.currency], [`${path}.minor`, int32, amount.minor]]

const ofMerchant = ({ merchantName, password, subjectMerchant: subject }: Merchant, operation: Operation) =>
  [
    ["merchant.merchantName", text(50), merchantName],
    ["merchant.password", text(35), Redacted.value(password)],
    ...optional("merchant.subjectMerchant.name", text(50), subject?.name),
    ...optional("merchant.subjectMerchant.token", text(128), subject && Redacted.value(subject.token)),
    ...(operation === "create" ? [] : optional("merchant.subjectMerchant.fee", createOnly, subject?.fee)),
    ...money("merchant.subjectMerchant.fee.amount", subject?.fee?.amount)
  ] satisfies ReadonlyArray<Check>

const ofName = (path: string, name: PersonName): ReadonlyArray<Check> => [
  [`${path}.first`, text(35), name.first],
  [`${path}.last`, text(35), name.last]
]

const ofBuyer = (buyer: Buyer): ReadonlyArray<Check> => [
  ["buyer.id", text(50), buyer.id],
  ...(buyer._tag === "Shopper" ? ofName("buyer.name", buyer.name) : [["buyer.name", text(50), buyer.name]] as const),
  ["buyer.email", email, buyer.email],
  ["buyer.language", language, buyer.language]
]

const ofDestination = (path: string, { address, name }: Destination): ReadonlyArray<Check> => [
  ...ofName(`${path}.name`, name),
  [`${path}.address.street`, text(100), address.street],
  [`${path}.address.city`, text(35), address.city],
  [`${path}.address.country`, country, address.country]
]

const ofOrder = (input: CreateOrderInput): ReadonlyArray<Check> => [
  ["orderReference", text(255), input.orderReference],
  ["profile", text(50), input.profile],
  ["daysToPay", int32, input.daysToPay],
  ...ofBuyer(input.buyer),
  ...money("total", input.total),
  ...ofDestination("billTo", input.billTo),
  ...optional("description", text(255), input.description),
  ...optional("receiptText", text(50), input.receiptText),
  ...optional("recurringReference", text(50), input.recurringReference)
]

const ofStart = (input: StartPaymentInput): ReadonlyArray<Check> => {
  const { payment } = input
  const direct = payment._tag === "WithInput" && payment.input._tag === "DirectDebit" ? payment.input : undefined
  return [
    ["orderKey", orderKey, input.orderKey],
    ...money("amount", input.amount),
    ...optional("payment.input.iban", iban, direct && Redacted.value(direct.iban)),
    ...(payment._tag === "Recurring"
      ? [["payment.recurringReference", text(50), payment.recurringReference]] as const
      : optional("payment.returnUrl", webAddress, payment.returnUrl))
  ]
}

const ofCapture = (input: CaptureInput): ReadonlyArray<Check> => [
  ["paymentId", paymentId, input.paymentId],
  ...optional("captureReference", text(35), input.captureReference),
  ...money("amount", input.amount),
  ...optional("itemCode", text(50), input.itemCode),
  ...optional("description", text(250), input.description),
  ...optional("notBefore", date, input.notBefore)
]

const ofRefund = ({ account, notBefore, paymentId: id, refundReference, scope }: RefundInput): ReadonlyArray<Check> => [
  ["paymentId", paymentId, id],
  ...optional("refundReference", text(35), refundReference),
  ...(scope._tag === "Amount"
    ? [...money("scope.amount", scope.amount), ...optional("scope.itemCode", text(50), scope.itemCode)]
    : money("scope.additional.amount", scope.additional?.amount)),
  ...optional("notBefore", date, notBefore),
  ...optional("account.holderName", text(35), account?.holderName),
  ...optional("account.holderCity", text(35), account?.holderCity),
  ...optional("account.holderCountry", country, account?.holderCountry),
  ...optional("account.iban", text(35), account && Redacted.value(account.iban))
]

const checksByOperation: { readonly [O in Operation]: (input: InputOf<O>) => ReadonlyArray<Check> } = {
  create: ofOrder,
  start: ofStart,
  proceed: (input) => [["paymentId", paymentId, input.paymentId]],
  cancel: (input) => [["orderKey", orderKey, input.orderKey]],
  capture: ofCapture,
  refund: ofRefund,
  status: (input) => [["orderKey", orderKey, input.orderKey]],
  statusExtended: (input) => [["orderKey", orderKey, input.orderKey]],
  listPaymentMethods: (input) => [["orderKey", orderKey, input.orderKey]]
}

/** What of a bill does not add up. */
const ofInvoice = ({ invoice, total }: Pick<CreateOrderInput, "invoice" | "total">): ReadonlyArray<Problem> => {
  if (invoice === undefined) return []
  const problems = invoiceViolations(invoice.lines).map(({ message, path, rule }) => ({
    path: `invoice.${path}`,
    limit: rule,
    valueKind: "amounts",
    message
  }))
  if (problems.length > 0 || invoiceTotals(invoice.lines).gross === total.minor) return problems
  const message = "the lines have to add up to the total of the order"
  return [{ path: "invoice.lines", limit: "sum", valueKind: "amounts", message }]
}

/** Everything that is wrong with a call; empty if it may be sent. */
export const requestViolations = <O extends Operation>(
  operation: O,
  merchant: Merchant,
  input: InputOf<O>
): ReadonlyArray<Problem> => {
  const checks: ReadonlyArray<Check> = [...ofMerchant(merchant, operation), ...checksByOperation[operation](input)]
  const problems = checks.flatMap(([path, { keeps, limit, message }, value]) =>
    keeps(value) ? [] : [{ path, limit, message, valueKind: kindOf(value) }]
  )
  return "buyer" in input ? [...problems, ...ofInvoice(input)] : problems
}
