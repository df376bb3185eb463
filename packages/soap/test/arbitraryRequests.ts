// Valid inputs for all operations, up to the edges of every length.
import type {
  Address,
  Buyer,
  CreateOrderInput,
  Destination,
  Merchant,
  PaymentInput,
  PersonName,
  RefundInput,
  ShopperResult,
  StartPaymentInput
} from "@docdata/application"
import { type InvoiceLine, invoiceLine } from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import fc from "fast-check"
import type { Sample } from "./samples.ts"

const anyOf = (characters: string) => fc.constantFrom(...Array.from(characters))

// Letters that need escaping, that are long in UTF-16, white space of every kind, and ordinary ones.
const character = anyOf("abzAZ09 .,-_&<>\"'éß日\u00a0\u2028😀\t\n\r]]>%")
/** Text of 1 to `max` UTF-16 units. */
const text = (max: number) =>
  fc.array(character, { minLength: 1, maxLength: max }).map((all) => {
    const joined = all.join("").slice(0, max).replace(/[\uD800-\uDBFF]$/, "")
    return joined === "" ? "x" : joined
  })
/** As text, and not all of it blank. */
const reference = (max: number) => text(max).filter((all) => all.trim() !== "")
const digits = (min: number, max: number) =>
  fc.array(anyOf("0123456789"), { minLength: min, maxLength: max }).map((all) => all.join(""))
const token = (min: number, max: number) =>
  fc.array(anyOf("ABCXYZabcxyz0189._:-"), { minLength: min, maxLength: max }).map((all) => all.join(""))
const secret = (from: fc.Arbitrary<string>) => from.map((value) => Redacted.make(value))
const maybe = <T extends object>(
  model: { [K in keyof T]: fc.Arbitrary<T[K]> },
  requiredKeys: Array<keyof T & string>
) => fc.record(model, { requiredKeys }) as unknown as fc.Arbitrary<T>

const int32 = fc.integer({ min: -2_147_483_648, max: 2_147_483_647 })
const currency = fc.constantFrom("EUR", "JPY", "BHD", "XAF")
const money = fc.record({ minor: int32, currency })
const country = fc.constantFrom("NL", "BE", "US", "XK")
const day = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }).map((date) =>
    date.toISOString().slice(0, 10)
  )
const email = fc.constantFrom("a@b", "x.y+z@mail.example", `${"l".repeat(90)}@b.example`, "é&<>@ü.example", "a@b@c.d")
const uuid = fc.uuid({ version: 4 })
const orderKeys = fc.array(anyOf("ABCDEFGZ0123456789"), { minLength: 32, maxLength: 32 }).map((
  all
) => all.join(""))
const paymentIds = digits(0, 29).map((rest) => `7${rest}`)

const name: fc.Arbitrary<PersonName> = maybe<Required<PersonName>>({
  prefix: text(50),
  initials: text(35),
  first: text(35),
  middle: text(35),
  last: text(35),
  suffix: text(50)
}, ["first", "last"])

const address: fc.Arbitrary<Address> = maybe<Required<Address>>({
  company: text(35),
  tradeRegisterNumber: text(35),
  vatNumber: text(35),
  careOf: text(35),
  street: text(100),
  houseNumber: text(35),
  houseNumberAddition: text(35),
  postalCode: text(50),
  city: text(35),
  state: text(35),
  country
}, ["street", "city", "country"])

const destination: fc.Arbitrary<Destination> = fc.record({ name, address })

const contact = {
  id: text(50),
  shopperKey: uuid,
  email,
  language: fc.constantFrom("nl", "en"),
  phoneNumber: text(50),
  mobilePhoneNumber: text(50),
  ipAddress: fc.oneof(fc.ipV4(), fc.ipV6().filter((address) => address.length <= 35))
}

const buyer: fc.Arbitrary<Buyer> = fc.oneof(
  maybe({
    _tag: fc.constant("Shopper" as const),
    ...contact,
    name,
    gender: fc.constantFrom("male" as const, "female" as const, "undefined" as const),
    dateOfBirth: day("1800-01-01", "2199-12-31")
  }, ["_tag", "id", "email", "language", "name", "gender"]),
  maybe({ _tag: fc.constant("Company" as const), ...contact, name: text(50) }, [
    "_tag",
    "id",
    "email",
    "language",
    "name"
  ])
)

const vatRate = fc.tuple(fc.nat(30), fc.nat(9999)).map(([whole, rest]) => rest === 0 ? `${whole}` : `${whole}.${rest}`)

const lineText = maybe({
  name: text(50),
  code: text(40),
  unit: fc.constantFrom("PCS" as const, "SEC" as const, "BYT" as const, "KB" as const),
  description: text(100),
  imageUrl: text(2048)
}, ["name", "code"])

const line = fc.record({
  about: lineText,
  price: fc.record({
    basis: fc.constantFrom("net" as const, "gross" as const),
    minor: fc.integer({ min: -9999, max: 99_999 })
  }),
  vatRate,
  quantity: fc.integer({ min: 1, max: 40 })
}).map(({ about, price, vatRate, quantity }) =>
  invoiceLine(about as never, price, { vatRate, quantity, rounding: "half-up" })!
)

// Codes are unique within a bill.
const numbered = (lines: ReadonlyArray<InvoiceLine>): ReadonlyArray<InvoiceLine> =>
  lines.map((each, index) => ({ ...each, code: `${index}-${each.code}` }))

const order: fc.Arbitrary<CreateOrderInput> = fc.tuple(
  maybe({
    orderReference: text(255),
    profile: text(50),
    daysToPay: int32,
    reminders: maybe({
      first: maybe({ days: int32, profile: text(50) }, ["days"]),
      second: maybe({ days: int32, profile: text(50) }, ["days"])
    }, ["first"]),
    terminalId: text(35),
    menuStyleId: int32,
    buyer,
    total: money,
    billTo: destination,
    description: text(255),
    receiptText: text(50),
    includeMethodCosts: fc.boolean(),
    recurringReference: text(50),
    salesPerson: name
  }, ["orderReference", "profile", "daysToPay", "buyer", "total", "billTo"]) as unknown as fc.Arbitrary<
    CreateOrderInput
  >,
  fc.option(
    maybe({
      lines: fc.array(line, { minLength: 1, maxLength: 5 }).map(numbered),
      shipTo: destination,
      additionalDescription: text(100)
    }, ["lines"]),
    { nil: undefined }
  )
).map(([base, invoice]) => {
  if (invoice === undefined) return base
  const ship = invoice.shipTo?.address
  // A delivery to PayPal's countries has a state whenever the bill has one.
  const shipTo = ship === undefined || base.billTo.address.state === undefined || ship.state !== undefined
    ? invoice.shipTo
    : { ...invoice.shipTo, address: { ...ship, state: "S" } }
  const minor = invoice.lines.reduce((sum, each) => sum + each.line.gross, 0)
  const { shipTo: _, ...rest } = invoice
  return { ...base, total: { ...base.total, minor }, invoice: shipTo === undefined ? rest : { ...rest, shipTo } }
}).filter(({ total }) => total.minor > 0)

const iban = secret(digits(13, 32).map((rest) => `NL${rest}`))
const method = text(50)
const input = fc.oneof(
  maybe({
    _tag: fc.constant("EncryptedCard"),
    scheme: fc.constantFrom("amex", "mastercard", "visa", "maestro", "mistercash"),
    method,
    encryptedData: secret(text(3000))
  }, ["_tag", "scheme", "encryptedData"]),
  maybe({ _tag: fc.constant("DirectDebit"), method, holderName: text(35), bic: token(8, 11), iban }, ["_tag", "iban"]),
  maybe({ _tag: fc.constant("DirectDebitMandate"), method, mandateNumber: text(35) }, ["_tag", "mandateNumber"]),
  maybe({ _tag: fc.constant("BankTransfer"), method, email }, ["_tag", "email"]),
  maybe({
    _tag: fc.constant("Elv"),
    method,
    account: fc.oneof(
      fc.record({ iban: secret(text(35)) }),
      fc.record({ accountNumber: secret(text(35)), bankCode: text(35) })
    )
  }, ["_tag", "account"]),
  maybe({ _tag: fc.constant("Ideal"), method, issuerId: token(1, 50) }, ["_tag", "issuerId"]),
  maybe({ _tag: fc.constant("PayPal"), method, mobileShopper: fc.boolean() }, ["_tag", "mobileShopper"]),
  maybe({
    _tag: fc.constant("Offline"),
    method,
    paidBy: text(50),
    register: maybe({ id: text(50), location: text(50) }, ["id"])
  }, ["_tag", "paidBy"]),
  maybe({ _tag: fc.constant("PointOfSale"), method }, ["_tag"]),
  fc.record({ _tag: fc.constantFrom("Kbc", "Belfius", "IngHomePay"), method })
) as unknown as fc.Arbitrary<PaymentInput>

const browser = fc.record({ ip: text(250), accept: text(250), userAgent: text(250) })
const cardToken = maybe({
  key: secret(text(512)),
  encrypted: fc.record({ scheme: fc.constantFrom("amex", "mastercard", "visa"), data: secret(text(3000)) })
}, ["key"])

const pages = text(2000).map((path) => `https://shop.example/${path}`)

const start = maybe({
  orderKey: orderKeys,
  amount: money,
  payment: fc.oneof(
    fc.record({ _tag: fc.constant("Recurring"), recurringReference: text(50) }),
    maybe({ _tag: fc.constant("WithInput"), input, returnUrl: pages, browser }, ["_tag", "input"]),
    maybe({ _tag: fc.constant("WithToken"), token: cardToken, returnUrl: pages, browser }, ["_tag", "token"])
  )
}, ["orderKey", "payment"]) as unknown as fc.Arbitrary<StartPaymentInput>

const result = fc.oneof(
  fc.record({
    _tag: fc.constant("ThreeDomainSecure"),
    merchantData: secret(text(2048)),
    authenticationResponse: secret(text(4000))
  }),
  fc.record({ _tag: fc.constant("Ideal") }),
  maybe({
    _tag: fc.constant("IngHomePay"),
    vendorId: text(255),
    amount: money,
    message: digits(12, 12),
    returnCode: fc.constantFrom(0, -1),
    hash: fc.array(anyOf("0123456789abcdefABCDEF"), { minLength: 40, maxLength: 40 }).map((all) => all.join(""))
  }, ["_tag", "vendorId", "amount", "message", "returnCode"]),
  fc.record({ _tag: fc.constant("Kbc"), context: secret(text(3000)) }),
  fc.record({ _tag: fc.constant("Belfius"), outcome: fc.constantFrom("success", "cancel", "abort") }),
  maybe({
    _tag: fc.constant("PayPal"),
    token: secret(text(35)),
    payerId: text(100),
    shopperCancelled: fc.boolean()
  }, ["_tag", "token", "shopperCancelled"])
) as unknown as fc.Arbitrary<ShopperResult>

const capture = maybe({
  orderKey: orderKeys,
  paymentId: paymentIds,
  captureReference: reference(35),
  amount: money,
  itemCode: text(50),
  description: text(250),
  finalCapture: fc.boolean(),
  replaceFiled: fc.boolean(),
  notBefore: day("1900-01-01", "2999-12-31")
}, ["orderKey", "paymentId"])

const item = fc.record({ itemCode: text(50), quantity: int32 })
const additional = maybe({ amount: money, vatRate, description: text(250) }, ["amount", "vatRate"])

const refund = maybe({
  orderKey: orderKeys,
  paymentId: paymentIds,
  refundReference: reference(35),
  scope: fc.oneof(
    maybe({ _tag: fc.constant("Amount"), amount: money, itemCode: text(50), description: text(250) }, ["_tag"]),
    fc.record({ _tag: fc.constant("Items"), items: fc.array(item, { minLength: 1, maxLength: 4 }) }),
    fc.record({ _tag: fc.constant("Items"), items: fc.array(item, { maxLength: 4 }), additional })
  ),
  replaceFiled: fc.boolean(),
  notBefore: day("1900-01-01", "2999-12-31"),
  account: maybe({
    holderName: text(35),
    holderCity: text(35),
    holderCountry: country,
    bic: text(35),
    iban: secret(text(35))
  }, ["holderName", "holderCity", "holderCountry", "iban"])
}, ["orderKey", "paymentId", "scope"]) as unknown as fc.Arbitrary<RefundInput>

const merchantOf = (fees: boolean): fc.Arbitrary<Merchant> =>
  maybe({
    environment: fc.constantFrom("test" as const, "live" as const),
    merchantName: text(50),
    password: secret(text(35)),
    subjectMerchant: maybe({
      name: text(50),
      token: secret(token(1, 128)),
      ...(fees
        ? {
          fee: maybe({
            moment: fc.constantFrom("immediate" as const, "fully-paid" as const),
            amount: money,
            description: text(255)
          }, ["moment", "amount"])
        }
        : {})
    }, ["name", "token"])
  }, ["environment", "merchantName", "password"])

const of = (operation: Sample["operation"], from: fc.Arbitrary<unknown>): fc.Arbitrary<Sample> =>
  fc.record({ merchant: merchantOf(operation === "create"), input: from }).map((both) =>
    ({ name: operation, operation, ...both }) as Sample
  )

const byKey = fc.record({ orderKey: orderKeys })

/** Any valid call of any operation. */
export const arbitraryRequest: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 4, arbitrary: of("create", order) },
  { weight: 3, arbitrary: of("start", start) },
  { weight: 2, arbitrary: of("proceed", fc.record({ orderKey: orderKeys, paymentId: paymentIds, result })) },
  { weight: 2, arbitrary: of("capture", capture) },
  { weight: 2, arbitrary: of("refund", refund) },
  { weight: 1, arbitrary: of("cancel", byKey) },
  { weight: 1, arbitrary: of("status", byKey) },
  { weight: 1, arbitrary: of("statusExtended", byKey) },
  { weight: 1, arbitrary: of("listPaymentMethods", byKey) }
)
