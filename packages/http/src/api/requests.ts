/**
 * What the REST API takes. Unknown fields are refused and not ignored: a card number that somebody tries to pass must
 * not travel any further.
 */
import { pageSizeMax } from "@docdata/application"
import { OrderDescription } from "@docdata/application/schema"
import { OrderStatus } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

const oneLine = /^[^\p{Cc}\p{Cs}]*$/u
const severalLines = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u

/**
 * A text that is not empty and not longer than `max` characters, without control characters and halves of characters:
 * they mean nothing in a name, and PostgreSQL cannot store some of them.
 */
export const text = (max: number) => Schema.NonEmptyString.check(Schema.isMaxLength(max), Schema.isPattern(oneLine))

/** A person's own words: as {@link text}, and tabs and line breaks are what they are. */
export const words = (max: number) =>
  Schema.NonEmptyString.check(Schema.isMaxLength(max), Schema.isPattern(severalLines))

export const CreateOrderRequest = Schema.Struct({
  /** Name of the merchant account; may be left out by a key that speaks for one only. */
  merchant: Schema.optionalKey(text(100)),
  /** The shop's own number of the order. */
  shopReference: text(200),
  order: OrderDescription
}).annotate({ identifier: "CreateOrderRequest" })

const Positive = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 }))

const moneyFields = {
  paymentId: text(50),
  /** The shop's own reference, unique per order: the same one again answers what became of the first. */
  reference: text(35),
  /** Minor units; all that is left when absent. */
  amountMinor: Schema.optionalKey(Positive),
  description: Schema.optionalKey(text(250))
}

export const RefundRequest = Schema.Struct(moneyFields).annotate({ identifier: "RefundRequest" })

export const CaptureRequest = Schema.Struct({
  ...moneyFields,
  /** No further capture follows on the payment. */
  final: Schema.optionalKey(Schema.Boolean)
}).annotate({ identifier: "CaptureRequest" })

/** Digits and nothing else: what JavaScript also takes for a number, such as an empty text, is a mistake here. */
const WholeText = Schema.String.check(Schema.isPattern(/^\d{1,16}$/u)).pipe(Schema.decodeTo(Schema.NumberFromString))

const Instant = WholeText.check(Schema.isBetween({ minimum: 0, maximum: 8.64e15 }))

/** A place in the feed. */
export const FeedPosition = WholeText.check(Schema.isBetween({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))

export const PageSize = WholeText.check(Schema.isBetween({ minimum: 1, maximum: pageSizeMax }))

/** Which orders a list shows; every parameter narrows it. Times are of creation, the end excluded. */
export const ListQuery = Schema.Struct({
  merchant: Schema.optionalKey(text(100)),
  status: Schema.optionalKey(Schema.Array(OrderStatus)),
  shopReference: Schema.optionalKey(text(200)),
  createdFromMs: Schema.optionalKey(Instant),
  createdBeforeMs: Schema.optionalKey(Instant),
  limit: Schema.optionalKey(PageSize),
  after: Schema.optionalKey(text(300))
})

/** Looks below a revision. */
export const ObservationQuery = Schema.Struct({
  before: Schema.optionalKey(
    WholeText.check(Schema.isBetween({ minimum: 1, maximum: 2 ** 31 }))
  ),
  limit: Schema.optionalKey(PageSize)
})

export const IdempotencyHeader = { "idempotency-key": text(200) }
export const OrderParams = { orderId: text(100) }
