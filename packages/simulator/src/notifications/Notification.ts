/** A status notification on its way to the merchant, the faults that can befall it, and the record of each attempt. */

export interface Notification {
  readonly number: number
  readonly orderKey: string
  readonly reference: string
  /** The update URL with the reference appended. */
  readonly url: string
  /** 1 for the first try. */
  readonly attempt: number
  /** How many are sent at the same moment. */
  readonly copies: number
  /** Held back until the next one has gone. */
  readonly heldBack: boolean
}

/** What happens to the next notifications, in the order planned; each entry is used `times` times. */
export type NotificationFault =
  & {
    readonly times?: number
    /** Only notifications about this order; about any if absent. */
    readonly orderKey?: string
  }
  & (
    /** Never sent; the provider believes it was delivered. */
    | { readonly kind: "lost" }
    /** Sent once more, `copies` times in all, each `gapMs` after the one before. */
    | { readonly kind: "duplicate"; readonly copies?: number; readonly gapMs?: number }
    /** Sent `copies` times at the same moment. */
    | { readonly kind: "concurrent"; readonly copies?: number }
    | { readonly kind: "delayed"; readonly byMs: number }
    /** Sent right after the notification that comes next, or an hour later if none comes. */
    | { readonly kind: "reordered" }
  )

/** One attempt, or the loss of one, as the notification log keeps it. */
export interface NotificationAttempt {
  readonly atMs: number
  readonly number: number
  readonly orderKey: string
  readonly reference: string
  readonly attempt: number
  /** What the receiver answered; `undelivered` is a connection that failed or a receiver that did not answer. */
  readonly outcome:
    | { readonly kind: "answered"; readonly status: number }
    | { readonly kind: "undelivered"; readonly reason: string }
    | { readonly kind: "lost" }
}

const minute = 60_000
const hour = 60 * minute

/** After a change of state the provider needs a moment; long enough here that a shopper can be back first. Invented. */
export const notifyAfterMs = 2_000

/**
 * Waiting times before the second, third, ... attempt. The spacing of API 1.3 is not documented (older manuals say
 * three a day); this one starts fast so that a short outage heals soon, and ends after about a day and a half.
 */
export const retryAfterMs: ReadonlyArray<number> = [
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  8 * hour,
  8 * hour,
  8 * hour
]

/** A held-back notification that nothing follows is sent after this. */
export const heldBackForMs = hour
