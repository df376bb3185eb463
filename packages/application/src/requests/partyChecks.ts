/**
 * Names, addresses and the buyer.
 */
import type { Buyer, Destination, PersonName } from "../ports/index.ts"
import { type Check, needed, optional } from "./Check.ts"
import { birthDate, countryInUse, email, extra, ipAddress, language, prose, text, uuid4 } from "./Rule.ts"

export const ofName = (path: string, name: PersonName): ReadonlyArray<Check> => [
  ...needed(path, name, { first: prose(35), last: prose(35) }),
  ...optional(path, name, { prefix: prose(50), initials: prose(35), middle: prose(35), suffix: prose(50) })
]

export const ofDestination = (path: string, { address, name }: Destination): ReadonlyArray<Check> => [
  ...ofName(`${path}.name`, name),
  ...needed(`${path}.address`, address, { street: prose(100), city: prose(35), country: countryInUse }),
  ...optional(`${path}.address`, address, {
    company: prose(35),
    tradeRegisterNumber: text(35),
    vatNumber: text(35),
    careOf: prose(35),
    houseNumber: text(35),
    houseNumberAddition: text(35),
    postalCode: text(50),
    state: text(35)
  })
]

export const ofBuyer = (buyer: Buyer): ReadonlyArray<Check> => [
  ...needed("buyer", buyer, { id: text(50), email, language }),
  ...optional("buyer", buyer, {
    shopperKey: uuid4,
    phoneNumber: extra(50),
    mobilePhoneNumber: extra(50),
    ipAddress
  }),
  ...(buyer._tag === "Shopper"
    ? [...ofName("buyer.name", buyer.name), ...optional("buyer", buyer, { dateOfBirth: birthDate })]
    : needed("buyer", { name: buyer.name }, { name: prose(50) }))
]
