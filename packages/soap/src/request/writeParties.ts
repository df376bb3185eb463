/**
 * Names, addresses and the buyer.
 */
import type { Address, Buyer, Company, Destination, PersonName, Shopper } from "@docdata/application"
import { needed, optional, type RequestWriter } from "./RequestWriter.ts"
import { birthDate, countryInUse, email, ipAddress, language, oneOf, prose, text, uuid4 } from "./Rule.ts"

const nameLeaves = [
  optional<PersonName>("prefix", "prefix", prose(50)),
  optional<PersonName>("initials", "initials", prose(35)),
  needed<PersonName>("first", "first", prose(35)),
  optional<PersonName>("middle", "middle", prose(35)),
  needed<PersonName>("last", "last", prose(35)),
  optional<PersonName>("suffix", "suffix", prose(50))
]

const addressLeaves = [
  optional<Address>("company", "company", prose(35)),
  optional<Address>("kvkNummer", "tradeRegisterNumber", text(35)),
  optional<Address>("vatNumber", "vatNumber", text(35)),
  optional<Address>("careOf", "careOf", prose(35)),
  needed<Address>("street", "street", prose(100)),
  optional<Address>("houseNumber", "houseNumber", text(35)),
  optional<Address>("houseNumberAddition", "houseNumberAddition", text(35)),
  optional<Address>("postalCode", "postalCode", text(50)),
  needed<Address>("city", "city", prose(35)),
  optional<Address>("state", "state", text(35))
]

const gender = oneOf({ male: "M", female: "F", undefined: "U" })

const contactLeaves = [
  optional<Buyer>("phoneNumber", "phoneNumber", text(50)),
  optional<Buyer>("mobilePhoneNumber", "mobilePhoneNumber", text(50)),
  optional<Buyer>("ipAddress", "ipAddress", ipAddress)
]

/** Source: Docdata XSD 1.3, `name`. */
export const writeName = (writer: RequestWriter, field: string, name: PersonName): void =>
  writer.object(field, name, () => writer.element("name", {}, () => writer.leaves(name, nameLeaves)))

const writeAddress = (writer: RequestWriter, address: Address): void =>
  writer.object("address", address, () =>
    writer.element("address", {}, () => {
      writer.leaves(address, addressLeaves)
      writer.element("country", { code: writer.checked("country", address.country, countryInUse) })
    }))

/** Source: Docdata XSD 1.3, `destination`. */
export const writeDestination = (
  writer: RequestWriter,
  tag: "billTo" | "shipTo",
  destination: Destination
): void =>
  writer.object(tag, destination, () =>
    writer.element(tag, {}, () => {
      writeName(writer, "name", destination.name)
      writeAddress(writer, destination.address)
    }))

const identity = (writer: RequestWriter, buyer: Buyer) => ({
  id: writer.checked("id", buyer.id, text(50)),
  idsShopperKey: buyer.shopperKey === undefined ? undefined : writer.checked("shopperKey", buyer.shopperKey, uuid4)
})

const writeReach = (writer: RequestWriter, buyer: Buyer): void => {
  writer.leaves(buyer, [needed<Buyer>("email", "email", email)])
  writer.element("language", { code: writer.checked("language", buyer.language, language) })
}

const writeShopper = (writer: RequestWriter, shopper: Shopper): void =>
  writer.element("shopper", identity(writer, shopper), () => {
    writeName(writer, "name", shopper.name)
    writeReach(writer, shopper)
    writer.leaves(shopper, [
      needed<Shopper>("gender", "gender", gender),
      optional<Shopper>("dateOfBirth", "dateOfBirth", birthDate),
      ...contactLeaves
    ])
  })

const writeCompany = (writer: RequestWriter, company: Company): void =>
  writer.element("company", identity(writer, company), () => {
    writer.leaves(company, [needed<Company>("name", "name", prose(50))])
    writeReach(writer, company)
    writer.leaves(company, contactLeaves)
  })

/** Source: Docdata XSD 1.3, `shopper` and `company`. */
export const writeBuyer = (writer: RequestWriter, buyer: Buyer): void =>
  writer.object("buyer", buyer, () =>
    writer.choice(buyer, {
      Shopper: (shopper) => writeShopper(writer, shopper),
      Company: (company) => writeCompany(writer, company)
    }))
