/**
 * One try to hand an event over, and what it says of the endpoint.
 */
import type { EndpointHealth } from "./StoredEndpoint.ts"

/** One try to hand an event over. The same instant again is the same attempt. */
export interface DeliveryAttempt {
  readonly subscriber: string
  readonly eventId: string
  readonly atMs: number
  readonly durationMs: number
  /** The status that was answered, or a word for what came instead: `timeout`, `ECONNREFUSED`. */
  readonly outcome: { readonly status: number } | { readonly fault: string }
}

/** The subscriber has the event: it answered with 2xx. */
export const hasSucceeded = ({ outcome }: Pick<DeliveryAttempt, "outcome">): boolean =>
  "status" in outcome && outcome.status >= 200 && outcome.status < 300

/** How a try went, whoever it was for. */
export type Tried = Pick<DeliveryAttempt, "atMs" | "durationMs" | "outcome">

/** The health of an endpoint after an attempt at it. */
export const healthAfter = (
  before: EndpointHealth,
  attempt: Pick<DeliveryAttempt, "atMs" | "outcome">
): EndpointHealth => {
  if (hasSucceeded(attempt)) return { lastSuccessAtMs: attempt.atMs, consecutiveFailures: 0 }
  return {
    ...before,
    failingSinceMs: before.failingSinceMs ?? attempt.atMs,
    consecutiveFailures: before.consecutiveFailures + 1
  }
}
