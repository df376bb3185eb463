/**
 * What the service is told about its surroundings.
 */
import { docdataMenus, type MenuAddresses } from "@docdata/application"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Redacted from "effect/Redacted"
import { destinationExpected, type Destinations, isDestination, outcomes } from "./Destinations.ts"
import type { Callback } from "./outcomeFor.ts"
import { returnSecretLengthMin, type ReturnSecrets, returnSignature } from "./returnSignature.ts"

export interface Settings {
  /** Scheme, host and port under which shoppers reach this service. */
  readonly publicOrigin: string
  readonly destinations: Destinations
  /** The account meant by addresses that name none. */
  readonly defaultMerchant?: string
  /** The payment menu; Docdata's own unless told otherwise. */
  readonly menus?: MenuAddresses
  /**
   * Return addresses are signed with the first of these, at least 32 characters each, and believed with any of them.
   * Whoever comes back without such a signature is sent on by what is stored, and Docdata is not asked.
   */
  readonly returnSecrets?: ReturnSecrets
}

/** Settings under which shoppers could not be sent anywhere. */
export class SettingsFailure extends Data.TaggedError("SettingsFailure")<{ readonly problems: ReadonlyArray<string> }> {
  override get message(): string {
    return this.problems.join("; ")
  }
}

const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? "")

/** Everything that is wrong with them, all at once. */
export const settingsViolations = (
  { destinations, publicOrigin, returnSecrets = [] }: Settings
): ReadonlyArray<string> => [
  ...(isWebAddress(publicOrigin) && URL.parse(publicOrigin)?.origin === publicOrigin
    ? []
    : ["publicOrigin is not scheme, host and port of a web address"]),
  ...outcomes.filter((outcome) => !isDestination(destinations[outcome]))
    .map((outcome) => `the destination ${outcome} is not ${destinationExpected}`),
  ...(returnSecrets.every((secret) => Redacted.value(secret).length >= returnSecretLengthMin)
    ? []
    : [`a return secret is shorter than ${returnSecretLengthMin} characters`])
]

/** The settings of this service, with the menu's addresses. */
export class ServiceSettings extends Context.Service<ServiceSettings, Settings & { readonly menus: MenuAddresses }>()(
  "@docdata/http/ServiceSettings"
) {
  static readonly from = (settings: Settings): ServiceSettings["Service"] => ({ menus: docdataMenus, ...settings })
}

/**
 * The addresses to which shoppers are sent back: this service, which then looks and sends them on. Four for the menu, and
 * `started` for a payment that is started without it.
 */
export const returnUrlsOf = (
  { publicOrigin, returnSecrets = [] }: Pick<Settings, "publicOrigin" | "returnSecrets">,
  { key, merchant }: { readonly merchant: string; readonly key: string }
) => {
  const signature = returnSignature(returnSecrets, { merchant, key })
  const to = (callback: Callback): string => {
    const query = { merchant, callback, order_id: key, ...(signature === undefined ? {} : { signature }) }
    return `${publicOrigin}/docdata/return?${new URLSearchParams(query).toString()}`
  }
  const menu = { success: to("success"), pending: to("pending"), cancelled: to("cancelled"), error: to("error") }
  return { menu, started: to("started") }
}
