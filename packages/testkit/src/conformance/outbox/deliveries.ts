/**
 * Events and claims of the outbox cases. Times are milliseconds after the start.
 */
import { type EventPayload, Outbox, type StoredOrder } from "@docdata/application"
import { claimFor } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { committed, confirmed, startMs } from "../sample.ts"

/** How long claims of the cases last. */
export const leaseMs = 1000

const events = (text: string): EventPayload => ({ type: "return.visited", callback: text })

/** Tells `count` events of an order at one revision. */
export const publish = (
  order: StoredOrder,
  afterMs: number,
  { subscribers = ["mail"], count = 1 }: { readonly subscribers?: ReadonlyArray<string>; readonly count?: number } = {}
) =>
  committed(order, {
    committedAtMs: startMs + afterMs,
    events: Array.from({ length: count }, (_, index) => events(`${afterMs}-${index}`)),
    subscribers
  })

/** An order with one event for `mail`, told at an instant; its creation was told to nobody. */
export const published = (number: number, afterMs: number) =>
  Effect.flatMap(confirmed(number), (order) => publish(order, afterMs))

/** Claims up to `limit` deliveries of `mail` at an instant. */
export const claim = (afterMs: number, claim: string, limit = 100) => claimOf("mail", afterMs, { claim, limit })

export const claimOf = (
  subscriber: string,
  afterMs: number,
  { claim, limit = 100 }: { readonly claim: string; readonly limit?: number }
) =>
  Effect.gen(function*() {
    const outbox = yield* Outbox
    const nowMs = startMs + afterMs
    return yield* claimFor(outbox, { subscriber, nowMs, leaseUntilMs: nowMs + leaseMs, limit, claim })
  })

/** Claims, and answers the ids of the events only. */
export const claimIds = (afterMs: number, name: string, limit = 100) =>
  Effect.map(claim(afterMs, name, limit), (deliveries) => deliveries.map(({ event }) => event.id))

/** Names a delivery of `mail`. */
export const named = (eventId: string, claim: string) => ({ subscriber: "mail", eventId, claim })
