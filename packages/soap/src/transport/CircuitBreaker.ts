/**
 * Leaves a host alone that does not answer, and finds out with a single call when it does again.
 *
 * An answer is an answer: a rejected request, a refused payment or a SOAP fault shows that the host is there and
 * closes the circuit. Time is an argument, so that the caller's clock decides.
 */

/** What a call may do: go (as a probe or not), or come back later. */
type Admission =
  | { readonly _tag: "Go"; readonly probe: boolean }
  | { readonly _tag: "Open"; readonly retryAfterMs: number }

/** How a call that went ended. `none` when it was interrupted or refused elsewhere and says nothing. */
export type Outcome = "answered" | "outage" | "none"

export interface CircuitBreaker {
  readonly enter: (nowMs: number) => Admission
  readonly leave: (probe: boolean, outcome: Outcome, nowMs: number) => void
}

export const makeCircuitBreaker = (
  { breakerFailuresMax, breakerOpenMs }: { readonly breakerFailuresMax: number; readonly breakerOpenMs: number }
): CircuitBreaker => {
  let failures = 0
  let openUntilMs: number | undefined
  let probing = false

  const enter = (nowMs: number): Admission => {
    if (openUntilMs === undefined) return { _tag: "Go", probe: false }
    if (nowMs < openUntilMs) return { _tag: "Open", retryAfterMs: openUntilMs - nowMs }
    // Others wait for the probe's outcome; how long it takes nobody knows, so they are told the usual pause.
    if (probing) return { _tag: "Open", retryAfterMs: breakerOpenMs }
    probing = true
    return { _tag: "Go", probe: true }
  }

  const leave = (probe: boolean, outcome: Outcome, nowMs: number): void => {
    if (probe) probing = false
    switch (outcome) {
      case "answered":
        failures = 0
        openUntilMs = undefined
        return
      case "outage":
        failures += 1
        // Calls that were under way when the circuit opened do not keep pushing its end away.
        if (probe || (openUntilMs === undefined && failures >= breakerFailuresMax)) openUntilMs = nowMs + breakerOpenMs
        return
      case "none":
    }
  }

  return { enter, leave }
}
