/**
 * People, companies and addresses of a new order, with the limits of Docdata's schema.
 */
import * as Schema from "effect/Schema"
import { field, optional } from "../field.ts"
import { Day } from "../Instant.ts"
import { textLike } from "../text.ts"
import { exact, extra, prose } from "./orderTexts.ts"

const Language = textLike(2, /^[a-z]{2}$/u, "two small letters of ISO 639-1")
const Country = textLike(2, /^[A-Z]{2}$/u, "two capitals of ISO 3166-1")
const Email = textLike(100, /^[^\s'"]+@[^\s'".@]+(\.[^\s'".@]+)*$/u, "an e-mail address of at most 100 characters")
const Uuid = textLike(
  36,
  /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89aAbB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})?$/u,
  "a UUID of version 4"
)

/** The name of a person. */
export const PersonName = Schema.Struct({
  prefix: prose(50).optional("A title.", "Dr"),
  initials: prose(35).optional("Initials.", "T."),
  first: prose(35).needed("First name.", "Test"),
  middle: prose(35).optional("What stands between first and last name.", "van"),
  last: prose(35).needed("Last name.", "Buyer"),
  suffix: prose(50).optional("What follows the name.", "Jr")
}).annotate({ identifier: "PersonName", description: "The name of a person." })

const Address = Schema.Struct({
  company: prose(35).optional("Name of the company at the address.", "Example BV"),
  tradeRegisterNumber: exact(35).optional("Number in the trade register.", "12345678"),
  vatNumber: exact(35).optional("VAT number.", "NL123456789B01"),
  careOf: prose(35).optional("Care of.", "Reception"),
  street: prose(100).needed("Street.", "Kade"),
  houseNumber: exact(35).optional("House number.", "1"),
  houseNumberAddition: exact(35).optional("What follows the house number.", "A"),
  postalCode: exact(50).optional("Postal code.", "8011AA"),
  city: prose(35).needed("City.", "Zwolle"),
  state: exact(35).optional("State or province.", "OV"),
  country: field(Country, "Country, ISO 3166-1.", "NL")
}).annotate({ identifier: "Address", description: "A postal address." })

/** Where bill or goods go. */
export const Destination = Schema.Struct({
  name: field(PersonName, "Who receives it."),
  address: field(Address, "Where.")
}).annotate({ identifier: "Destination", description: "A person at an address." })

const contact = {
  id: exact(50).needed("The shop's own number of the customer.", "customer-17"),
  shopperKey: optional(Uuid, "Docdata's key of a shopper it knows.", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"),
  email: field(Email, "Where Docdata may write to.", "buyer@shop.example"),
  language: field(Language, "Language of the payment menu, ISO 639-1.", "nl"),
  phoneNumber: extra(50).optional("Phone number.", "+31380000000"),
  mobilePhoneNumber: extra(50).optional("Mobile phone number.", "+31600000000"),
  ipAddress: extra(35).optional("The shopper's IP address.", "192.0.2.7")
}

const Shopper = Schema.Struct({
  _tag: field(Schema.Literal("Shopper"), "Says that a person buys."),
  ...contact,
  name: field(PersonName, "The shopper's name."),
  gender: field(Schema.Literals(["male", "female", "undefined"]), "As Docdata asks for it.", "undefined"),
  dateOfBirth: optional(Schema.Union([Day, Schema.Literal("")]), "Date of birth.", "1980-01-31")
}).annotate({ identifier: "Shopper", description: "A person who buys." })

const Company = Schema.Struct({
  _tag: field(Schema.Literal("Company"), "Says that a company buys."),
  ...contact,
  name: prose(50).needed("The company's name.", "Example BV")
}).annotate({ identifier: "Company", description: "A company that buys." })

/** Who buys. */
export const Buyer = Schema.Union([Shopper, Company])
  .annotate({ identifier: "Buyer", description: "Who buys: a person or a company." })
