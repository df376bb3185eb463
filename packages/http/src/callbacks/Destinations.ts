/**
 * The shop's pages to which shoppers are sent when they come back.
 */

/** What shoppers can be told when they come back. */
export const outcomes = ["success", "pending", "cancelled", "failed", "paidTooLate"] as const

/** One of {@link outcomes}. */
export type Outcome = (typeof outcomes)[number]

/**
 * The shop's page per outcome: absolute http(s) addresses. `{shopReference}`, `{orderId}` and `{language}` in them are
 * replaced by the order's.
 */
export type Destinations = Readonly<Record<Outcome, string>>

const placeholders = ["shopReference", "orderId", "language"] as const

type Placeholder = (typeof placeholders)[number]

const isPlaceholder = (name: string): name is Placeholder => (placeholders as ReadonlyArray<string>).includes(name)

const placeholder = /\{(\w*)\}/g

/** What a destination has to be. */
export const destinationExpected = `an http(s) address of the shop, in which only ${
  placeholders.map((name) => `{${name}}`).join(", ")
} stand in braces`

/** True for an address to which shoppers can be sent, whose placeholders are all known. */
export const isDestination = (text: string): boolean =>
  /^https?:$/.test(URL.parse(text)?.protocol ?? "") &&
  !/[{}]/.test(text.replaceAll(placeholder, (whole, name: string) => isPlaceholder(name) ? "" : whole))

/** The address for one order. */
export const filledDestination = (template: string, values: Readonly<Record<Placeholder, string>>): string =>
  template.replaceAll(
    placeholder,
    (whole, name: string) => isPlaceholder(name) ? encodeURIComponent(values[name]) : whole
  )

/** The address when nothing is known of the order. */
export const emptyDestination = (template: string): string => template.replaceAll(placeholder, "")
