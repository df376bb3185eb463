/**
 * A hook for whoever mounts the handler: it may answer a shopper who came back instead of the redirect.
 */
import type { StoredOrder } from "@docdata/application"
import * as Context from "effect/Context"
import type { Outcome } from "../ServiceSettings.ts"
import type { Callback } from "./outcomeFor.ts"

/** What is known when a shopper came back. */
export interface ShopperReturn {
  /** What the address claimed: a hint and no more. */
  readonly callback: Callback
  /** What the shopper would be told: by the verified state, or `pending` if there was no refresh. */
  readonly outcome: Outcome
}

/**
 * Gets the order as it is stored after the refresh, and answers the shopper, or leaves it to the redirect with `undefined`.
 * Called for every visit that may look (see `returnSecrets`), reloads included, so repeating must be safe. One that
 * throws, rejects, answers anything else or takes longer than a few seconds is reported in the log, and the shopper is
 * redirected.
 */
export type OnReturn = (
  order: StoredOrder,
  visit: ShopperReturn
) => Response | undefined | Promise<Response | undefined>

/** The hook of this service; none unless one is given. */
export const ReturnHook = Context.Reference<OnReturn | undefined>("@docdata/http/OnReturn", {
  defaultValue: () => undefined
})
