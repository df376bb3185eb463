/** The bodies of control requests, as schemas. */
import * as Schema from "effect/Schema"

const Text = Schema.String
const Count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2_147_483_647 }))

const RequestError = Schema.Struct({
  code: Schema.Literals([
    "REQUEST_DATA_MISSING",
    "REQUEST_DATA_INCORRECT",
    "SECURITY_ERROR",
    "INTERNAL_ERROR",
    "UNKNOWN_ERROR"
  ]),
  text: Text
})

const Effect = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("delay"), delayMs: Count }),
  Schema.Struct({ kind: Schema.Literal("drip"), bytes: Schema.optionalKey(Count), everyMs: Count }),
  Schema.Struct({
    kind: Schema.Literals(["reset-before-reading", "reset-before-reply", "html", "gzip", "document-type"])
  }),
  Schema.Struct({ kind: Schema.Literals(["reset-in-reply", "truncated"]), afterBytes: Count }),
  Schema.Struct({ kind: Schema.Literal("status"), status: Count, body: Schema.Literals(["fault", "html", "empty"]) }),
  Schema.Struct({ kind: Schema.Literal("redirect"), status: Count, location: Text }),
  Schema.Struct({ kind: Schema.Literal("oversized"), sizeBytes: Count }),
  Schema.Struct({ kind: Schema.Literal("errors"), errors: Schema.Array(RequestError) }),
  Schema.Struct({ kind: Schema.Literal("decline"), as: Schema.Literals(["start-errors", "payment-error"]) })
])

/** Wire faults to plan. */
export const Faults = Schema.Array(Schema.Struct({
  operation: Schema.optionalKey(
    Schema.Literals([
      "create",
      "start",
      "proceed",
      "cancel",
      "capture",
      "refund",
      "status",
      "statusExtended",
      "listPaymentMethods"
    ])
  ),
  orderKey: Schema.optionalKey(Text),
  merchant: Schema.optionalKey(Text),
  skip: Schema.optionalKey(Count),
  times: Schema.optionalKey(Count),
  executed: Schema.Boolean,
  effect: Effect
}))

const times = { times: Schema.optionalKey(Count), orderKey: Schema.optionalKey(Text) }

/** Notification faults to plan. */
export const NotificationFaults = Schema.Array(Schema.Union([
  Schema.Struct({ kind: Schema.Literals(["lost", "reordered"]), ...times }),
  Schema.Struct({
    kind: Schema.Literal("duplicate"),
    copies: Schema.optionalKey(Count),
    gapMs: Schema.optionalKey(Count),
    ...times
  }),
  Schema.Struct({ kind: Schema.Literal("concurrent"), copies: Schema.optionalKey(Count), ...times }),
  Schema.Struct({ kind: Schema.Literal("delayed"), byMs: Count, ...times })
]))

/** How far to move the clock. */
export const Clock = Schema.Struct({ advanceMs: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)) })

const Urls = Schema.Struct({
  success: Schema.optionalKey(Text),
  pending: Schema.optionalKey(Text),
  canceled: Schema.optionalKey(Text),
  error: Schema.optionalKey(Text)
})

/** An account to add or replace. */
export const MerchantAccount = Schema.Struct({
  name: Schema.NonEmptyString,
  password: Schema.NonEmptyString,
  profiles: Schema.optionalKey(Schema.Array(Text)),
  updateUrl: Schema.optionalKey(Text),
  returnUrls: Schema.optionalKey(Urls),
  methods: Schema.optionalKey(Schema.Array(Text)),
  subjectTokens: Schema.optionalKey(Schema.Record(Text, Text)),
  blocked: Schema.optionalKey(Schema.Boolean)
})

/** How to play a scenario. */
export const ScenarioPlay = Schema.Struct({
  seed: Schema.optionalKey(Count),
  orderKey: Schema.optionalKey(Text),
  merchant: Schema.optionalKey(Text)
})
