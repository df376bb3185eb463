/**
 * The address of Docdata's payment menu for one order.
 *
 * A pure function: the shopper's browser goes there by GET, nothing is called. The menu must not sit in a frame;
 * PayPal and iDEAL refuse that.
 */
import type { Merchant } from "./Merchant.ts"
import { shownMerchantName } from "./Merchant.ts"

/** Source: Docdata "New Payments menu" v2.0. */
export interface PaymentMenuInput {
  /** The merchant that created the order; its subject merchant's name is shown if there is one. */
  readonly merchant: Pick<Merchant, "environment" | "merchantName" | "subjectMerchant">
  readonly orderKey: string
  /** ISO 639-1, two letters; sent in small letters. */
  readonly language?: string
  /** Puts this method first with its form open: `IDEAL`. */
  readonly defaultMethod?: string
  /** With `defaultMethod`, skips the menu. Only for one-click methods. */
  readonly skipMenu?: boolean
  readonly idealIssuerId?: string
  /** Absolute http(s) URLs. Those left out fall back to the back office's settings. */
  readonly returnUrls?: {
    readonly success?: string
    readonly pending?: string
    readonly cancelled?: string
    readonly error?: string
  }
  /** Further parameters. Names this function sets itself are refused. */
  readonly further?: Readonly<Record<string, string>>
}

/** The menu's address per environment, without a query: `https://secure.docdatapayments.com/ps/menu`. */
export type MenuAddresses = Readonly<Record<Merchant["environment"], string>>

/** Why no address was made: a path of the input and the rule it breaks. Holds no value. */
export interface MenuUrlFailure {
  readonly _tag: "MenuUrlFailure"
  readonly path: string
  readonly message: string
}

/** Docdata's own hosts. The older test host `test.docdatapayments.com` serves the same paths. */
export const docdataMenus: MenuAddresses = {
  test: "https://testsecure.docdatapayments.com/ps/menu",
  live: "https://secure.docdatapayments.com/ps/menu"
}

// Compared in small letters: a server that ignores case must not be talked into another order.
const ownNames: ReadonlySet<string> = new Set([
  "command",
  "merchant_name",
  "payment_cluster_key",
  "client_language",
  "default_pm",
  "default_act",
  "ideal_issuer_id",
  "return_url_success",
  "return_url_pending",
  "return_url_canceled",
  "return_url_error"
])

const orderKeyText = /^[A-Z0-9]{32}$/
const languageText = /^[A-Za-z]{2}$/
const absoluteUrl = /^https?:\/\/[^\s/?#]+/i
// Names of the menu and of merchants are plain words; anything else is a mistake or an attack on the query.
const parameterName = /^[A-Za-z][A-Za-z0-9_.-]{0,49}$/

const refuse = (path: string, message: string): MenuUrlFailure => ({ _tag: "MenuUrlFailure", path, message })

const returnParameters = (urls: NonNullable<PaymentMenuInput["returnUrls"]>) =>
  [
    ["return_url_success", "success", urls.success],
    ["return_url_pending", "pending", urls.pending],
    // One l: the menu's spelling.
    ["return_url_canceled", "cancelled", urls.cancelled],
    ["return_url_error", "error", urls.error]
  ] as const

const refusalOf = (input: PaymentMenuInput): MenuUrlFailure | undefined => {
  if (!orderKeyText.test(input.orderKey)) return refuse("orderKey", "32 capitals and digits")
  if (shownMerchantName(input.merchant) === "") return refuse("merchant", "a merchant has a name")
  if (input.language !== undefined && !languageText.test(input.language)) {
    return refuse("language", "two letters of ISO 639-1, no locale")
  }
  if (input.defaultMethod === "") return refuse("defaultMethod", "leave it out rather than empty")
  if (input.idealIssuerId === "") return refuse("idealIssuerId", "leave it out rather than empty")
  if (input.skipMenu === true && input.defaultMethod === undefined) {
    return refuse("skipMenu", "skipping the menu needs a defaultMethod")
  }
  for (const [, outcome, url] of returnParameters(input.returnUrls ?? {})) {
    if (url !== undefined && !absoluteUrl.test(url)) return refuse(`returnUrls.${outcome}`, "an absolute http(s) URL")
  }
  for (const name of Object.keys(input.further ?? {})) {
    if (!parameterName.test(name)) return refuse("further", "names are letters, digits, . _ - and start with a letter")
    if (ownNames.has(name.toLowerCase())) return refuse(`further.${name}`, "this name is set from the order alone")
  }
  return undefined
}

/**
 * The address to send the shopper to, or why there is none. Values are percent-encoded as a form would.
 */
export const paymentMenuUrl = (
  input: PaymentMenuInput,
  menus: MenuAddresses = docdataMenus
): string | MenuUrlFailure => {
  const refused = refusalOf(input)
  if (refused !== undefined) return refused
  const query: Array<readonly [string, string]> = [
    ["command", "show_payment_cluster"],
    ["merchant_name", shownMerchantName(input.merchant)],
    ["payment_cluster_key", input.orderKey]
  ]
  if (input.language !== undefined) query.push(["client_language", input.language.toLowerCase()])
  if (input.defaultMethod !== undefined) query.push(["default_pm", input.defaultMethod])
  if (input.skipMenu === true) query.push(["default_act", "true"])
  if (input.idealIssuerId !== undefined) query.push(["ideal_issuer_id", input.idealIssuerId])
  for (const [name, , url] of returnParameters(input.returnUrls ?? {})) if (url !== undefined) query.push([name, url])
  for (const [name, value] of Object.entries(input.further ?? {})) query.push([name, value])
  const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join("&")
  return `${menus[input.merchant.environment]}?${text}`
}
