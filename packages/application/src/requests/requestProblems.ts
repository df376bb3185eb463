/**
 * Everything that is wrong with a call, found before it reaches the provider.
 */
import {
  type CaptureInput,
  type CreateOrderInput,
  type InputOf,
  type Merchant,
  type Operation,
  type Problem,
  type RefundInput,
  type StartPaymentInput
} from "../ports/index.ts"
import {
  invoiceTotals,
  invoiceViolations,
  modificationDescriptionMax,
  modificationReferenceMax,
  type Money
} from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import { ofBuyer, ofDestination, ofName } from "./partyChecks.ts"
import {
  boolean,
  country,
  currency,
  currencyInUse,
  date,
  extra,
  iban,
  int32,
  orderKey,
  paymentId,
  prose,
  reference,
  type Rule,
  securityToken,
  text,
  vatRate,
  webAddress
} from "./Rule.ts"
import { type Check, each, needed, optional } from "./Check.ts"

/** What was found, said without the value: `missing`, `empty text`, `text of 51 characters`, `fraction`, `number`, `list`, `object`, ... */
export const valueKind = (value: unknown): string => {
  if (value === undefined || value === null) return "missing"
  if (typeof value === "string") return value === "" ? "empty text" : `text of ${value.length} characters`
  if (typeof value === "number") return Number.isInteger(value) ? "number" : "number that is not whole"
  return Array.isArray(value) ? `list of ${value.length}` : typeof value
}

// A basket of a thousand different articles is a data error; the schema itself has no bound.
const linesMax = 1_000

const createOnly: Rule = {
  limit: "create-only",
  message: "a fee belongs to the creation of an order",
  write: () => undefined
}

const money = (path: string, amount: Money | undefined): ReadonlyArray<Check> =>
  amount === undefined ? [] : needed(path, amount, { currency, minor: int32 })

const ofMerchant = ({ merchantName, password, subjectMerchant }: Merchant, operation: Operation) => [
  ...needed("merchant", { merchantName, password }, { merchantName: text(50), password: text(35) }),
  ...(subjectMerchant === undefined
    ? []
    : [
      ...needed("merchant.subjectMerchant", subjectMerchant, { name: text(50), token: securityToken }),
      ...(operation === "create" ? [] : optional("merchant.subjectMerchant", subjectMerchant, { fee: createOnly })),
      ...money("merchant.subjectMerchant.fee.amount", subjectMerchant.fee?.amount)
    ])
]

const positive: Rule = {
  limit: "positive",
  message: "more than 0; an order of 0 begins a recurring series",
  write: (value) => typeof value === "number" && value > 0 ? int32.write(value) : undefined
}

const notNegative: Rule = {
  limit: "not-negative",
  message: "0 or more",
  write: (value) => typeof value === "number" && value >= 0 ? int32.write(value) : undefined
}

/** Every check of an order, with what is found there. */
export const orderChecks = (input: CreateOrderInput): ReadonlyArray<Check> => {
  const { billTo, buyer, invoice, reminders, salesPerson, total } = input
  return [
    ...needed("", input, { orderReference: text(255), profile: text(50), daysToPay: int32 }),
    ...optional("reminders.first", reminders?.first, { days: int32, profile: text(50) }),
    ...optional("reminders.second", reminders?.second, { days: int32, profile: text(50) }),
    ...optional("", input, { terminalId: text(35), menuStyleId: int32 }),
    ...ofBuyer(buyer),
    ...needed("total", total, {
      currency: currencyInUse,
      minor: input.recurringReference === undefined ? positive : notNegative
    }),
    ...ofDestination("billTo", billTo),
    ...optional("", input, {
      description: prose(255),
      receiptText: prose(50),
      includeMethodCosts: boolean,
      recurringReference: text(50)
    }),
    ...each("invoice.lines", invoice?.lines ?? [], (path, line) => [
      ...needed(path, line, { name: prose(50), code: text(50), quantity: int32, vatRate }),
      ...optional(path, line, { description: prose(100), imageUrl: extra(2048) })
    ]),
    ...(invoice?.shipTo === undefined ? [] : ofDestination("invoice.shipTo", invoice.shipTo)),
    ...optional("invoice", invoice, { additionalDescription: prose(100) }),
    ...(salesPerson === undefined ? [] : ofName("salesPerson", salesPerson))
  ]
}

const ofStart = ({ amount, orderKey: key, payment }: StartPaymentInput): ReadonlyArray<Check> => {
  const debit = payment._tag === "WithInput" && payment.input._tag === "DirectDebit" ? payment.input : undefined
  return [
    ...needed("", { orderKey: key }, { orderKey }),
    ...money("amount", amount),
    ...optional("payment.input", debit, { holderName: prose(35), iban }),
    ...(payment._tag === "Recurring"
      ? needed("payment", payment, { recurringReference: text(50) })
      : optional("payment", payment, { returnUrl: webAddress }))
  ]
}

const modificationReference = reference(modificationReferenceMax)
const modificationDescription = prose(modificationDescriptionMax)

const ofCapture = (input: CaptureInput): ReadonlyArray<Check> => [
  ...needed("", input, { orderKey, paymentId }),
  ...optional("", input, { captureReference: modificationReference }),
  ...money("amount", input.amount),
  ...optional("", input, {
    itemCode: text(50),
    description: modificationDescription,
    finalCapture: boolean,
    replaceFiled: boolean,
    notBefore: date
  })
]

const ofScope = (scope: RefundInput["scope"]): ReadonlyArray<Check> =>
  scope._tag === "Amount"
    ? [
      ...money("scope.amount", scope.amount),
      ...optional("scope", scope, { itemCode: text(50), description: modificationDescription })
    ]
    : [
      ...optional("scope.additional", scope.additional, { vatRate, description: modificationDescription }),
      ...money("scope.additional.amount", scope.additional?.amount),
      ...each("scope.items", scope.items, (path, item) => needed(path, item, { itemCode: text(50), quantity: int32 }))
    ]

const ofRefund = (input: RefundInput): ReadonlyArray<Check> => [
  ...needed("", input, { orderKey, paymentId }),
  ...optional("", input, { refundReference: modificationReference }),
  ...ofScope(input.scope),
  ...optional("", input, { replaceFiled: boolean, notBefore: date }),
  ...(input.account === undefined
    ? []
    : [
      ...needed("account", input.account, {
        holderName: text(35),
        holderCity: text(35),
        holderCountry: country,
        iban: text(35)
      }),
      ...optional("account", input.account, { bic: text(35) })
    ])
]

const byKey = (input: { readonly orderKey: string }): ReadonlyArray<Check> => needed("", input, { orderKey })

const checksByOperation: { readonly [O in Operation]: (input: InputOf<O>) => ReadonlyArray<Check> } = {
  create: orderChecks,
  start: ofStart,
  proceed: (input) => needed("", input, { orderKey, paymentId }),
  cancel: byKey,
  capture: ofCapture,
  refund: ofRefund,
  status: byKey,
  statusExtended: byKey,
  listPaymentMethods: byKey
}

const amounts = (path: string, limit: string, message: string): Problem => (
  { path, limit, valueKind: "amounts", message }
)

/** A line that a refund names has to be one line of the bill. */
const ofItems = ({ scope }: RefundInput): ReadonlyArray<Problem> => {
  if (scope._tag === "Amount") return []
  const codes = new Set<string>()
  return scope.items.flatMap(({ itemCode }, index) => {
    if (!codes.has(itemCode)) {
      codes.add(itemCode)
      return []
    }
    const message = "each line is named once, with its whole quantity"
    return [{
      path: `scope.items[${index}].itemCode`,
      limit: "code-unique",
      valueKind: "code of an item before",
      message
    }]
  })
}

/** What of a bill does not add up. */
const ofInvoice = ({ invoice, total }: Pick<CreateOrderInput, "invoice" | "total">): ReadonlyArray<Problem> => {
  if (invoice === undefined) return []
  const { lines } = invoice
  if (lines.length === 0 || lines.length > linesMax) {
    const message = `a list of 1 to ${linesMax}`
    return [{ path: "invoice.lines", limit: `list-${linesMax}`, valueKind: valueKind(lines), message }]
  }
  const problems = invoiceViolations(lines).map(({ message, path, rule }) => amounts(`invoice.${path}`, rule, message))
  if (problems.length > 0 || invoiceTotals(lines).gross === total.minor) return problems
  return [amounts("invoice.lines", "sum", "the lines have to add up to the total of the order")]
}

const plain = (value: unknown): unknown => Redacted.isRedacted(value) ? Redacted.value(value) : value

/** Everything that is wrong with a call; empty if it may be sent. A gateway may know more that is wrong. */
export const requestViolations = <O extends Operation>(
  operation: O,
  { input, merchant }: { readonly merchant: Merchant; readonly input: InputOf<O> }
): ReadonlyArray<Problem> => {
  const checks: ReadonlyArray<Check> = [...ofMerchant(merchant, operation), ...checksByOperation[operation](input)]
  const problems = checks.flatMap(({ path, rule, value: given }) => {
    const value = plain(given)
    if (rule.write(value) !== undefined) return []
    return [{ path, limit: rule.limit, message: rule.message, valueKind: valueKind(value) }]
  })
  if ("buyer" in input) return [...problems, ...ofInvoice(input)]
  return "scope" in input ? [...problems, ...ofItems(input)] : problems
}
