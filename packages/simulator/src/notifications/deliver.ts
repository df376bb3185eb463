/** Sends a notification that is due, and plans the next attempt if it was not answered with 200. */
import { notificationAttemptsMax } from "../limits.ts"
import type { World } from "../World.ts"
import { getOnLoopback } from "./loopback.ts"
import type { Notification, NotificationAttempt } from "./Notification.ts"
import { retryAfterMs } from "./Notification.ts"

/** Delivers all copies at once, unless `signal` ends it; the notification counts as delivered if the last of them was. */
export const deliver = async (world: World, notification: Notification, signal: AbortSignal): Promise<void> => {
  const results = await Promise.all(
    Array.from({ length: notification.copies }, () => getOnLoopback(notification.url, { signal }))
  )
  const { attempt, number, orderKey, reference } = notification
  for (const result of results) {
    const outcome: NotificationAttempt["outcome"] = "status" in result
      ? { kind: "answered", status: result.status }
      : { kind: "undelivered", reason: result.failed }
    world.recordAttempt({ atMs: world.nowMs, number, orderKey, reference, attempt, outcome })
  }
  const last = results.at(-1)
  const isDelivered = last !== undefined && "status" in last && last.status === 200
  const waitMs = retryAfterMs[attempt - 1]
  if (isDelivered) return
  if (attempt >= notificationAttemptsMax || waitMs === undefined) {
    // The real provider sends an e-mail to the merchant's contact at this point.
    world.note({ orderKey, what: `notification ${number} given up after ${attempt} attempts` })
    return
  }
  world.timeline.plan(world.nowMs + waitMs, {
    kind: "notification",
    notification: { ...notification, copies: 1, attempt: attempt + 1 }
  })
}
