/**
 * After the last kill: everything that is still open is handed over, and then nothing may be missing.
 */
import { createHash } from "node:crypto"
import { OrderStore, Outbox, type StoredEvent } from "@docdata/application"
import { claimFor, delivered } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import type { Ledger } from "./Ledger.ts"
import { newOrder, orderCount, subscribers } from "./orders.ts"

const bytesOf = (event: StoredEvent): string =>
  createHash("sha256").update(JSON.stringify(event)).digest("hex").slice(0, 16)

const drainFor = (ledger: Ledger, subscriber: string, nowMs: number) =>
  Effect.gen(function*() {
    const outbox = yield* Outbox
    for (let round = 0;; round++) {
      const request = { subscriber, nowMs, leaseUntilMs: nowMs + 1, limit: 200, claim: `drain-${round}` }
      const deliveries = yield* claimFor(outbox, request)
      if (deliveries.length === 0) return yield* outbox.backlog(subscriber)
      for (const { claim, event } of deliveries) {
        ledger.add({ kind: "handed", subscriber, id: event.id, bytes: bytesOf(event) })
        yield* delivered(outbox, { subscriber, eventId: event.id, claim }, nowMs)
      }
    }
  })

/** Hands over all that is open and answers what nobody ever got, or got with other contents. */
export const drain = (ledger: Ledger, nowMs: number) =>
  Effect.gen(function*() {
    const problems: Array<string> = []
    for (const subscriber of subscribers) {
      const left = yield* drainFor(ledger, subscriber, nowMs)
      if (left > 0) problems.push(`${left} deliveries for ${subscriber} can never be claimed`)
    }
    const store = yield* OrderStore
    let eventCount = 0
    for (let number = 0; number < orderCount; number++) {
      for (const event of yield* store.events(newOrder(number).id)) {
        eventCount++
        for (const subscriber of subscribers) {
          const bytes = ledger.handed.get(`${subscriber} ${event.id}`)
          if (bytes === undefined) problems.push(`${event.id} never reached ${subscriber}`)
          else if (bytes !== bytesOf(event)) problems.push(`${event.id} reached ${subscriber} with other contents`)
        }
      }
    }
    return { eventCount, problems: [...problems, ...ledger.wrong] }
  })
