// The way back from a request to its input, for the law that nothing is lost or changed on the way. It knows the
// contract's words on its own and shares nothing with the writing but the XML reader.
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { readXml, type XmlElement } from "./readTree.ts"

type Value = Record<string, unknown>

const soap = "http://schemas.xmlsoap.org/soap/envelope/"
const namespace = "http://www.docdatapayments.com/services/paymentservice/1_3/"

const all = (parent: XmlElement, name: string) =>
  parent.children.filter((child) => child.name === name && child.namespace === namespace)
const one = (parent: XmlElement, name: string): XmlElement | undefined => all(parent, name)[0]
const text = (parent: XmlElement, name: string): string | undefined => one(parent, name)?.text
const attribute = (parent: XmlElement | undefined, name: string): string | undefined => parent?.attributes.get(name)

/** Leaves out what is not there. */
const compact = (value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined))

const map = <A, B>(value: A | undefined, f: (value: A) => B): B | undefined =>
  value === undefined ? undefined : f(value)
const secret = (value: string | undefined) => map(value, (plain) => Redacted.make(plain))
const bool = (value: string | undefined) => map(value, (word) => word === "true")
const money = (element: XmlElement | undefined) =>
  map(element, (amount) => ({ minor: Number(amount.text), currency: attribute(amount, "currency") }))
const word = (words: Record<string, string>, value: string | undefined) =>
  Object.entries(words).find(([, wire]) => wire === value)?.[0]

const merchant = (element: XmlElement): Value => {
  const subject = one(element, "subjectMerchant")
  return compact({
    merchantName: attribute(element, "name"),
    password: secret(attribute(element, "password")),
    subjectMerchant: map(subject, (of) =>
      compact({
        name: attribute(of, "name"),
        token: secret(attribute(of, "token")),
        fee: map(one(of, "fee"), (fee) =>
          compact({
            moment: word({ immediate: "IMMEDIATE", "fully-paid": "FULLY_PAID" }, attribute(fee, "moment")),
            amount: money(one(fee, "amount")),
            description: text(fee, "description")
          }))
      }))
  })
}

const name = (parent: XmlElement): Value | undefined =>
  map(
    one(parent, "name"),
    (element) =>
      compact(
        Object.fromEntries(
          ["prefix", "initials", "first", "middle", "last", "suffix"].map((part) => [part, text(element, part)])
        )
      )
  )

const destination = (element: XmlElement | undefined): Value | undefined =>
  map(element, (of) => {
    const address = one(of, "address")!
    return {
      name: name(of),
      address: compact({
        ...Object.fromEntries(
          [
            "company",
            "vatNumber",
            "careOf",
            "street",
            "houseNumber",
            "houseNumberAddition",
            "postalCode",
            "city",
            "state"
          ]
            .map((part) => [part, text(address, part)])
        ),
        tradeRegisterNumber: text(address, "kvkNummer"),
        country: attribute(one(address, "country"), "code")
      })
    }
  })

const buyer = (request: XmlElement): Value => {
  const shopper = one(request, "shopper")
  const of = shopper ?? one(request, "company")!
  const contact = {
    id: attribute(of, "id"),
    shopperKey: attribute(of, "idsShopperKey"),
    email: text(of, "email"),
    language: attribute(one(of, "language"), "code"),
    phoneNumber: text(of, "phoneNumber"),
    mobilePhoneNumber: text(of, "mobilePhoneNumber"),
    ipAddress: text(of, "ipAddress")
  }
  return shopper === undefined
    ? compact({ _tag: "Company", ...contact, name: text(of, "name") })
    : compact({
      _tag: "Shopper",
      ...contact,
      name: name(of),
      gender: word({ male: "M", female: "F", undefined: "U" }, text(of, "gender")),
      dateOfBirth: text(of, "dateOfBirth")
    })
}

const taxed = (item: XmlElement, [net, gross, vat]: readonly [string, string, string]) => ({
  net: Number(text(item, net)),
  vat: Number(text(one(item, vat)!, "amount")),
  gross: Number(text(item, gross))
})

const invoice = (element: XmlElement): Value =>
  compact({
    lines: all(element, "item").map((item) =>
      compact({
        name: text(item, "name"),
        code: text(item, "code"),
        quantity: Number(text(item, "quantity")),
        unit: attribute(one(item, "quantity"), "unitOfMeasure"),
        description: text(item, "description"),
        imageUrl: text(item, "image"),
        vatRate: attribute(one(item, "vat"), "rate"),
        piece: taxed(item, ["netAmount", "grossAmount", "vat"]),
        line: taxed(item, ["totalNetAmount", "totalGrossAmount", "totalVat"])
      })
    ),
    shipTo: destination(one(element, "shipTo")),
    additionalDescription: text(element, "additionalDescription")
  })

const period = (element: XmlElement) =>
  compact({ days: Number(attribute(element, "numberOfDays")), profile: attribute(element, "profile") })

const create = (request: XmlElement): Value => {
  const preferences = one(request, "paymentPreferences")!
  const css = map(one(request, "menuPreferences"), (menu) => attribute(one(menu, "css"), "id"))
  const initial = map(one(request, "paymentRequest"), (payment) => one(payment, "initialPaymentReference"))
  return compact({
    orderReference: text(request, "merchantOrderReference"),
    profile: text(preferences, "profile"),
    daysToPay: Number(text(preferences, "numberOfDaysToPay")),
    reminders: map(
      one(preferences, "exhortation"),
      (reminders) =>
        compact({ first: period(one(reminders, "period1")!), second: map(one(reminders, "period2"), period) })
    ),
    terminalId: text(preferences, "terminalId"),
    menuStyleId: map(css, Number),
    buyer: buyer(request),
    total: money(one(request, "totalGrossAmount")),
    billTo: destination(one(request, "billTo")),
    description: text(request, "description"),
    receiptText: text(request, "receiptText"),
    includeMethodCosts: bool(text(request, "includeCosts")),
    recurringReference: map(initial, (reference) => text(reference, "merchantReference")),
    invoice: map(one(request, "invoice"), invoice),
    salesPerson: map(one(request, "salesPerson"), name)
  })
}

const cards = { amex: "amex", mastercard: "masterCard", visa: "visa", maestro: "maestro", mistercash: "misterCash" }

const inputs: Record<string, (of: XmlElement) => Value> = {
  directDebitPaymentInput: (of) =>
    one(of, "mandateNumber") === undefined
      ? {
        _tag: "DirectDebit",
        holderName: text(of, "holderName"),
        bic: text(of, "bic"),
        iban: secret(text(of, "iban"))
      }
      : { _tag: "DirectDebitMandate", mandateNumber: text(of, "mandateNumber") },
  bankTransferPaymentInput: (of) => ({ _tag: "BankTransfer", email: text(of, "emailAddress") }),
  elvPaymentInput: (of) => ({
    _tag: "Elv",
    account: one(of, "iban") === undefined
      ? { accountNumber: secret(text(of, "accountNumber")), bankCode: text(of, "bankCode") }
      : { iban: secret(text(of, "iban")) }
  }),
  iDealPaymentInput: (of) => ({ _tag: "Ideal", issuerId: text(of, "issuerId") }),
  paypalPaymentInput: (of) => ({ _tag: "PayPal", mobileShopper: bool(text(of, "mobileUser")) }),
  offlinePaymentInput: (of) => ({
    _tag: "Offline",
    paidBy: text(of, "method"),
    register: map(
      one(of, "register"),
      (register) => compact({ id: text(register, "id"), location: text(register, "location") })
    )
  }),
  pointOfSalePaymentInput: () => ({ _tag: "PointOfSale" }),
  kbcPaymentInput: () => ({ _tag: "Kbc" }),
  belfiusPaymentInput: () => ({ _tag: "Belfius" }),
  ingHomePayPaymentInput: () => ({ _tag: "IngHomePay" }),
  ...Object.fromEntries(
    Object.entries(cards).map(([scheme, prefix]) => [
      `${prefix}PaymentInput`,
      (of: XmlElement) => ({ _tag: "EncryptedCard", scheme, encryptedData: secret(text(of, "encryptedData")) })
    ])
  )
}

const paymentInput = (payment: XmlElement): Value => {
  const content = payment.children[1]!
  return compact({ method: text(payment, "paymentMethod"), ...inputs[content.name]!(content) })
}

const token = (element: XmlElement): Value =>
  compact({
    key: secret(attribute(element, "key")),
    encrypted: map(element.children[0], (of) => ({
      scheme: Object.entries(cards).find(([, prefix]) => of.name === `${prefix}TokenInput`)?.[0],
      data: secret(text(of, "encryptedData"))
    }))
  })

const start = (request: XmlElement): Value => {
  const recurring = map(one(request, "recurringPaymentRequest"), (of) => one(of, "initialPaymentReference"))
  const interaction = {
    returnUrl: text(request, "returnUrl"),
    browser: map(one(request, "shopperInfo"), (info) => ({
      ip: text(info, "shopperIp"),
      accept: text(info, "browserAccept"),
      userAgent: text(info, "browserUserAgent")
    }))
  }
  const payment = one(request, "payment")
  return compact({
    orderKey: text(request, "paymentOrderKey"),
    amount: money(one(request, "paymentAmount")),
    payment: recurring !== undefined
      ? { _tag: "Recurring", recurringReference: text(recurring, "merchantReference") }
      : payment !== undefined
      ? compact({ _tag: "WithInput", input: paymentInput(payment), ...interaction })
      : compact({ _tag: "WithToken", token: token(one(request, "token")!), ...interaction })
  })
}

const results: Record<string, (of: XmlElement) => Value> = {
  threeDomainSecureAuthenticationResult: (of) => ({
    _tag: "ThreeDomainSecure",
    merchantData: secret(text(of, "MD")),
    authenticationResponse: secret(text(of, "PARes"))
  }),
  iDealAuthorizationResult: () => ({ _tag: "Ideal" }),
  ingHomePayAuthorizationResult: (of) => ({
    _tag: "IngHomePay",
    vendorId: text(of, "vendorId"),
    amount: money(one(of, "amount")),
    message: text(of, "message"),
    returnCode: Number(text(of, "returnCode")),
    hash: text(of, "hash")
  }),
  kbcAuthorizationResult: (of) => ({ _tag: "Kbc", context: secret(text(of, "olpCtx")) }),
  belfiusAuthorizationResult: (of) => ({
    _tag: "Belfius",
    outcome: word({ success: "SUCCESS", cancel: "CANCEL", abort: "ABORT" }, text(of, "status"))
  }),
  paypalAuthenticationResult: (of) => ({
    _tag: "PayPal",
    token: secret(text(of, "Token")),
    payerId: text(of, "PayerId"),
    shopperCancelled: bool(text(of, "ShopperCanceled"))
  })
}

const proceed = (request: XmlElement): Value => {
  const result = request.children.find((child) => Object.hasOwn(results, child.name))!
  return { paymentId: text(request, "paymentId"), result: compact(results[result.name]!(result)) }
}

const capture = (request: XmlElement): Value =>
  compact({
    paymentId: text(request, "paymentId"),
    captureReference: text(request, "merchantCaptureReference"),
    amount: money(one(request, "amount")),
    itemCode: text(request, "itemCode"),
    description: text(request, "description"),
    finalCapture: bool(text(request, "finalCapture")),
    replaceFiled: bool(text(request, "cancelReserved")),
    notBefore: text(request, "requiredCaptureDate")
  })

const refundItems = (element: XmlElement): Value =>
  compact({
    _tag: "Items",
    items: all(element, "itemLine").map((line) => ({
      itemCode: text(line, "itemCode"),
      quantity: Number(text(line, "quantity"))
    })),
    additional: map(one(element, "additionalRefund"), (additional) =>
      compact({
        vatRate: attribute(additional, "vatRate"),
        amount: money(one(additional, "additionalAmount")),
        description: text(additional, "description")
      }))
  })

const refund = (request: XmlElement): Value =>
  compact({
    paymentId: text(request, "paymentId"),
    refundReference: text(request, "merchantRefundReference"),
    scope: map(one(request, "refundItems"), refundItems) ?? compact({
      _tag: "Amount",
      amount: money(one(request, "amount")),
      itemCode: text(request, "itemCode"),
      description: text(request, "description")
    }),
    replaceFiled: bool(text(request, "cancelReserved")),
    notBefore: text(request, "requiredRefundDate"),
    account: map(one(request, "refundBankAccount"), (account) =>
      compact({
        holderName: text(account, "holderName"),
        holderCity: text(account, "holderCity"),
        holderCountry: attribute(one(account, "holderCountry"), "code"),
        bic: text(account, "bic"),
        iban: secret(text(account, "iban"))
      }))
  })

const byKey = (request: XmlElement): Value => ({ orderKey: text(request, "paymentOrderKey") })

const readers: Record<string, readonly [operation: string, read: (request: XmlElement) => Value]> = {
  createRequest: ["create", create],
  startRequest: ["start", start],
  proceedRequest: ["proceed", proceed],
  cancelRequest: ["cancel", byKey],
  captureRequest: ["capture", capture],
  refundRequest: ["refund", refund],
  statusRequest: ["status", byKey],
  extendedStatusRequest: ["statusExtended", byKey],
  listPaymentMethodsRequest: ["listPaymentMethods", byKey]
}

/** What an envelope of ours asks for. */
export const readRequest = (xml: string): Value => {
  const { root } = Result.getOrThrow(readXml(new TextEncoder().encode(xml), { textLengthMax: 70_000 }))
  const request = root.children.find(({ name, namespace }) => name === "Body" && namespace === soap)!.children[0]!
  const [operation, read] = readers[request.name]!
  return { operation, merchant: merchant(one(request, "merchant")!), input: read(request) }
}
