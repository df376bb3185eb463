/**
 * Faults of the event feed, of webhook endpoints and their log, of anomalies and of backlogs.
 */
import { type FeedPage, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import { faultsOf, without } from "./PlantedFault.ts"

export const feedFaults = faultsOf("EventFeed", [
  ["looks on until something fits", {
    sentence: "entries of the next {@link feedPositionsMax} places; of one order, of all that follow.",
    foundBy: "a page looks at no more than 5000 places, also if nothing there fits, and the next one goes on",
    change: (feed) => ({
      read: (question) =>
        Effect.gen(function*() {
          let page: FeedPage = yield* feed.read(question)
          while (page.entries.length === 0 && page.more) page = yield* feed.read({ ...question, after: page.next })
          return page
        })
    })
  }],
  ["goes on one place too early", {
    sentence: "Whoever goes on with `next` gets every event once.",
    foundBy: "pages show every event once, in the order of its order",
    change: (feed) => {
      // Shows one event twice, and then goes on.
      let isFirst = true
      return {
        read: (question) =>
          Effect.map(feed.read(question), (page) => {
            if (!isFirst || page.next === 0) return page
            isFirst = false
            return { ...page, next: page.next - 1 }
          })
      }
    }
  }],
  ["numbers the places of each page anew", {
    sentence: "An event gets its place once, and never another one; no two have the same.",
    foundBy: "shows every event as it is stored, in rising places, and the same ones again",
    change: (feed) => ({
      read: (question) =>
        Effect.map(feed.read(question), (page) => ({
          ...page,
          entries: page.entries.map((entry) => ({ ...entry, feedPosition: 1 }))
        }))
    })
  }],
  ["says for ever that something follows", {
    sentence: "False at the end: nothing follows `next` for now.",
    foundBy: "pages of a feed that was not read for long do not end before its end",
    change: (feed) => ({ read: (question) => Effect.map(feed.read(question), (page) => ({ ...page, more: true })) })
  }],
  ["takes an empty list for no list", {
    sentence: "An empty list fits nothing.",
    foundBy: "every field of the question narrows, and the way goes on behind what it leaves out",
    change: (feed) => ({
      read: ({ merchants, ...question }) =>
        feed.read(merchants === undefined || merchants.length === 0 ? question : { ...question, merchants })
    })
  }]
])

export const webhookFaults = faultsOf("WebhookEndpoints", [
  ["rotates whatever version it is asked to rotate from", {
    sentence: "Only from the given version, so that of two at once one rotates; the answer is the endpoint as it is " +
      "afterwards",
    foundBy: "rotate from another version than the stored one changes nothing, and answers what is stored",
    change: (store) => ({
      rotate: (rotation) =>
        Effect.flatMap(
          store.find(rotation.id),
          (endpoint) => store.rotate({ ...rotation, fromVersion: endpoint?.keyVersion ?? rotation.fromVersion })
        )
    })
  }],
  ["gives a disabled endpoint the latest reason", {
    sentence: "The first reason stays, so repeating is safe.",
    foundBy: "disable keeps the first reason; enable takes it away with the failures, and keeps the last success",
    change: (store) => ({
      disable: (id, disabled) =>
        Effect.map(store.disable(id, disabled), (endpoint) => endpoint && { ...endpoint, disabled })
    })
  }],
  ["keeps the failures of an endpoint that is enabled", {
    sentence: "Lets messages go again; failures so far are forgotten",
    foundBy: "disable keeps the first reason; enable takes it away with the failures, and keeps the last success",
    change: (store) => ({
      enable: (id, atMs) =>
        Effect.gen(function*() {
          const before = yield* store.find(id)
          const after = yield* store.enable(id, atMs)
          return before && after && { ...after, health: before.health }
        })
    })
  }],
  ["makes room by removing the oldest", {
    sentence:
      "There are at most {@link endpointsMax} for a merchant, and as many for all merchants together, so lists come",
    foundBy: "there are at most 100, and room again after one was removed",
    change: (store) => ({
      add: (endpoint) =>
        Effect.catchTag(store.add(endpoint), "TooManyEndpoints", () =>
          Effect.gen(function*() {
            const [oldest] = yield* store.all()
            yield* store.remove(oldest?.id ?? "")
            return yield* store.add(endpoint)
          }))
    })
  }],
  ["lists the newest endpoint first", {
    sentence: "All of them, oldest first, then by id.",
    foundBy: "all come oldest first, then by id",
    change: (store) => ({ all: () => Effect.map(store.all(), (all) => all.toReversed()) })
  }]
])

export const logFaults = faultsOf("DeliveryLog", [
  ["keeps one attempt too few", {
    sentence: "Of a delivery the newest {@link attemptsKept} attempts are kept, and none without a delivery.",
    foundBy: "of a delivery the newest 50 attempts are kept",
    change: (log) => ({
      attempts: (subscriber, eventId) => Effect.map(log.attempts(subscriber, eventId), (all) => all.slice(-49))
    })
  }],
  ["lists the latest attempt first", {
    sentence: "The attempts of a delivery, oldest first.",
    foundBy: "attempts of a delivery come oldest first, apart by subscriber and event",
    change: (log) => ({
      attempts: (subscriber, eventId) => Effect.map(log.attempts(subscriber, eventId), (all) => all.toReversed())
    })
  }]
])

export const anomalyFaults = faultsOf("Anomalies", [
  ["raises again what stands", {
    sentence:
      "Of one merchant, kind and subject without an order at most one stands, also when several raise it at once.",
    foundBy: "one is raised once while it stands, acknowledged or not",
    change: (anomalies) => ({
      raise: (anomaly) =>
        Effect.andThen(
          anomalies.resolve({ ...anomaly, atMs: anomaly.raisedAtMs }),
          anomalies.raise(anomaly)
        )
    })
  }],
  ["begins every page of anomalies at the beginning", {
    sentence: "Newest first (raised, then id, descending), at most `pageSizeMax`.",
    foundBy: "pages go on after their last item, also among those raised at once",
    change: (anomalies) => ({ list: (filter, { limit }) => anomalies.list(filter, { limit }) })
  }],
  ["shows anomalies of every merchant", {
    sentence: "With `merchants` given, nothing of any other merchant is seen or changed.",
    foundBy: "of given merchants shows nothing of others and nothing of the whole service",
    change: (anomalies) => ({ list: (filter, page) => anomalies.list(without(filter, "merchants"), page) })
  }],
  ["answers the latest acknowledgement", {
    sentence: "Safe to repeat: the first acknowledgement stays, and the answer shows it.",
    foundBy: "an acknowledgement says who, when and why; the first one stays",
    change: (anomalies) => ({
      acknowledge: (request) =>
        Effect.map(anomalies.acknowledge(request), (anomaly) => ({ ...anomaly, acknowledged: request.acknowledged }))
    })
  }],
  ["says that it resolved what does not stand", {
    sentence: "Resolves the standing one of no order. False if none stands.",
    foundBy: "a resolved one is over, and may be raised again",
    change: (anomalies) => ({ resolve: (which) => Effect.as(anomalies.resolve(which), true) })
  }]
])

export const backlogFaults = faultsOf("Backlogs", [
  ["measures a check before it is due", {
    sentence: "Checks of a merchant that are due at `nowMs`, by when they became due.",
    foundBy: "checks of a merchant count from the instant they are due",
    change: (backlogs) => ({ refreshes: ({ merchant, nowMs }) => backlogs.refreshes({ merchant, nowMs: nowMs + 1 }) })
  }],
  ["adds what was given up to what waits", {
    sentence: "Notifications that were not refreshed, by their first reception.",
    foundBy:
      "notifications wait until they are acknowledged, the oldest by its first reception; dead-lettered ones are apart",
    change: (backlogs) => ({
      inbox: () =>
        Effect.map(backlogs.inbox(), (all) => ({ ...all, open: Math.min(pageSizeMax, all.open + all.deadLettered) }))
    })
  }]
])
