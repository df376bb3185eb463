/** Building blocks of requests: the merchant, people, addresses, amounts, the invoice. */
import {
  allowed,
  bare,
  choice,
  holding,
  many,
  maybe,
  maybeGroup,
  one,
  required,
  sequence,
  some,
  textWith
} from "./ContentModel.ts"
import { narrowed } from "./SimpleType.ts"
import * as Simple from "./simpleTypes.ts"

export const country = bare({
  name: "country",
  meaning: "A country by its ISO 3166 code.",
  attributes: [required("code", Simple.countryCode)]
})
const language = bare({
  name: "language",
  meaning: "A language by its ISO 639 code.",
  attributes: [required("code", Simple.languageCode)]
})

export const amount = textWith(
  {
    name: "amount",
    meaning: "Money in the smallest unit of its currency.",
    attributes: [required("currency", Simple.currency)]
  },
  Simple.int
)
const vat = holding(
  { name: "vat", meaning: "A VAT amount with its rate in per cent.", attributes: [required("rate", Simple.vatRate)] },
  sequence(one("amount", amount))
)

const subjectFee = holding(
  {
    name: "subjectFee",
    meaning: "What the platform keeps of the subject merchant's payment.",
    attributes: [required("moment", Simple.feeMoment)]
  },
  sequence(one("amount", amount), maybe("description", Simple.string255))
)
const subjectMerchant = holding(
  {
    name: "subjectMerchant",
    meaning: "The merchant on whose behalf a platform acts.",
    attributes: [required("name", Simple.string50), required("token", Simple.securityToken)]
  },
  sequence(maybe("fee", subjectFee))
)
export const merchant = holding(
  {
    name: "merchant",
    meaning: "Who asks, with the password in every request.",
    attributes: [required("name", Simple.string50), required("password", Simple.string35)]
  },
  sequence(maybe("subjectMerchant", subjectMerchant))
)

export const integrationInfo = holding(
  { name: "technicalIntegrationInfo", meaning: "The software that sends the request; helps support to find faults." },
  sequence(
    maybe("webshopPlugin", Simple.string35),
    maybe("webshopPluginVersion", Simple.string35),
    maybe("integratorName", Simple.string35),
    maybe("programmingLanguage", Simple.string35),
    maybe("operatingSystem", Simple.string35),
    maybe("operatingSystemVersion", Simple.string35),
    maybe("ddpXsdVersion", Simple.string35)
  )
)

const personName = holding(
  { name: "name" },
  sequence(
    maybe("prefix", Simple.string50),
    maybe("initials", Simple.string35),
    one("first", Simple.string35),
    maybe("middle", Simple.string35),
    one("last", Simple.string35),
    maybe("suffix", Simple.string50)
  )
)
const address = holding(
  { name: "address" },
  sequence(
    maybe("company", Simple.string35),
    maybe("kvkNummer", Simple.string35),
    maybe("vatNumber", Simple.string35),
    maybe("careOf", Simple.string35),
    one("street", Simple.string100),
    maybe("houseNumber", Simple.string35),
    maybe("houseNumberAddition", Simple.string35),
    maybe("postalCode", Simple.string50),
    one("city", Simple.string35),
    maybe("state", Simple.string35),
    one("country", country)
  )
)
export const destination = holding({ name: "destination" }, sequence(one("name", personName), one("address", address)))

const customer = [required("id", Simple.string50), allowed("idsShopperKey", Simple.identifier)]
export const shopper = holding(
  { name: "shopper", meaning: "A person who buys.", attributes: customer },
  sequence(
    one("name", personName),
    one("email", Simple.emailAddress),
    one("language", language),
    one("gender", Simple.gender),
    maybe("dateOfBirth", Simple.plainDate),
    maybe("phoneNumber", Simple.phoneNumber),
    maybe("mobilePhoneNumber", Simple.phoneNumber),
    maybe("ipAddress", Simple.string35)
  )
)
export const company = holding(
  { name: "company", meaning: "A company that buys; new in 1.3.", attributes: customer },
  sequence(
    one("name", Simple.string50),
    one("email", Simple.emailAddress),
    one("language", language),
    maybe("phoneNumber", Simple.phoneNumber),
    maybe("mobilePhoneNumber", Simple.phoneNumber),
    maybe("ipAddress", Simple.string35)
  )
)

const exhortationPeriod = bare({
  name: "exhortationPeriod",
  meaning: "After how many days the shopper is reminded, and with which profile.",
  attributes: [required("numberOfDays", Simple.int), allowed("profile", Simple.string50)]
})
export const paymentPreferences = holding(
  { name: "paymentPreferences" },
  sequence(
    one("profile", Simple.string50),
    one("numberOfDaysToPay", Simple.int),
    maybe("exhortation", holding({}, sequence(one("period1", exhortationPeriod), maybe("period2", exhortationPeriod)))),
    maybe("terminalId", Simple.string35)
  )
)
export const menuPreferences = holding(
  { name: "menuPreferences" },
  sequence(maybe("css", bare({ attributes: [required("id", Simple.int)] })))
)

const paymentReference = holding(
  { name: "paymentReference", meaning: "How the first payment of a recurring series is found again." },
  choice(
    one("linkId", Simple.identifier),
    one("paymentId", Simple.paymentId),
    one("merchantReference", Simple.string50)
  )
)
export const recurringRequest = holding(
  { name: "paymentRequest" },
  sequence(one("initialPaymentReference", paymentReference))
)

const quantity = textWith({ attributes: [required("unitOfMeasure", Simple.unitOfMeasure)] }, Simple.int)
const item = holding(
  {
    name: "item",
    meaning: "An order line: first per piece, then for the whole line.",
    attributes: [required("number", Simple.int)]
  },
  sequence(
    one("name", Simple.string50),
    one("code", Simple.string50),
    one("quantity", quantity),
    one("description", Simple.string100),
    maybe("image", Simple.string2048),
    one("netAmount", amount),
    one("grossAmount", amount),
    one("vat", vat),
    one("totalNetAmount", amount),
    one("totalGrossAmount", amount),
    one("totalVat", vat)
  )
)
export const invoice = holding(
  { name: "invoice" },
  sequence(
    one("totalNetAmount", amount),
    some(
      "totalVatAmount",
      textWith({ attributes: [required("currency", Simple.currency), required("rate", Simple.vatRate)] }, Simple.int)
    ),
    some("item", item),
    one("shipTo", destination),
    maybe("additionalDescription", Simple.string100)
  )
)
export const salesPerson = holding({ name: "salesPerson" }, sequence(one("name", personName)))

export const sepaBankAccount = holding(
  { name: "sepaBankAccount" },
  sequence(
    one("holderName", Simple.string35),
    one("holderCity", Simple.string35),
    one("holderCountry", country),
    maybe("bic", Simple.string35),
    one("iban", Simple.string35)
  )
)
const additionalRefund = holding(
  { attributes: [required("vatRate", Simple.vatRate)] },
  sequence(one("additionalAmount", amount), maybe("description", Simple.string250))
)
const itemLine = holding({ name: "itemLine" }, sequence(one("itemCode", Simple.string50), one("quantity", Simple.int)))
export const refundItems = holding(
  { name: "refundItems", meaning: "A refund by order lines; new in 1.3." },
  sequence(maybe("additionalRefund", additionalRefund), many("itemLine", itemLine))
)

const cardToken = holding(
  { name: "cardTokenInput" },
  choice(one("securityCode", Simple.securityCode), one("encryptedData", Simple.text))
)
export const token = holding(
  { name: "token", meaning: "A stored card.", attributes: [required("key", Simple.string512)] },
  maybeGroup(
    choice(one("amexTokenInput", cardToken), one("masterCardTokenInput", cardToken), one("visaTokenInput", cardToken))
  )
)
export const shopperInfo = holding(
  { name: "shopperInfo", meaning: "The shopper's browser, needed for 3-D Secure." },
  sequence(
    one("shopperIp", Simple.string250),
    one("browserAccept", Simple.string250),
    one("browserUserAgent", Simple.string250)
  )
)

/** A message of exactly twelve digits and a hash of forty hexadecimal ones, as ING Home'Pay sends them. */
export const twelveDigits = narrowed("string", { lengthMin: 12, lengthMax: 12, pattern: "[0-9]{12}" })
export const fortyHexadecimals = narrowed("string", { lengthMin: 40, lengthMax: 40, pattern: "[0-9a-fA-F]{40}" })
export const minusOneOrZero = narrowed("int", { valueMin: -1, valueMax: 0 })
