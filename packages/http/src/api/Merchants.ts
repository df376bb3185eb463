/**
 * The merchant accounts, without what opens them.
 */
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { Authorization } from "./Authorization.ts"
import { Problem404 } from "./problems.ts"
import { text } from "./requests.ts"

export const MerchantView = Schema.Struct({
  name: Schema.String,
  /** An inactive account's orders are refreshed, but nothing new is created or started. */
  active: Schema.Boolean,
  environment: Schema.Literals(["test", "live"]),
  profile: Schema.String,
  daysToPay: Schema.Int,
  refreshesPerMinute: Schema.Int
}).annotate({ identifier: "Merchant" })

/** Those that the key speaks for, by name. */
const MerchantList = Schema.Struct({ merchants: Schema.Array(MerchantView) }).annotate({ identifier: "MerchantList" })

export class MerchantsGroup extends HttpApiGroup.make("merchants").add(
  HttpApiEndpoint.get("list", "/", { success: MerchantList }),
  HttpApiEndpoint.get("read", "/:merchant", {
    params: { merchant: text(100) },
    success: MerchantView,
    error: Problem404
  })
).middleware(Authorization).prefix("/v1/merchants") {}
