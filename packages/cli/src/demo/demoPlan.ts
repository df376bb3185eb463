/**
 * The service as it runs beside the offline Docdata and the sample shop, for the demo and for trials.
 */
import type { MerchantAccount } from "@docdata/application"
import { defaultPolicy } from "@docdata/domain"
import { hashApiKey, makeWebhookMasterKey } from "@docdata/http"
import type { Simulator } from "@docdata/simulator"
import * as Redacted from "effect/Redacted"
import type { ServicePlan } from "../service/startService.ts"

/** The account at the offline Docdata. */
export const provider = { name: "demo_shop", password: "demo-password" }

const account: MerchantAccount = {
  name: "demo",
  active: true,
  credentials: { environment: "test", merchantName: provider.name, password: Redacted.make(provider.password) },
  policy: defaultPolicy,
  profile: "standard",
  daysToPay: 14,
  refreshesPerMinute: 600
}

export interface DemoParts {
  readonly simulator: Simulator
  readonly shopOrigin: string
  /** Signs webhooks. */
  readonly secret: Redacted.Redacted
  /** Opens the REST API. */
  readonly key: Redacted.Redacted
  readonly file: string
  readonly port: number
}

export const demoPlan = ({ file, key, port, secret, shopOrigin, simulator }: DemoParts): ServicePlan => {
  const page = (name: string): string => `${shopOrigin}/${name}?order={shopReference}`
  return {
    accounts: [account],
    keys: [{ id: "demo-shop", hash: hashApiKey(key), merchants: [account.name], scope: "admin" }],
    stores: { kind: "sqlite", options: { file } },
    webhooks: {
      endpoints: [{ name: "demo-shop", url: `${shopOrigin}/hooks`, secrets: [secret] }],
      masterKey: makeWebhookMasterKey(),
      allowLoopback: true
    },
    destinations: {
      success: page("thanks"),
      pending: page("pending"),
      cancelled: page("cancelled"),
      failed: page("failed"),
      paidTooLate: page("call-us")
    },
    returnSecrets: [secret],
    endpoints: { test: simulator.url },
    menus: { test: simulator.menuUrl, live: simulator.menuUrl },
    listen: { port }
  }
}

/** Where the offline Docdata sends its notifications. */
export const updateUrlOf = (serviceOrigin: string): string =>
  `${serviceOrigin}/docdata/notifications?merchant=${account.name}&order_id=`
