/** Everything that can be done to a simulator by hand, as data: the control API decodes it, scenarios are made of it. */
import * as Schema from "effect/Schema"

const Text = Schema.NonEmptyString
const Minor = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2_147_483_647 }))
const orderKey = Text
const paymentId = Text

const choice = {
  orderKey,
  method: Text,
  issuer: Schema.optionalKey(Text),
  amountMinor: Schema.optionalKey(Minor),
  currency: Schema.optionalKey(Text)
}

const ModificationStatus = Schema.Literals(["STARTED", "CAPTURED", "CANCELED", "FAILED", "ERROR"])
const modification = {
  paymentId,
  number: Schema.optionalKey(Schema.Int),
  status: ModificationStatus,
  reason: Schema.optionalKey(Text)
}
const filing = { paymentId, amountMinor: Schema.optionalKey(Minor), reference: Schema.optionalKey(Text) }

const ReturnKind = Schema.Literals(["success", "pending", "canceled", "error"])

export const Action = Schema.Union([
  /** An order as `create` makes it, without a request. */
  Schema.Struct({
    do: Schema.Literal("create-order"),
    merchant: Schema.optionalKey(Text),
    reference: Text,
    amountMinor: Minor,
    currency: Text,
    country: Schema.optionalKey(Text)
  }),
  /** The shopper chooses a method in the menu. */
  Schema.Struct({ do: Schema.Literal("choose"), ...choice }),
  /** The shopper says yes or no at the bank. */
  Schema.Struct({
    do: Schema.Literal("answer"),
    paymentId,
    answer: Schema.Literals(["approved", "refused", "cancelled"])
  }),
  /** Choosing and saying yes in one go. */
  Schema.Struct({ do: Schema.Literal("pay"), ...choice }),
  Schema.Struct({
    do: Schema.Literal("fail"),
    paymentId,
    status: Schema.optionalKey(
      Schema.Literals([
        "RISK_CHECK_FAILED",
        "START_ERROR",
        "AUTHENTICATION_FAILED",
        "AUTHENTICATION_ERROR",
        "AUTHORIZATION_FAILED",
        "AUTHORIZATION_ERROR"
      ])
    ),
    reason: Schema.optionalKey(Text)
  }),
  /** The money of a bank transfer comes in. */
  Schema.Struct({ do: Schema.Literal("money-arrives"), paymentId }),
  /** The payment gets a word, known or not. */
  Schema.Struct({ do: Schema.Literal("word"), paymentId, status: Text }),
  Schema.Struct({ do: Schema.Literal("word-capture"), paymentId, status: Text }),
  /** The acquirer authorises after all, whatever the shopper did. */
  Schema.Struct({ do: Schema.Literal("authorize"), paymentId }),
  Schema.Struct({ do: Schema.Literal("file-capture"), ...filing, final: Schema.optionalKey(Schema.Boolean) }),
  Schema.Struct({ do: Schema.Literal("file-refund"), ...filing }),
  /** The newest capture, or the one of that number, goes on. */
  Schema.Struct({ do: Schema.Literal("capture"), ...modification }),
  /** The newest refund, or the one of that number, goes on; CAPTURED means it is done. */
  Schema.Struct({ do: Schema.Literal("refund"), ...modification }),
  Schema.Struct({
    do: Schema.Literal("chargeback"),
    paymentId,
    amountMinor: Schema.optionalKey(Minor),
    reason: Schema.optionalKey(Text)
  }),
  Schema.Struct({ do: Schema.Literal("reverse"), paymentId, amountMinor: Schema.optionalKey(Minor) }),
  /** What the operation `cancel` does. */
  Schema.Struct({ do: Schema.Literal("cancel-order"), orderKey }),
  /** The acquirer does not give up a payment. */
  Schema.Struct({ do: Schema.Literal("refuse-cancel"), paymentId }),
  /** One more notification although nothing changed. */
  Schema.Struct({ do: Schema.Literal("notify"), orderKey }),
  /** The shopper's browser opens a return URL of the shop. */
  Schema.Struct({ do: Schema.Literal("visit"), orderKey, kind: ReturnKind })
])

export type Action = typeof Action.Type

/** What became of an action. */
export type ActionResult =
  | { readonly ok: true; readonly orderKey: string; readonly paymentId?: string; readonly result?: string }
  | { readonly ok: false; readonly why: string }
