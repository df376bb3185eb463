/** Plans a notification for a change of an order, with the fault that is due, if any. */
import type { Order } from "../order/Order.ts"
import type { Timeline } from "../Timeline.ts"
import type { Notification, NotificationAttempt, NotificationFault } from "./Notification.ts"
import { heldBackForMs, notifyAfterMs } from "./Notification.ts"

/** The faults still to come, and a counter; belongs to the simulator's state. */
export interface NotificationPlan {
  readonly faults: ReadonlyArray<NotificationFault>
  readonly sentCount: number
}

export interface Announcement {
  readonly plan: NotificationPlan
  /** A lost notification leaves only this trace. */
  readonly lost?: NotificationAttempt
}

const nextFault = (
  faults: ReadonlyArray<NotificationFault>,
  orderKey: string
): readonly [NotificationFault | undefined, ReadonlyArray<NotificationFault>] => {
  const at = faults.findIndex((fault) => fault.orderKey === undefined || fault.orderKey === orderKey)
  const found = faults[at]
  if (found === undefined) return [undefined, faults]
  const times = (found.times ?? 1) - 1
  return [found, faults.toSpliced(at, 1, ...(times > 0 ? [{ ...found, times }] : []))]
}

/** Plans what the provider sends to `updateUrl` about `order`. */
export const announce = (
  order: Order,
  target: { readonly updateUrl: string; readonly timeline: Timeline },
  plan: NotificationPlan
): Announcement => {
  const { timeline, updateUrl } = target
  const [fault, faults] = nextFault(plan.faults, order.key)
  const number = plan.sentCount + 1
  const next: NotificationPlan = { faults, sentCount: number }
  const notification: Notification = {
    number,
    orderKey: order.key,
    reference: order.reference,
    url: `${updateUrl}${encodeURIComponent(order.reference)}`,
    attempt: 1,
    copies: 1,
    heldBack: false
  }
  const atMs = timeline.nowMs() + notifyAfterMs
  const send = (when: number, changes: Partial<Notification> = {}): void =>
    timeline.plan(when, { kind: "notification", notification: { ...notification, ...changes } })
  const releaseHeldBack = (): void => {
    const held = timeline.withdraw(({ due }) => due.kind === "notification" && due.notification.heldBack)
    for (const { due } of held) {
      if (due.kind === "notification") {
        timeline.plan(atMs + 1, { kind: "notification", notification: { ...due.notification, heldBack: false } })
      }
    }
  }
  switch (fault?.kind) {
    case undefined:
      send(atMs)
      releaseHeldBack()
      return { plan: next }
    case "lost": {
      const { orderKey, reference } = notification
      return {
        plan: next,
        lost: { atMs: timeline.nowMs(), number, orderKey, reference, attempt: 1, outcome: { kind: "lost" } }
      }
    }
    case "duplicate":
      for (let copy = 0; copy < (fault.copies ?? 2); copy += 1) send(atMs + copy * (fault.gapMs ?? 1_000))
      releaseHeldBack()
      return { plan: next }
    case "concurrent":
      send(atMs, { copies: fault.copies ?? 2 })
      releaseHeldBack()
      return { plan: next }
    case "delayed":
      send(atMs + fault.byMs)
      releaseHeldBack()
      return { plan: next }
    case "reordered":
      send(atMs + heldBackForMs, { heldBack: true })
      return { plan: next }
  }
}
