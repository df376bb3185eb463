/**
 * Notifications and claims of the inbox cases. Times are milliseconds after the start.
 */
import { Inbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { startMs } from "../sample.ts"

/** How long claims of the cases last. */
export const leaseMs = 1000

export const note = (id: string, orderReference: string, afterMs: number) => ({
  id,
  merchant: "shop",
  orderReference,
  receivedAtMs: startMs + afterMs
})

/** Claims up to `limit` items of a merchant at an instant. */
export const claimOf = (
  merchant: string,
  afterMs: number,
  { claim, limit = 100 }: { readonly claim: string; readonly limit?: number }
) =>
  Effect.gen(function*() {
    const inbox = yield* Inbox
    const nowMs = startMs + afterMs
    return yield* inbox.claim({ merchant, nowMs, leaseUntilMs: nowMs + leaseMs, limit, claim })
  })

export const claimAll = (afterMs: number, name: string) => claimOf("shop", afterMs, { claim: name })

/** Claims, and answers the ids only. */
export const claimIds = (afterMs: number, name: string, limit = 100) =>
  Effect.map(claimOf("shop", afterMs, { claim: name, limit }), (items) => items.map(({ id }) => id))

/** Receives several notifications, `n1` and up, each of an order of its own. */
export const receiveSeveral = (count: number) =>
  Effect.gen(function*() {
    const inbox = yield* Inbox
    for (let number = 1; number <= count; number++) yield* inbox.receive(note(`n${number}`, `R${number}`, number))
  })
