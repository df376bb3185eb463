/**
 * The settings of one account: how to call Docdata in its name, and what it decided.
 */
import { defaultPolicy, ruleSetNames } from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import { choice, cover, list, margins, secret, text, whole, yesOrNo } from "./kinds.ts"
import { needed, optional } from "./Setting.ts"

/** How accounts may be called: as a part of an environment variable, and of an address. */
export const accountName = /^[a-z][a-z0-9_]{0,29}$/

/** The shop's own statuses; see `readShopStatuses`. */
const shopSettings = (key: (suffix: string) => string) => ({
  shopStatuses: optional(
    { key: key("SHOP_STATUSES"), meaning: "the shop's own status for each of ours; - where it does not follow" },
    list("STATUS=WORD for each of the ten statuses, separated by commas"),
    ["none", []]
  ),
  shopMoves: optional(
    { key: key("SHOP_MOVES"), meaning: "from where to where the shop's status may go; WORD>- ends it" },
    list("WORD>WORD, separated by commas"),
    ["any move", []]
  )
} as const)

/** For platforms that act for other merchants. */
const subjectSettings = (key: (suffix: string) => string) => ({
  subjectName: optional(
    { key: key("SUBJECT_NAME"), meaning: "the merchant that a platform acts for" },
    text("a merchant name at Docdata"),
    ["none", ""]
  ),
  subjectToken: optional(
    { key: key("SUBJECT_TOKEN"), meaning: "the token that allows it" },
    secret("the token of the subject merchant"),
    ["none", Redacted.make("")]
  )
} as const)

/** Named after the account: `DOCDATA_SHOP_LOGIN` for `shop`; in the file `merchants.shop.login`. */
export const accountSettings = (name: string) => {
  const key = (suffix: string): string => `DOCDATA_${name.toUpperCase()}_${suffix}`
  return {
    login: needed({ key: key("LOGIN"), meaning: "merchant name at Docdata" }, text("the merchant name at Docdata")),
    password: needed(
      { key: key("PASSWORD"), meaning: "its password" },
      secret("the password of the merchant at Docdata")
    ),
    environment: optional(
      { key: key("ENVIRONMENT"), meaning: "the Docdata that is called" },
      choice(["test", "live"]),
      ["test", "test"]
    ),
    active: optional(
      { key: key("ACTIVE"), meaning: "false: its orders are still looked after, but nothing new is created" },
      yesOrNo,
      ["true", true]
    ),
    profile: optional(
      { key: key("PROFILE"), meaning: "payment profile for new orders" },
      text("a payment profile of the back office"),
      ["standard", "standard"]
    ),
    daysToPay: optional(
      { key: key("DAYS_TO_PAY"), meaning: "days that the shopper has to pay" },
      whole("days", 1, 365),
      ["7", 7]
    ),
    expireAfterDays: optional(
      { key: key("EXPIRE_AFTER_DAYS"), meaning: "days after which an unfinished order is over" },
      whole("days", 1, 365),
      ["21", 21]
    ),
    refreshesPerMinute: optional(
      { key: key("REFRESHES_PER_MINUTE"), meaning: "status calls a minute for orders that nobody notified" },
      whole("calls", 1, 6_000),
      ["60", 60]
    ),
    rules: optional(
      { key: key("RULES"), meaning: "the rules that decide the status" },
      choice(ruleSetNames),
      [defaultPolicy.rules, defaultPolicy.rules]
    ),
    paidWhen: optional(
      { key: key("PAID_WHEN"), meaning: "what makes an order paid" },
      cover,
      ["captured", defaultPolicy.paidWhen]
    ),
    shipWhen: optional(
      { key: key("SHIP_WHEN"), meaning: "what lets the goods leave; direct stands for the methods paid at once" },
      cover,
      ["captured, direct=approved", defaultPolicy.shipWhen]
    ),
    margins: optional(
      { key: key("MARGINS"), meaning: "how much of a converted amount may be missing" },
      margins,
      ["EUR=1.00, USD=1.60", defaultPolicy.marginMinor]
    ),
    ...shopSettings(key),
    ...subjectSettings(key)
  } as const
}
