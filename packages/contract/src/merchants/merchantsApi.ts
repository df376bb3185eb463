/**
 * The merchant accounts, without what opens them.
 */
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { field } from "../field.ts"
import { Count } from "../paging.ts"
import { problems } from "../problems.ts"
import { text } from "../text.ts"

/** One account. */
export const Merchant = Schema.Struct({
  name: field(Schema.String, "Name of the merchant account at this service.", "shop"),
  active: field(Schema.Boolean, "False: nothing new is created or started; existing orders are refreshed.", true),
  environment: field(Schema.Literals(["test", "live"]), "Docdata's test or live environment.", "test"),
  profile: field(Schema.String, "Payment profile for new orders.", "standard"),
  daysToPay: field(Count, "Days within which payment is expected.", 14),
  refreshesPerMinute: field(Count, "Status calls per minute that scheduled refreshes may spend.", 60)
}).annotate({ identifier: "Merchant", description: "A merchant account, without what opens it." })

const MerchantList = Schema.Struct({ merchants: field(Schema.Array(Merchant), "By name.") })
  .annotate({ identifier: "MerchantList", description: "The accounts that the key speaks for." })

export class Merchants extends HttpApiGroup.make("merchants").add(
  HttpApiEndpoint.get("list", "/", { success: MerchantList }).annotateMerge(operation(
    "List the merchant accounts",
    "The accounts that the key speaks for, by name. Passwords are never shown. Scope read."
  )),
  HttpApiEndpoint.get("read", "/:merchant", {
    params: { merchant: field(text(100), "Name of the merchant account.", "shop") },
    success: Merchant,
    error: problems("merchant-not-found")
  }).annotateMerge(operation(
    "Read a merchant account",
    "One account that the key speaks for. Passwords are never shown. Scope read."
  ))
).middleware(Authorization).prefix("/v1/merchants").annotateMerge(
  group("The merchant accounts of the settings; they are changed there.")
) {}
