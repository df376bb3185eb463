/**
 * Faults of order stores: writing orders down, reading and listing them.
 */
import { AlreadyTaken, type Commit, type OrderStore } from "@docdata/application"
import { attemptOf } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { faultsOf, without } from "./PlantedFault.ts"

type Store = OrderStore["Service"]

/** A store that changes what it is given to commit. */
const commits = (change: (commit: Commit) => Partial<Commit>) => (store: Store): Partial<Store> => ({
  commit: (commit) => store.commit({ ...commit, ...change(commit) })
})

/** A commit that changes nothing but the revision. */
const nothingNew = (orderId: string, store: Store) =>
  Effect.flatMap(store.read({ by: "id", id: orderId }), ({ order, payments }) =>
    store.commit({
      orderId,
      expectedRevision: order.revision,
      committedAtMs: 0,
      state: order.state,
      payments,
      events: [],
      subscribers: [],
      modifications: [],
      nextRefreshAtMs: order.nextRefreshAtMs,
      quietRefreshes: order.quietRefreshes
    }))

export const committingFaults = faultsOf("OrderStore", [
  ["lets the last writer win", {
    sentence: "`commit` succeeds only on the current revision; of several at once exactly one does.",
    foundBy: "is refused on an older revision, names both, and changes nothing",
    change: (store) => ({
      commit: (commit) =>
        Effect.flatMap(
          store.read({ by: "id", id: commit.orderId }),
          ({ order }) => store.commit({ ...commit, expectedRevision: order.revision })
        )
    })
  }],
  ["checks the revision, then lets others in before it writes", {
    sentence: "Outdated` and have changed nothing.",
    foundBy: "of several at once succeeds exactly once, and the others are outdated",
    change: (store) => ({
      commit: (commit) =>
        Effect.gen(function*() {
          const { order } = yield* store.read({ by: "id", id: commit.orderId })
          if (order.revision !== commit.expectedRevision) return yield* store.commit(commit)
          yield* Effect.yieldNow
          const now = yield* store.read({ by: "id", id: commit.orderId })
          return yield* store.commit({ ...commit, expectedRevision: now.order.revision })
        })
    })
  }],
  ["leaves out a payment of another order and stores the rest", {
    sentence: "A commit that adds it to another order is `Outdated`, also when both come at the same moment.",
    foundBy: "a payment that another order of the merchant has is not added, and nothing of the change is stored",
    change: (store) => ({
      commit: (commit) =>
        Effect.catchTag(store.commit(commit), "Outdated", (outdated) =>
          outdated.paymentId === undefined
            ? Effect.fail(outdated)
            : store.commit({
              ...commit,
              payments: commit.payments.filter((row) => row.paymentId !== outdated.paymentId)
            }))
    })
  }],
  ["lets an attempt change the shop's order although another one was faster", {
    sentence: "A commit that changes the shop's order succeeds only on its newest",
    foundBy: "is refused on an older revision, as the whole change is",
    change: (store) => ({
      commit: (commit) =>
        Effect.catchTag(
          store.commit(commit),
          "Outdated",
          (outdated) => outdated.isOfShopOrder ? store.commit(without(commit, "shopOrder")) : Effect.fail(outdated)
        )
    })
  }],
  ["forgets what a change makes of the shop's order", {
    sentence: "What the change makes of the shop's order, if it makes anything of it; counted as its next revision.",
    foundBy: "is what the last commit made of it, whichever attempt it was of",
    change: (store) => ({ commit: (commit) => store.commit(without(commit, "shopOrder")) })
  }],
  ["shows attempts that Docdata does not know", {
    sentence:
      "The shop's order as the last commit made it; revision 0 with the merchant's confirmed orders of that reference",
    foundBy: "is its confirmed orders, the oldest first, before anything changed",
    change: (store) => ({
      shopOrder: (name) =>
        Effect.gen(function*() {
          const { items } = yield* store.list({ merchants: [name.merchant], shopReference: name.shopReference }, {
            limit: 10
          })
          const stored = yield* store.shopOrder(name)
          return stored.revision > 0 ? stored : { ...stored, attempts: items.map((one) => attemptOf(one)) }
        })
    })
  }],
  ["forgets the events of a change", {
    sentence: "An event is stored in the same transaction as the change it tells of, with one delivery for each",
    foundBy: "stores events with ids from order, revision and position, and answers them",
    change: commits(() => ({ events: [] }))
  }],
  ["delivers every event to every subscriber", {
    sentence: "Who receives the events; each gets every event that it wants at least once.",
    foundBy: "opens deliveries only of the types that a subscriber wants",
    change: commits(({ subscribers }) => ({
      subscribers: subscribers.map((one) => typeof one === "string" ? one : { ...one, types: "all" as const })
    }))
  }],
  ["stores rows of other orders as the order's own", {
    sentence: "Rows that carry another order's key are left out by the store.",
    foundBy: "leaves out rows that carry another order's key, and drops the own key from the others",
    change: commits(({ payments }) => ({ payments: payments.map((row) => without(row, "orderKey")) }))
  }],
  ["forgets the trace of a change", {
    sentence: "The trace that led to the change, W3C `traceparent`; every event keeps it.",
    foundBy: "hands out the trace that the event was committed in",
    change: (store) => ({ commit: (commit) => store.commit(without(commit, "traceparent")) })
  }],
  ["stores a refund under a capture's reference", {
    sentence: "Modifications that changed; each replaces the one of the same kind and reference, the others stay.",
    foundBy: "a capture and a refund of one reference stand side by side, whatever becomes of either",
    change: commits(({ modifications }) => ({
      modifications: modifications.map((modification) => ({ ...modification, kind: "capture" as const }))
    }))
  }],
  ["takes an acknowledgement away with the next change", {
    sentence: "each replaces the one with its id, but for the acknowledgement, which stays as it is stored.",
    foundBy: "keep an acknowledgement that came in between",
    change: (store) => ({
      anomalies: (orderId) =>
        Effect.map(store.anomalies(orderId), (all) => all.map((anomaly) => without(anomaly, "acknowledged")))
    })
  }]
])

export const registrationFaults = faultsOf("OrderStore", [
  ["says of every reservation that it was written now", {
    sentence:
      "the same merchant and idempotency key answer with the order of the first call and `created: false`, also when " +
      "several call at once.",
    foundBy: "repeated by several at once is written once",
    change: (store) => ({
      reserve: (order) => Effect.map(store.reserve(order), (reservation) => ({ ...reservation, created: true }))
    })
  }],
  ["answers another request with the order of the first", {
    sentence: "The same key with another fingerprint is `AlreadyTaken`, and so is a reference of another order",
    foundBy: "refuses the same key with another fingerprint, and writes nothing",
    change: (store) => ({
      reserve: (order) =>
        Effect.catchTag(store.reserve(order), "AlreadyTaken", (taken) =>
          taken.what === "idempotency-key"
            ? Effect.map(
              Effect.orDie(store.read({ by: "id", id: taken.orderId })),
              ({ order: stored }) => ({ created: false, order: stored })
            )
            : Effect.fail(taken))
    })
  }],
  ["counts every attempt as the first", {
    sentence: "per merchant and shop reference, abandoned ones included.",
    foundBy: "counts the attempts for the same shop order from 1, abandoned ones included",
    change: (store) => ({
      reserve: (order) =>
        Effect.map(store.reserve(order), (reservation) => ({
          ...reservation,
          order: { ...reservation.order, orderAttempt: 1 }
        }))
    })
  }],
  ["publishes a repeated confirmation once more", {
    sentence: "Safe to repeat with the same key (answers the stored order, no second event);",
    foundBy: "confirm repeated with the same key answers the stored order and tells nothing twice",
    change: (store) => ({
      confirm: (confirmation) =>
        Effect.gen(function*() {
          const { order } = yield* store.read({ by: "id", id: confirmation.orderId })
          if (order.registration === "confirmed") yield* Effect.orDie(nothingNew(order.id, store))
          return yield* store.confirm(confirmation)
        })
    })
  }],
  ["takes no key for an order that was abandoned", {
    sentence: "An abandoned order can be confirmed too: a key proves that it exists, and hiding it would lose money.",
    foundBy: "confirm of an abandoned order is accepted: a key proves that it exists",
    change: (store) => ({
      confirm: (confirmation) =>
        Effect.flatMap(
          store.read({ by: "id", id: confirmation.orderId }),
          ({ order }) =>
            order.registration === "abandoned"
              ? Effect.fail(new AlreadyTaken({ what: "order-key", orderId: order.id }))
              : store.confirm(confirmation)
        )
    })
  }],
  ["gives an abandoned order a revision more each time", {
    sentence: "Anything but a reservation stays as it is, so repeating is safe; the answer says what is stored.",
    foundBy: "abandon repeated changes nothing",
    change: (store) => ({
      abandon: (orderId) =>
        Effect.gen(function*() {
          const { order } = yield* store.read({ by: "id", id: orderId })
          if (order.registration === "reserved") return yield* store.abandon(orderId)
          yield* Effect.orDie(nothingNew(orderId, store))
          return (yield* store.read({ by: "id", id: orderId })).order
        })
    })
  }]
])

/** One page that shows everything from the beginning again. */
export const readingFaults = faultsOf("OrderStore", [
  ["finds keys of every merchant", {
    sentence: "What is named by key or reference is found only within its merchant.",
    foundBy: "finds a key only within its merchant",
    change: (store) => ({
      read: (name, ids) => store.read(name.by === "key" ? { ...name, merchant: "shop" } : name, ids)
    })
  }],
  ["answers no rows of other orders", {
    sentence: "rows with these ids that belong to other orders of the same merchant come along with their owner's key",
    foundBy: "answers rows of other orders under the ids asked for with their owner's key",
    change: (store) => ({ read: (name) => store.read(name) })
  }],
  ["begins every page at the beginning", {
    sentence:
      "Lists are ordered as said and page by the last item of the page before, so that insertions never shift a page.",
    foundBy: "goes on after the last item of the page before",
    change: (store) => ({ list: (filter, { limit }) => store.list(filter, { limit }) })
  }],
  ["orders ids as a dictionary does", {
    sentence: "Where ids decide an order they are compared character by character by code point",
    foundBy: "orders what was created at the same instant by id, descending by code point",
    change: (store) => ({
      list: (filter, page) =>
        Effect.map(store.list(filter, page), ({ items, ...rest }) => ({
          ...rest,
          items: items.toSorted((a, b) => b.createdAtMs - a.createdAtMs || b.id.localeCompare(a.id, "en"))
        }))
    })
  }],
  ["answers nothing when fewer than one order is requested", {
    sentence: "larger requests get that many, requests below one get one.",
    foundBy: "due answers one order when fewer than one are requested",
    change: (store) => ({ due: (question) => question.limit < 1 ? Effect.succeed([]) : store.due(question) })
  }],
  ["shows all orders for an empty list of statuses", {
    sentence: "An empty list of merchants or statuses fits no order.",
    foundBy: "shows nothing for no merchants and for no statuses",
    change: (store) => ({
      list: ({ statuses, ...filter }, page) =>
        store.list(statuses === undefined || statuses.length === 0 ? filter : { ...filter, statuses }, page)
    })
  }],
  ["begins a refresh a moment after it was due", {
    sentence: "Confirmed orders whose next refresh is due at `nowMs` or before, the longest due first, then by id.",
    foundBy: "due answers whole orders whose time has come, that instant included",
    change: (store) => ({ due: (question) => store.due({ ...question, nowMs: question.nowMs - 1 }) })
  }],
  ["asks for the waiting and answers with all", {
    sentence: "`among` narrows them by the age that they had when it became due, whatever it is by now.",
    foundBy: "due among the waiting or of the first day goes by the age at which the check became due",
    change: (store) => ({ due: (question) => store.due(without(question, "among")) })
  }],
  ["pages reservations by time only", {
    sentence: "`after` goes on after that order.",
    foundBy: "unresolved goes on among those created at one instant, none twice and none left out",
    change: (store) => ({
      staleReservations: ({ after, ...question }) =>
        store.staleReservations(
          after === undefined ? question : { ...question, after: { ...after, id: "\u{10FFFF}" } }
        )
    })
  }],
  ["shows the last observation of a page again", {
    sentence: "`before` continues below that revision.",
    foundBy: "observations go on below the revision of the last item",
    change: (store) => ({
      observations: (id, { before, limit }) =>
        store.observations(id, before === undefined ? { limit } : { limit, before: before + 1 })
    })
  }],
  ["lists events by their time", {
    sentence: "Events of an order in the order they happened, by revision and position.",
    foundBy: "events come in the order of revision and position, not of time",
    change: (store) => ({
      events: (id) => Effect.map(store.events(id), (all) => all.toSorted((a, b) => a.occurredAtMs - b.occurredAtMs))
    })
  }]
])

export const moneyFaults = faultsOf("OrderStore", [
  ["counts a request against the limit only once it is stored", {
    sentence:
      "`limitMinor` is the most that all counting modifications of this kind and payment may add up to, this one " +
      "included.",
    foundBy: "intend takes exactly the limit and refuses one more, with what is left",
    change: (store) => ({
      intend: (modification, limitMinor) => store.intend(modification, limitMinor + modification.amountMinor)
    })
  }],
  ["lets several at once exceed the limit together", {
    sentence: "Checked and written as one step, so that several at once never exceed the limit together.",
    foundBy: "intend by several at once never exceeds the limit together",
    change: (store) => ({
      intend: (modification, limitMinor) =>
        Effect.gen(function*() {
          const stored = yield* store.modifications(modification.orderId)
          yield* Effect.yieldNow
          const taken = stored.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
          const fits = taken + modification.amountMinor <= limitMinor
          return yield* store.intend(modification, fits ? Number.MAX_SAFE_INTEGER : limitMinor)
        })
    })
  }],
  ["answers a repeated request with what it asks for now", {
    sentence: "the same reference again answers the stored one, whatever became of it, and the caller compares.",
    foundBy: "intend repeated answers the stored one, whatever it asks for now",
    change: (store) => ({
      intend: (modification, limitMinor) =>
        Effect.map(store.intend(modification, limitMinor), ({ created }) => ({ created, modification }))
    })
  }],
  ["says of every resolution that it moved something", {
    sentence:
      "Moves a modification on as `modificationMoves` says of its state and the cause; answers whether it moved.",
    foundBy: "resolve of an unknown modification, kind or order answers false",
    change: (store) => ({ resolve: (step) => Effect.as(store.resolve(step), true) })
  }],
  ["refuses a period to the order that has it", {
    sentence: "The same order asking again gets true again.",
    foundBy: "a period goes to the first order that asks, and to nobody else for ever",
    change: (store) => {
      const taken = new Set<string>()
      return {
        takePeriod: (claim) =>
          Effect.suspend(() => {
            const period = JSON.stringify(claim)
            if (taken.has(period)) return Effect.succeed(false)
            taken.add(period)
            return store.takePeriod(claim)
          })
      }
    }
  }],
  ["erases nothing", {
    sentence: "Removes personal data of an order: its observations become what `withoutPersonalData` makes of them",
    foundBy: "erase empties texts and reasons of every observation and leaves the rest",
    change: (store) => ({ erase: (id) => Effect.asVoid(store.read({ by: "id", id })) })
  }]
])
