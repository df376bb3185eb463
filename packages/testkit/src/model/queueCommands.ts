/**
 * Requests about notifications and deliveries as calls of inbox and outbox.
 */
import type { InboxCommand, OutboxCommand } from "./Command.ts"
import { merchants } from "./orderCommands.ts"
import type { Request } from "./StoreRequest.ts"
import { pick, pickOrder, type World } from "./World.ts"

export type InboxRequestKind =
  | "receive"
  | "itemMerchants"
  | "claimItems"
  | "acknowledge"
  | "putBackItem"
  | "deadLetterItem"
  | "deadLetteredItems"
  | "retryDeadLetter"
  | "itemBacklog"

export type OutboxRequestKind =
  | "claimDeliveries"
  | "delivered"
  | "putBackDelivery"
  | "deadLetterDelivery"
  | "deadLetteredDeliveries"
  | "redeliver"
  | "deliveryBacklog"

/** Now and then a clock that is behind. */
const clockOf = (world: World, number: number): number => number % 9 === 0 ? world.nowMs - number % 20_000 : world.nowMs

const limitOf = (number: number): number => pick([1, 2, 3, 5, 8, 0, 1_000], number)

const leaseMsOf = (number: number): number => 1 + number % 30_000

/** The call that a request about the inbox means now. */
export const inboxCommand = (world: World, kind: InboxRequestKind, { a, b, c, d }: Request): InboxCommand => {
  const store = "inbox"
  const fresh = `n${world.commandCount}`
  const claimed = world.claimedItems.length === 0 ? { id: "nobody", claim: "c0" } : pick(world.claimedItems, a)
  const name = d % 13 === 0 ? { id: claimed.id, claim: "stranger" } : { id: claimed.id, claim: claimed.claim }
  switch (kind) {
    case "receive": {
      const id = d % 19 === 0 ? claimed.id : fresh
      const receivedAtMs = clockOf(world, c)
      return {
        store,
        method: "receive",
        input: [{ id, merchant: pick(merchants, a), orderReference: `R${b % 8}`, receivedAtMs }]
      }
    }
    case "claimItems": {
      const nowMs = clockOf(world, a)
      const claim = `c${world.commandCount}`
      return {
        store,
        method: "claim",
        input: [{ merchant: pick(merchants, d), nowMs, leaseUntilMs: nowMs + leaseMsOf(b), limit: limitOf(c), claim }]
      }
    }
    case "itemMerchants":
      return { store, method: "merchants", input: [clockOf(world, a)] }
    case "acknowledge":
      return { store, method: kind, input: [name] }
    case "putBackItem":
      return { store, method: "retryLater", input: [name, world.nowMs + b % 20_000] }
    case "deadLetterItem":
      return { store, method: "deadLetter", input: [name, { reason: `reason ${b}`, atMs: world.nowMs - c % 2 }] }
    case "deadLetteredItems":
      return { store, method: "deadLettered", input: [limitOf(a)] }
    case "retryDeadLetter": {
      const deadLettered = world.model.inbox.deadLettered(20)
      return {
        store,
        method: kind,
        input: [deadLettered.length === 0 ? "nobody" : pick(deadLettered, b).id, world.nowMs + c % 9_000]
      }
    }
    case "itemBacklog":
      return { store, method: "backlog", input: [] }
  }
}

const subscribers = ["mail", "books"] as const

/** The call that a request about the outbox means now. */
export const outboxCommand = (world: World, kind: OutboxRequestKind, { a, b, c, d }: Request): OutboxCommand => {
  const store = "outbox"
  const subscriber = pick(subscribers, a)
  const claimed = world.claimedDeliveries.length === 0
    ? { subscriber, eventId: "nothing", claim: "c0" }
    : pick(world.claimedDeliveries, b)
  const name = d % 13 === 0 ? { ...claimed, claim: "stranger" } : claimed
  const nextMs = clockOf(world, a)
  const lease = { claim: `c${world.commandCount}`, nowMs: nextMs, leaseUntilMs: nextMs + leaseMsOf(b) }
  const next = c % 3 === 0 ? { next: lease } : {}
  switch (kind) {
    case "claimDeliveries": {
      const nowMs = clockOf(world, a)
      const claim = `c${world.commandCount}`
      const names = d % 3 === 0 ? [subscriber, pick(subscribers, a + 1)] : [subscriber]
      const wanted = names.map((name, index) => ({ name, limit: limitOf(c + index) }))
      const request = { subscribers: wanted, nowMs, leaseUntilMs: nowMs + leaseMsOf(b), claim }
      return { store, method: "claim", input: [request] }
    }
    case "delivered":
      return { store, method: "end", input: [name, { as: "delivered", atMs: world.nowMs }, next] }
    case "putBackDelivery":
      return { store, method: "end", input: [name, { as: "put-back", notBeforeMs: world.nowMs + c % 20_000 }, next] }
    case "deadLetterDelivery": {
      const end = { as: "dead-lettered", reason: `reason ${c}`, atMs: world.nowMs - c % 2 } as const
      return { store, method: "end", input: [name, end, next] }
    }
    case "deadLetteredDeliveries":
      return {
        store,
        method: "deadLettered",
        input: [{
          subscriber,
          limit: limitOf(c),
          deadLetteredFromMs: world.nowMs - b * 10,
          deadLetteredUntilMs: world.nowMs
        }]
      }
    case "redeliver": {
      const events = pickOrder(world, b)?.events ?? []
      const eventId = events.length === 0 ? "nothing" : pick(events, c).id
      const late = d % 5 === 0 ? "late" : subscriber
      return { store, method: kind, input: [{ subscriber: late, eventId, notBeforeMs: world.nowMs + c % 9_000 }] }
    }
    case "deliveryBacklog":
      return { store, method: "backlog", input: [d % 5 === 0 ? "late" : subscriber] }
  }
}
