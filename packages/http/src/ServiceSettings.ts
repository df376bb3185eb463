/**
 * What the service is told about its surroundings.
 */
import { docdataMenus, type MenuAddresses } from "@docdata/application"
import * as Context from "effect/Context"
import * as Data from "effect/Data"

/** What shoppers can be told when they come back. */
const outcomes = ["success", "pending", "cancelled", "failed", "paidTooLate"] as const

/** One of {@link outcomes}. */
export type Outcome = (typeof outcomes)[number]

/**
 * The shop's page per outcome: absolute http(s) addresses. `{shopReference}`, `{orderId}` and `{language}` in them are
 * replaced by the order's.
 */
export type Destinations = Readonly<Record<Outcome, string>>

export interface Settings {
  /** Scheme, host and port under which shoppers reach this service. */
  readonly publicOrigin: string
  readonly destinations: Destinations
  /** The account meant by addresses that name none. */
  readonly defaultMerchant?: string
  /** The payment menu; Docdata's own unless told otherwise. */
  readonly menus?: MenuAddresses
}

/** Settings under which shoppers could not be sent anywhere. */
export class SettingsRefused extends Data.TaggedError("SettingsRefused")<{ readonly problems: ReadonlyArray<string> }> {
  override get message(): string {
    return this.problems.join("; ")
  }
}

const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? "")

/** Everything that is wrong with them, all at once. */
export const settingsProblems = ({ destinations, publicOrigin }: Settings): ReadonlyArray<string> => [
  ...(isWebAddress(publicOrigin) && URL.parse(publicOrigin)?.origin === publicOrigin
    ? []
    : ["publicOrigin is not scheme, host and port of a web address"]),
  ...outcomes.filter((outcome) => !isWebAddress(destinations[outcome]))
    .map((outcome) => `the destination ${outcome} is no absolute web address`)
]

/** The settings of this service, with the menu's addresses. */
export class ServiceSettings extends Context.Service<ServiceSettings, Settings & { readonly menus: MenuAddresses }>()(
  "@docdata/http/ServiceSettings"
) {
  static readonly from = (settings: Settings): ServiceSettings["Service"] => ({ menus: docdataMenus, ...settings })
}

/** The addresses to which the menu sends shoppers back: this service, which then looks and sends them on. */
export const returnUrlsOf = (
  { publicOrigin }: Pick<Settings, "publicOrigin">,
  { key, merchant }: { readonly merchant: string; readonly key: string }
) => {
  const to = (callback: string): string =>
    `${publicOrigin}/docdata/return?${new URLSearchParams({ merchant, callback, order_id: key }).toString()}`
  return { success: to("success"), pending: to("pending"), cancelled: to("cancelled"), error: to("error") }
}
