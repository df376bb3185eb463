/**
 * The handlers of notifications that no refresh could follow.
 */
import { BackgroundWork, type DeadLetteredItem, Inbox, pageSizeMax } from "@docdata/application"
import { apiOf, Caller, type Notification, NotificationsGroup, problem } from "@docdata/contract"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { operating, speaksFor } from "../access/authorize.ts"
import { instantView } from "../views/moneyView.ts"
import { storeProblemOf } from "./problemOf.ts"
import { seenMerchants } from "./seenMerchants.ts"

const notificationView = (item: DeadLetteredItem): typeof Notification.Type => ({
  id: item.id,
  merchant: item.merchant,
  orderReference: item.orderReference,
  reason: item.reason,
  deadLetteredAt: instantView(item.deadLetteredAtMs),
  firstReceivedAt: instantView(item.firstReceivedAtMs),
  lastReceivedAt: instantView(item.lastReceivedAtMs),
  notificationCount: item.notificationCount,
  attemptCount: item.attempts
})

const newest = Effect.flatMap(Inbox, (inbox) => Effect.mapError(inbox.deadLettered(pageSizeMax), storeProblemOf))

const api = apiOf(NotificationsGroup)

export const notificationsRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "notifications", (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.notifications.list")(function*({ query }) {
        const { merchants } = yield* seenMerchants(yield* Caller, query.merchant)
        const items = yield* newest
        const seen = items.filter(({ merchant }) => merchants?.includes(merchant) ?? true)
        return { notifications: seen.map(notificationView), more: items.length === pageSizeMax }
      }),
      retry: Effect.fn("http.notifications.retry")(function*({ params: { notificationId } }) {
        const caller = yield* operating
        // One of another merchant is not there, as far as the caller can tell.
        const isVisible = caller.merchants === "all" ||
          (yield* newest).some(({ id, merchant }) => id === notificationId && speaksFor(caller, merchant))
        const nowMs = yield* Clock.currentTimeMillis
        const isWaiting = isVisible &&
          (yield* Effect.mapError((yield* Inbox).retryDeadLetter(notificationId, nowMs), storeProblemOf))
        if (!isWaiting) {
          return yield* Effect.fail(problem("notification-not-found", "no notification of your merchants has this id"))
        }
        yield* (yield* BackgroundWork).wake("inbox")
      })
    }))
)
