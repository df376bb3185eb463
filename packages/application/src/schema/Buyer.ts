/**
 * Schema of people, companies and addresses.
 *
 * An order's language and billing country are stored before a gateway looks at them, so their form is checked here.
 */
import * as Schema from "effect/Schema"

const text = Schema.String
const maybe = Schema.optionalKey(Schema.String)
const language = Schema.String.check(Schema.isPattern(/^[a-z]{2}$/u, { message: "two small letters of ISO 639-1" }))
const country = Schema.String.check(Schema.isPattern(/^[A-Z]{2}$/u, { message: "two capitals of ISO 3166-1" }))

/** See `PersonName`. */
export const PersonName = Schema.Struct({
  prefix: maybe,
  initials: maybe,
  first: text,
  middle: maybe,
  last: text,
  suffix: maybe
}).annotate({ identifier: "PersonName" })

/** See `Address`. */
export const Address = Schema.Struct({
  company: maybe,
  tradeRegisterNumber: maybe,
  vatNumber: maybe,
  careOf: maybe,
  street: text,
  houseNumber: maybe,
  houseNumberAddition: maybe,
  postalCode: maybe,
  city: text,
  state: maybe,
  country
}).annotate({ identifier: "Address" })

/** See `Destination`. */
export const Destination = Schema.Struct({ name: PersonName, address: Address }).annotate({ identifier: "Destination" })

const contact = {
  id: text,
  shopperKey: maybe,
  email: text,
  language,
  phoneNumber: maybe,
  mobilePhoneNumber: maybe,
  ipAddress: maybe
}

/** See `Shopper`. */
export const Shopper = Schema.Struct({
  _tag: Schema.Literal("Shopper"),
  ...contact,
  name: PersonName,
  gender: Schema.Literals(["male", "female", "undefined"]),
  dateOfBirth: maybe
}).annotate({ identifier: "Shopper" })

/** See `Company`. */
export const Company = Schema.Struct({ _tag: Schema.Literal("Company"), ...contact, name: text }).annotate({
  identifier: "Company"
})

/** See `Buyer`. */
export const Buyer = Schema.Union([Shopper, Company]).annotate({ identifier: "Buyer" })
