/**
 * Faults of inboxes and outboxes.
 */
import type { ClaimedItem, Delivery, Inbox, Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { faultsOf, without } from "./PlantedFault.ts"

/** An inbox that changes what it hands out. */
const handsOut =
  (change: (items: ReadonlyArray<ClaimedItem>) => ReadonlyArray<ClaimedItem>) =>
  (inbox: Inbox["Service"]): Partial<Inbox["Service"]> => ({
    claim: (request) => Effect.map(inbox.claim(request), change)
  })

/** An outbox that changes every delivery that it hands out. */
const delivers =
  (change: (delivery: Delivery) => Partial<Delivery>) => (outbox: Outbox["Service"]): Partial<Outbox["Service"]> => ({
    claim: (request) =>
      Effect.map(outbox.claim(request), (all) => all.map((delivery) => ({ ...delivery, ...change(delivery) })))
  })

// What makes a reference another one without anybody seeing it.
const aside = "\u0000"

export const inboxFaults = faultsOf("Inbox", [
  ["writes every notification as an item of its own", {
    sentence: "While an item of an order waits unclaimed, further notifications of that order are counted on it",
    foundBy: "counts further notifications of an order on the item that waits",
    change: (inbox) => ({
      receive: (note) =>
        Effect.map(
          inbox.receive({ ...note, orderReference: `${note.orderReference}${aside}${note.id}` }),
          ({ id }) => ({ id, coalesced: false })
        )
    })
  }],
  ["lets a claimed item answer for what comes later", {
    sentence: "A claimed item answers for nothing new, even when its time is over",
    foundBy: "writes a second item while the first is claimed: it may have been asked for already",
    change: (inbox) => {
      const claimed = new Map<string, string>()
      return {
        claim: (request) =>
          Effect.tap(inbox.claim(request), (items) =>
            Effect.sync(() => {
              for (const { id, orderReference } of items) claimed.set(orderReference, id)
            })),
        receive: (note) => {
          const id = claimed.get(note.orderReference)
          return id === undefined ? inbox.receive(note) : Effect.succeed({ id, coalesced: true })
        }
      }
    }
  }],
  ["hands out items of the first merchant to everybody", {
    sentence: "Items are claimed merchant by merchant",
    foundBy: "hands out items of the merchant that is asked for, also if another has older ones",
    change: (inbox) => ({ claim: (request) => inbox.claim({ ...request, merchant: "shop" }) })
  }],
  ["hands out an item while another of its order is claimed, if it was received before that one", {
    sentence:
      "While an item of an order is claimed and its time is not over, no other item of that order is handed out.",
    foundBy: "hands out nothing of an order of which an item is claimed, also what was received before that one",
    change: (inbox) => {
      const claimed = new Map<string, number>()
      return {
        claim: (request) =>
          Effect.map(inbox.claim(request), (items) =>
            items.map((item) => {
              const [orderReference = ""] = item.orderReference.split(aside)
              claimed.set(orderReference, item.firstReceivedAtMs)
              return { ...item, orderReference }
            })),
        receive: (note) => {
          const isEarlier = note.receivedAtMs < (claimed.get(note.orderReference) ?? 0)
          return inbox.receive(isEarlier ? { ...note, orderReference: note.orderReference + aside } : note)
        }
      }
    }
  }],
  ["keeps a claimed item a moment longer", {
    sentence:
      "A claimed item that is neither acknowledged nor retried later by `leaseUntilMs` can be claimed again, from " +
      "that instant on.",
    foundBy: "an item can be claimed again from the end of its time on, not before",
    change: (inbox) => ({ claim: (request) => inbox.claim({ ...request, leaseUntilMs: request.leaseUntilMs + 1 }) })
  }],
  ["forgets the trace of a notification", {
    sentence: "An item keeps the `traceparent` of the notification that it was written for",
    foundBy: "keeps the trace of the notification that an item was written for",
    change: (inbox) => ({ receive: (note) => inbox.receive(without(note, "traceparent")) })
  }],
  ["keeps no reason", {
    sentence: "A dead-lettered item keeps its reason and never stops another one.",
    foundBy: "a dead-lettered item keeps its reason and what is known of it",
    change: (inbox) => ({ deadLetter: (item, { atMs }) => inbox.deadLetter(item, { atMs, reason: "" }) })
  }],
  ["lets a notification wait for its own time", {
    sentence: "Writes a notification down; it can be claimed at once, whatever the clocks say.",
    foundBy: "can be claimed at once, also by somebody whose clock is behind",
    change: (inbox) => ({
      claim: (request) =>
        Effect.map(inbox.claim(request), (items) => items.filter((item) => item.firstReceivedAtMs <= request.nowMs))
    })
  }],
  ["writes a stored notification again", {
    sentence: "A notification whose `id` is stored already writes nothing.",
    foundBy: "writes nothing for an id that is stored already",
    change: (inbox) => {
      let count = 0
      return { receive: (note) => inbox.receive({ ...note, id: `${note.id}-${++count}` }) }
    }
  }],
  ["hands out the latest notification first", {
    sentence: "The answer is by first notification, then by id.",
    foundBy: "takes the longest waiting first, by their first notification",
    change: handsOut((items) => items.toReversed())
  }],
  ["forgets the tries when items are folded", {
    sentence: "counts the notifications of both, spans the times of both, and has the greater number of attempts.",
    foundBy: "an item that is retried later is folded into one that waits already",
    change: handsOut((items) => items.map((item) => ({ ...item, attempts: 1 })))
  }],
  ["takes items away when they are claimed", {
    sentence: "Items that wait or are claimed.",
    foundBy: "the backlog counts what waits or is claimed, not what is dead-lettered",
    change: (inbox) => ({
      claim: (request) =>
        Effect.tap(inbox.claim(request), (items) => Effect.forEach(items, (item) => inbox.acknowledge(item)))
    })
  }],
  ["lists dead-lettered items earliest first", {
    sentence: "Dead-lettered items, latest dead-lettered first, then by id descending.",
    foundBy: "dead-lettered items come latest first, then by id descending, as many as asked for",
    change: (inbox) => ({ deadLettered: (limit) => Effect.map(inbox.deadLettered(limit), (all) => all.toReversed()) })
  }],
  ["names merchants whose time has not come", {
    sentence: "Merchants with an item whose time has come, by name: whoever works on the inbox asks for each of them.",
    foundBy: "names a merchant from the instant on from which its item may be taken",
    change: (inbox) => ({ merchants: (nowMs) => inbox.merchants(nowMs + 1) })
  }]
])

export const outboxFaults = faultsOf("Outbox", [
  ["counts a delivery as delivered because it was claimed", {
    sentence: "A delivery is open until it is marked delivered.",
    foundBy: "a delivery can be claimed again from the end of its time on, with the same event",
    change: (outbox) => ({
      claim: (request) =>
        Effect.tap(
          outbox.claim(request),
          (deliveries) =>
            Effect.forEach(deliveries, ({ claim, event, subscriber }) =>
              outbox.end({ claim, subscriber, eventId: event.id }, { as: "delivered", atMs: request.nowMs }))
        )
    })
  }],
  ["never goes back behind an event that it handed out", {
    sentence:
      "It is claimed by its state, never by a position in a list, so that a commit that becomes visible late is " +
      "not skipped.",
    foundBy: "takes an event that was committed late, although younger ones are delivered",
    change: (outbox) => {
      let position = Number.NEGATIVE_INFINITY
      return {
        claim: (request) =>
          Effect.map(outbox.claim(request), (all) => {
            const later = all.filter(({ event }) => event.occurredAtMs >= position)
            position = Math.max(position, ...later.map(({ event }) => event.occurredAtMs))
            return later
          })
      }
    }
  }],
  ["hands out the next event of an order before the one before is delivered", {
    sentence: "the next only when the one before is delivered or dead-lettered.",
    foundBy: "gives one order's events out one after the other, by revision and position",
    change: (outbox) => ({
      claim: (request) =>
        Effect.gen(function*() {
          const all: Array<Delivery> = []
          for (;;) {
            const subscribers = request.subscribers.map(({ limit, name }) => ({ name, limit: Math.min(limit, 1) }))
            const [next] = yield* outbox.claim({ ...request, subscribers })
            if (next === undefined) return all
            all.push(next)
            const { claim, event, subscriber } = next
            yield* outbox.end({ claim, subscriber, eventId: event.id }, { as: "delivered", atMs: request.nowMs })
          }
        })
    })
  }],
  ["gives a repeat another id", {
    sentence: "A delivery that is claimed again has the same event id and the same contents.",
    foundBy: "a delivery can be claimed again from the end of its time on, with the same event",
    change: delivers(({ attempts, event }) => ({ event: { ...event, id: `${event.id}${"'".repeat(attempts - 1)}` } }))
  }],
  ["counts the claims before this one", {
    sentence: "Claims since it was opened, or opened again; this one included.",
    foundBy: "hands out the stored event, its attempts and the claim",
    change: delivers(({ attempts }) => ({ attempts: attempts - 1 }))
  }],
  ["believes everybody who says that an event was delivered", {
    sentence: "False if the claim had ended before: nothing was changed but the log.",
    foundBy: "delivered by a stranger, of nothing, and twice answers false",
    change: (outbox) => ({
      end: (delivery, end, options) =>
        Effect.map(outbox.end(delivery, end, options), (answer) => ({ ...answer, ended: true }))
    })
  }],
  ["tries again at once", {
    sentence: "Try again from `notBeforeMs` on.",
    foundBy: "a delivery that was retried later can be claimed from the given instant on, not before",
    change: (outbox) => ({
      end: (delivery, end, options) =>
        outbox.end(delivery, end.as === "put-back" ? { ...end, notBeforeMs: 0 } : end, options)
    })
  }],
  ["notes no try", {
    sentence: "it is noted, and counts for the health of the endpoint, whether or not the claim has ended.",
    foundBy: "the same instant again is the same attempt",
    change: (outbox) => ({ end: (delivery, end) => outbox.end(delivery, end) })
  }],
  ["gives up silently", {
    sentence: "Deliveries of a subscriber that were dead-lettered at `deadLetteredFromMs` or later and before",
    foundBy: "a dead-lettered delivery keeps its reason and what is known of it",
    change: (outbox) => ({ deadLettered: ({ subscriber }) => Effect.as(outbox.backlog(subscriber), []) })
  }],
  ["says that it redelivers what is not there", {
    sentence: "False without event, or without the endpoint.",
    foundBy: "redeliver of an unknown event answers false",
    change: (outbox) => ({ redeliver: (request) => Effect.as(outbox.redeliver(request), true) })
  }],
  ["counts deliveries of everybody", {
    sentence: "Open deliveries of a subscriber: those that wait or are claimed.",
    foundBy: "the backlog counts what waits or is claimed, of one subscriber",
    change: (outbox) => ({ backlog: () => outbox.backlog("mail") })
  }]
])
