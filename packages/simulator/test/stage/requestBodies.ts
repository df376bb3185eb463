/** Requests of our own making, as text. */
const namespace = "http://www.docdatapayments.com/services/paymentservice/1_3/"

const root = (name: string, content: string, attributes = `version="1.3"`): string =>
  `<${name} xmlns="${namespace}" ${attributes}>${content}</${name}>`

const merchant = `<merchant name="demo_shop" password="demo-password"/>`
const person = `<name><first>Test</first><last>Person</last></name>`
const address =
  `<address><street>Teststraat</street><houseNumber>1</houseNumber><postalCode>1234AB</postalCode><city>Nergens</city><country code="NL"/></address>`

export const amount = (name: string, minor: number | string, currency = "EUR"): string =>
  `<${name} currency="${currency}">${minor}</${name}>`

export const shopper =
  `<shopper id="c-1">${person}<email>test@shop.example</email><language code="nl"/><gender>U</gender></shopper>`
const billTo = `<billTo>${person}${address}</billTo>`
export const preferences =
  `<paymentPreferences><profile>standard</profile><numberOfDaysToPay>14</numberOfDaysToPay></paymentPreferences>`
export const integrationInfo =
  `<integrationInfo><webshopPlugin>test</webshopPlugin><ddpXsdVersion>1.3.14</ddpXsdVersion></integrationInfo>`

const item = (number: number, code: string, gross: number): string =>
  `<item number="${number}"><name>Thing ${number}</name><code>${code}</code><quantity unitOfMeasure="PCS">2</quantity><description>-</description>`
  + `${amount("netAmount", 100)}${amount("grossAmount", gross)}<vat rate="21">${amount("amount", 21)}</vat>`
  + `${amount("totalNetAmount", 200)}${amount("totalGrossAmount", gross * 2)}<totalVat rate="21">${
    amount("amount", 42)
  }</totalVat></item>`

export const invoice =
  `<invoice>${amount("totalNetAmount", 400)}<totalVatAmount currency="EUR" rate="21">84</totalVatAmount>${
    item(1, "A", 121)
  }${item(2, "B", 121)}`
  + `<shipTo>${person}${address}</shipTo></invoice>`

export interface CreateParts {
  readonly reference?: string
  readonly total?: string
  readonly buyer?: string
  /** After billTo. */
  readonly more?: string
  readonly attributes?: string
  readonly merchant?: string
  readonly preferences?: string
}

export const create = (parts: CreateParts = {}): string =>
  root(
    "createRequest",
    `${parts.merchant ?? merchant}<merchantOrderReference>${parts.reference ?? "ref-1"}</merchantOrderReference>${
      parts.preferences ?? preferences
    }`
      + `${parts.buyer ?? shopper}${parts.total ?? amount("totalGrossAmount", 2420)}${billTo}${parts.more ?? ""}`,
    parts.attributes
  )

export const key = "0A1B2C3D4E5F60718293A4B5C6D7E8F9"
export const byKey = (name: string, orderKey = key, attributes?: string): string =>
  root(name, `${merchant}<paymentOrderKey>${orderKey}</paymentOrderKey>`, attributes)

export const start = (content: string, orderKey = key): string =>
  root("startRequest", `${merchant}<paymentOrderKey>${orderKey}</paymentOrderKey>${content}`)
export const startIdeal =
  `<payment><paymentMethod>IDEAL</paymentMethod><iDealPaymentInput><issuerId>INGBNL2A</issuerId></iDealPaymentInput></payment>`
export const startVisa =
  `<payment><paymentMethod>VISA</paymentMethod><visaPaymentInput><encryptedData>x</encryptedData></visaPaymentInput></payment>`
export const startTransfer =
  `<payment><paymentMethod>BANK_TRANSFER</paymentMethod><bankTransferPaymentInput><emailAddress>test@shop.example</emailAddress></bankTransferPaymentInput></payment>`
export const startDebit =
  `<payment><paymentMethod>SEPA_DIRECT_DEBIT</paymentMethod><directDebitPaymentInput><iban>NL00SIMU0000000001</iban></directDebitPaymentInput></payment>`
export const browser =
  `<shopperInfo><shopperIp>192.0.2.1</shopperIp><browserAccept>*/*</browserAccept><browserUserAgent>Test</browserUserAgent></shopperInfo>`

export const onPayment = (name: string, id: string, content = ""): string =>
  root(name, `${merchant}<paymentId>${id}</paymentId>${content}`)

export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`
