/**
 * After the last kill: everything that is still open is handed over, and then nothing may be missing.
 */
import { createHash } from "node:crypto"
import { OrderStore, Outbox, type StoredEvent } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Ledger } from "./Ledger.ts"
import { consumers, newOrder, orderCount } from "./orders.ts"

const bytesOf = (event: StoredEvent): string =>
  createHash("sha256").update(JSON.stringify(event)).digest("hex").slice(0, 16)

const drainFor = (ledger: Ledger, consumer: string, nowMs: number) =>
  Effect.gen(function*() {
    const outbox = yield* Outbox
    for (let round = 0;; round++) {
      const wish = { consumer, nowMs, leaseUntilMs: nowMs + 1, limit: 200, claim: `drain-${round}` }
      const deliveries = yield* outbox.claim(wish)
      if (deliveries.length === 0) return yield* outbox.backlog(consumer)
      for (const { claim, event } of deliveries) {
        ledger.add({ kind: "handed", consumer, id: event.id, bytes: bytesOf(event) })
        yield* outbox.delivered({ consumer, eventId: event.id, claim }, nowMs)
      }
    }
  })

/** Hands over all that is open and answers what nobody ever got, or got with other contents. */
export const drain = (ledger: Ledger, nowMs: number) =>
  Effect.gen(function*() {
    const problems: Array<string> = []
    for (const consumer of consumers) {
      const left = yield* drainFor(ledger, consumer, nowMs)
      if (left > 0) problems.push(`${left} deliveries for ${consumer} can never be claimed`)
    }
    const store = yield* OrderStore
    let eventCount = 0
    for (let number = 0; number < orderCount; number++) {
      for (const event of yield* store.events(newOrder(number).id)) {
        eventCount++
        for (const consumer of consumers) {
          const bytes = ledger.handed.get(`${consumer} ${event.id}`)
          if (bytes === undefined) problems.push(`${event.id} never reached ${consumer}`)
          else if (bytes !== bytesOf(event)) problems.push(`${event.id} reached ${consumer} with other contents`)
        }
      }
    }
    return { eventCount, problems: [...problems, ...ledger.wrong] }
  })
