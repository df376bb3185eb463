/**
 * Which events are meant, from the flags of the commands on events, and the events as lines.
 */
import type { Event } from "@docdata/contract"
import { Amount } from "@docdata/domain"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { badInput, type CommandFailure } from "../api/CommandFailure.ts"
import { eventTypeChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import { merchantOf, orderNamed } from "../orders/orderNamed.ts"
import { instantText } from "../text/whenText.ts"

/** The position after a flag, or nothing if it was not typed. */
export const positionAfter = (flag: string, { values }: Given): Effect.Effect<number | undefined, CommandFailure> => {
  const typed = values.get(flag)
  if (typed === undefined) return Effect.undefined
  const position = wholeNumber(typed, Number.MAX_SAFE_INTEGER)
  return position === undefined
    ? Effect.fail(badInput(`--${flag} is a position in the feed, or 0`))
    : Effect.succeed(position)
}

/** From `--merchant`, `--order` and `--type`. */
export const feedFilter = Effect.fnUntraced(function*(api: Api, given: Given) {
  const name = given.values.get("order")
  const types = eventTypeChoices.filter((type) => type === given.values.get("type"))
  return {
    ...merchantOf(given),
    ...(types.length === 0 ? {} : { type: types }),
    ...(name === undefined ? {} : { orderId: (yield* orderNamed(api, name, given)).id })
  }
})

/** Where the feed ends now: asked for an order that is none, it looks at everything and shows nothing. */
export const feedEnd = Effect.fnUntraced(function*(api: Api) {
  for (let after = 0;;) {
    const { more, next } = yield* api.events.list({ query: { after, limit: 1, orderId: "none" } })
    if (!more) return next
    after = next
  }
})

/** What the event says, in short. */
const detailOf = ({ data, type }: typeof Event.Type): string => {
  switch (type) {
    case "order.status_changed":
    case "order.fulfilment_changed":
    case "shop_order.status_changed":
    case "shop_order.fulfilment_changed":
      return `${data.from} -> ${data.to}`
    case "payment.added":
    case "payment.updated":
      return `${data.paymentId} ${data.payment.paymentMethod} ${data.payment.status}`
    case "payment.proceeded":
    case "payment.not_proceeded":
      return data.paymentId
    case "capture.confirmed":
    case "capture.failed":
      return `${data.captureReference} ${Amount.format(data.amount)}`
    case "refund.confirmed":
    case "refund.failed":
      return `${data.refundReference} ${Amount.format(data.amount)}`
    case "modification.resolved":
      return `${data.kind} ${data.reference} ${data.outcome}`
    case "anomaly.raised":
      return `${data.level} ${data.kind}`
    case "return.visited":
      return data.callback
    case "order.created":
      return data.orderReference
    case "notification.received":
      return ""
  }
}

export const eventText = (event: typeof Event.Type): string =>
  `${instantText(Date.parse(event.occurredAt))}  ${event.orderId.padEnd(24)}  ${event.type}  ${
    printable(detailOf(event))
  }`.trimEnd()
