/**
 * The clock of a simulator and the things that wait for their time.
 *
 * Embedded, the clock is virtual: it stands still until it is advanced. Served, it is the wall clock, and advancing it
 * only moves it ahead.
 */
import { dueItemsMax } from "./limits.ts"
import type { Notification } from "./notifications/Notification.ts"
import type { PaymentEvent } from "./order/PaymentEvent.ts"

/** Something that happens at a given time. */
type Due =
  | { readonly kind: "payment"; readonly paymentId: string; readonly event: PaymentEvent }
  | { readonly kind: "notification"; readonly notification: Notification }

export interface DueItem {
  readonly atMs: number
  /** Items of the same time happen in the order in which they were planned. */
  readonly sequence: number
  readonly due: Due
}

export interface TimelineState {
  readonly nowMs: number
  readonly sequence: number
  readonly items: ReadonlyArray<DueItem>
}

export interface Timeline {
  readonly nowMs: () => number
  readonly plan: (atMs: number, due: Due) => void
  /** Removes the items for which `select` holds and returns them. */
  readonly withdraw: (select: (item: DueItem) => boolean) => ReadonlyArray<DueItem>
  /** The earliest item not later than `untilMs`, taken off the list; a virtual clock moves to its time. */
  readonly take: (untilMs: number) => DueItem | undefined
  readonly nextAtMs: () => number | undefined
  /** Moves the clock forward; never backward. */
  readonly moveTo: (ms: number) => void
  readonly waiting: () => ReadonlyArray<DueItem>
  readonly state: () => TimelineState
  readonly restore: (state: TimelineState) => void
}

/** `wall` reads the real time; without it the clock is virtual and starts at `startMs`. */
export const makeTimeline = (options: { readonly startMs: number; readonly wall?: () => number }): Timeline => {
  let clockMs = options.startMs
  // What a served simulator was advanced by, on top of the real time.
  let aheadMs = 0
  let sequence = 0
  let items: ReadonlyArray<DueItem> = []
  const nowMs = (): number => options.wall === undefined ? clockMs : options.wall() + aheadMs
  const moveTo = (ms: number): void => {
    if (options.wall !== undefined) aheadMs += Math.max(0, ms - nowMs())
    clockMs = Math.max(clockMs, ms)
  }
  return {
    nowMs,
    plan: (atMs, due) => {
      if (items.length >= dueItemsMax) throw new Error(`more than ${dueItemsMax} things wait for their time`)
      const item = { atMs, sequence: sequence++, due }
      const later = items.findIndex((other) => other.atMs > atMs)
      items = later < 0 ? [...items, item] : items.toSpliced(later, 0, item)
    },
    withdraw: (select) => {
      const taken = items.filter(select)
      items = items.filter((item) => !select(item))
      return taken
    },
    take: (untilMs) => {
      const [first, ...rest] = items
      if (first === undefined || first.atMs > untilMs) return undefined
      items = rest
      moveTo(first.atMs)
      return first
    },
    nextAtMs: () => items[0]?.atMs,
    moveTo,
    waiting: () => items,
    state: () => ({ nowMs: nowMs(), sequence, items }),
    restore: (state) => {
      sequence = state.sequence
      items = state.items
    }
  }
}
