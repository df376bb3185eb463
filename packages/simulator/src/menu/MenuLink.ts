/** The link with which a shop sends its shopper to the menu. */
import type { ReturnUrls } from "../order/Payment.ts"
import { present } from "../present.ts"

export type MenuLanguage = "nl" | "en"

export interface MenuLink {
  readonly key: string
  readonly merchant: string
  readonly language: MenuLanguage
  readonly returnUrls: ReturnUrls
  readonly method?: string
  /** Skip the menu and go straight to the method named. */
  readonly act: boolean
  readonly issuer?: string
  /** Everything as it came, to be carried from page to page. */
  readonly parameters: ReadonlyArray<[string, string]>
}

export interface MenuLinkFailure {
  readonly _tag: "MenuLinkFailure"
  readonly parameter: string
  readonly language: MenuLanguage
}

const returnParameters = {
  success: "return_url_success",
  pending: "return_url_pending",
  canceled: "return_url_canceled",
  error: "return_url_error"
} as const

const carried: ReadonlySet<string> = new Set([
  "command",
  "payment_cluster_key",
  "merchant_name",
  "client_language",
  ...Object.values(returnParameters),
  "default_pm",
  "default_act",
  "ideal_issuer_id"
])

/** True for an absolute address that a browser may be sent to: no script, no file. */
export const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? "")

/** Reads the parameters. A return URL must be an absolute web address. */
export const readMenuLink = (parameters: URLSearchParams): MenuLink | MenuLinkFailure => {
  const value = (name: string): string | undefined => parameters.get(name) ?? undefined
  const language: MenuLanguage = value("client_language")?.toLowerCase().startsWith("nl") === true ? "nl" : "en"
  const refused = Object.values(returnParameters).find((name) => {
    const given = value(name)
    return given !== undefined && !isWebAddress(given)
  })
  if (refused !== undefined) return { _tag: "MenuLinkFailure", parameter: refused, language }
  return {
    key: value("payment_cluster_key") ?? "",
    merchant: value("merchant_name") ?? "",
    language,
    returnUrls: present({
      success: value(returnParameters.success),
      pending: value(returnParameters.pending),
      canceled: value(returnParameters.canceled),
      error: value(returnParameters.error)
    }),
    act: /^(yes|true)$/i.test(value("default_act") ?? ""),
    parameters: [...parameters].filter(([name]) => carried.has(name)),
    ...present({ method: value("default_pm"), issuer: value("ideal_issuer_id") })
  }
}

/** The menu's address with the same parameters, without skipping anything. */
export const menuAddress = (link: MenuLink): string =>
  `/ps/menu?${new URLSearchParams(link.parameters.filter(([name]) => name !== "default_act")).toString()}`
