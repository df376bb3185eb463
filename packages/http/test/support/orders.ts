/**
 * Orders and events for tests of what tells about them.
 */
import { OrderStore, type StoredEvent } from "@docdata/application"
import * as Effect from "effect/Effect"

/** Noon of an ordinary Monday. */
export const noonMs = Date.UTC(2026, 0, 5, 12)

/** A confirmed order in the store, and an event about it that nobody was told. */
export const storedOrder = (number: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { order } = yield* store.reserve({
      id: `ord_${number}`,
      merchant: "shop",
      shopReference: `S${number}`,
      orderReference: `S${number}-REF`,
      idempotencyKey: `idem-${number}`,
      fingerprint: "print",
      language: "nl",
      billToCountry: "NL",
      currency: "EUR",
      grossMinor: 4990,
      createdAtMs: noonMs
    })
    return yield* store.confirm({
      orderId: order.id,
      key: String(number).padStart(32, "K"),
      confirmedAtMs: noonMs + 100,
      subscribers: [],
      nextRefreshAtMs: undefined
    })
  })

export const statusEvent = (orderId: string, over: Partial<StoredEvent> = {}): StoredEvent => ({
  id: `${orderId}-2-0`,
  merchant: "shop",
  orderId,
  revision: 2,
  position: 0,
  occurredAtMs: noonMs + 60_000,
  payload: {
    type: "order.status_changed",
    from: "pending",
    to: "paid",
    rule: "paid-in-full",
    currency: "EUR",
    captured: 4990,
    refunded: 0,
    chargedBack: 0,
    net: 4990
  },
  ...over
})
