/**
 * What has to be true after every race, once somebody has cleaned up after the dead.
 */
import type { EventPayload, Observation, StoredEvent } from "@docdata/application"
import { defaultPolicy, type Order, type PaymentRow, reconcile } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { isSame } from "../model/Command.ts"
import { orderId, type RaceBench, subscriber, truths } from "./RaceBench.ts"

/** State, payments and events of an order that was refreshed as the observations say, from the beginning. */
const replay = (start: Order, observations: ReadonlyArray<Observation>) => {
  let order = start
  let payments: ReadonlyArray<PaymentRow> = []
  const events: Array<unknown> = []
  for (const { answeredAtMs, report } of observations) {
    const outcome = reconcile({ order, payments, report, nowMs: answeredAtMs, policy: defaultPolicy })
    order = outcome.order
    payments = outcome.payments
    events.push(...outcome.events)
  }
  return { order, payments, events }
}

const isAscending = (numbers: ReadonlyArray<number>, gap: number): boolean =>
  numbers.every((number, index) => index === 0 || number - numbers[index - 1]! >= gap)

/** The events without the repeats: the first time of each. */
const firstTimes = (
  events: ReadonlyArray<StoredEvent>
): ReadonlyArray<StoredEvent> => [...new Map(events.map((event) => [event.id, event])).values()]

const isOfShopOrder = ({ type }: EventPayload): boolean => type.startsWith("shop_order.")

/** From what to what, of a status or of the goods. */
const movesOf = (payload: EventPayload) => "from" in payload ? [payload.from, payload.to] : undefined

/** Everything that is wrong, in words; empty when nothing is. */
export const brokenInvariants = ({ handedOver, stores }: RaceBench): Effect.Effect<ReadonlyArray<string>, unknown> =>
  Effect.gen(function*() {
    const { order, payments } = yield* stores.orders.read({ by: "id", id: orderId })
    const events = yield* stores.orders.events(orderId)
    const observations = (yield* stores.orders.observations(orderId, { limit: 200 })).items.toReversed()
    const start: Order = {
      key: order.state.key,
      status: "new",
      fulfilment: "wait",
      createdAtMs: order.createdAtMs,
      currency: order.currency,
      grossMinor: order.grossMinor
    }
    const replayed = replay(start, observations)
    // Created when the race began; what a person has to look at is told by what stood before, not by one report.
    const published = events.slice(1).flatMap(({ payload }) => payload.type === "anomaly.raised" ? [] : [payload])
    const shopMoves = published.filter(isOfShopOrder).map(movesOf)
    const ofOrder = published.filter((payload) => !isOfShopOrder(payload))
    const { captured, refunded } = truths.at(-1)!.totals
    const checks: Readonly<Record<string, boolean>> = {
      "the state equals a replay of the observations": isSame(order.state, replayed.order),
      "the payments equal a replay of the observations": isSame(payments, replayed.payments),
      "there is one set of events, those of the replay": isSame(ofOrder, replayed.events),
      // Whoever cleans up after the dead does not tell of it.
      "the shop's order moves as its only attempt does": isSame(
        shopMoves,
        ofOrder.map(movesOf).filter((moves) => moves !== undefined).slice(0, shopMoves.length)
      ),
      "event ids are unique": new Set(events.map(({ id }) => id)).size === events.length,
      "every commit has a revision of its own": isAscending(observations.map(({ revision }) => revision), 1) &&
        observations.length === order.revision - 1,
      "no refresh was stored after a younger one": isAscending(observations.map(({ askedAtMs }) => askedAtMs), 0),
      "the last truth is known": order.state.totals?.captured === captured && order.state.totals?.refunded === refunded,
      "the inbox is empty": (yield* stores.inbox.backlog()) === 0 && (yield* stores.inbox.deadLettered(1)).length === 0,
      "the outbox is empty": (yield* stores.outbox.backlog(subscriber)) === 0,
      "the subscriber has every event, in order": isSame(firstTimes(handedOver), events)
    }
    return Object.entries(checks).flatMap(([name, holds]) => holds ? [] : [name])
  })
