/**
 * Who buys, and where things and bills go.
 *
 * All of it is personal data: it enters a request and nothing else. Lengths are counted in UTF-16 units after
 * tab, carriage return and line feed became blanks, as Docdata's schema counts them.
 */

/** Source: Docdata XSD 1.3, `name`. */
export interface PersonName {
  /** Mr., Dr.; at most 50 characters. */
  readonly prefix?: string
  /** At most 35 characters. */
  readonly initials?: string
  /** 1 to 35 characters. */
  readonly first: string
  /** At most 35 characters; Dutch particles ("van der") belong here. */
  readonly middle?: string
  /** 1 to 35 characters. */
  readonly last: string
  /** Jr., Ph.D.; at most 50 characters. */
  readonly suffix?: string
}

/** Source: Docdata XSD 1.3, `address`. */
export interface Address {
  /** At most 35 characters. */
  readonly company?: string
  /** Number in the Dutch trade register; at most 35 characters. */
  readonly tradeRegisterNumber?: string
  /** At most 35 characters. */
  readonly vatNumber?: string
  /** At most 35 characters. */
  readonly careOf?: string
  /** 1 to 100 characters, without the house number. */
  readonly street: string
  /** At most 35 characters. PayPal wants digits here. */
  readonly houseNumber?: string
  /** At most 35 characters. */
  readonly houseNumberAddition?: string
  /** At most 50 characters; the manual advises letters and digits only. */
  readonly postalCode?: string
  /** 1 to 35 characters. */
  readonly city: string
  /**
   * State or province, at most 35 characters. PayPal reads it from the address the goods are sent to and
   * requires it in AR, BR, CA, CN, ID, IN, JP, MX, TH and US.
   */
  readonly state?: string
  /** ISO 3166-1, two capitals. Decides which methods the payment menu offers. */
  readonly country: string
}

/** Source: Docdata XSD 1.3, `destination`. */
export interface Destination {
  readonly name: PersonName
  readonly address: Address
}

interface Contact {
  /** The merchant's own id of the customer, 1 to 50 characters. */
  readonly id: string
  /** A UUID of version 4 under which the payment system knows the shopper. */
  readonly shopperKey?: string
  /** At most 100 characters, no white space, no quotes (so no `o'neil@...`). */
  readonly email: string
  /** ISO 639-1, two small letters. A locale such as `nl-BE` is refused. */
  readonly language: string
  /** At most 50 characters; with `+` and country when international. */
  readonly phoneNumber?: string
  /** At most 50 characters. */
  readonly mobilePhoneNumber?: string
  /** IPv4 or IPv6, at most 35 characters. */
  readonly ipAddress?: string
}

/** Source: Docdata XSD 1.3, `shopper`. */
export interface Shopper extends Contact {
  readonly _tag: "Shopper"
  readonly name: PersonName
  /** Docdata insists on a value; `undefined` becomes its `U`. */
  readonly gender: "male" | "female" | "undefined"
  /** `yyyy-MM-dd`, 1800 to 2199, an existing day. Klarna and AfterPay need it. */
  readonly dateOfBirth?: string
}

/** A company as the buyer, new in 1.3. Source: Docdata XSD 1.3, `company`. */
export interface Company extends Contact {
  readonly _tag: "Company"
  /** 1 to 50 characters. */
  readonly name: string
}

export type Buyer = Shopper | Company
