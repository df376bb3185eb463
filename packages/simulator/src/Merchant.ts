/** A merchant account of the simulator: what the back office of the real provider would hold. */
import { checkLoopback } from "./notifications/loopback.ts"
import type { ReturnUrls } from "./order/Payment.ts"

export interface Merchant {
  readonly name: string
  readonly password: string
  /** Payment profiles that orders may name. Default: `standard`. */
  readonly profiles?: ReadonlyArray<string>
  /** Where notifications go, on this machine; ends in `=`, the order reference is appended. None are sent without it. */
  readonly updateUrl?: string
  /** Where shoppers go when the menu link names no address. */
  readonly returnUrls?: ReturnUrls
  /** Method names offered; all that fit the order if absent. */
  readonly methods?: ReadonlyArray<string>
  /** Merchants on whose behalf this one may act, with their tokens; any if absent. */
  readonly subjectTokens?: Readonly<Record<string, string>>
  /** Requests of this merchant are answered with SECURITY_ERROR, as from an address that is not allowed. */
  readonly blocked?: boolean
}

export const merchantDefault: Merchant = { name: "demo_shop", password: "demo-password", profiles: ["standard"] }

/** Throws with a clear text if the account makes no sense. */
export const checkMerchant = (merchant: Merchant): Merchant => {
  if (merchant.updateUrl !== undefined) {
    if (!merchant.updateUrl.endsWith("=")) {
      throw new Error(`the update URL of ${merchant.name} must end in "=": the order reference is appended to it`)
    }
    checkLoopback(merchant.updateUrl)
  }
  return merchant
}
