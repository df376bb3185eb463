/**
 * Tells the log of faults: whoever called only learns that there was one.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"

/** For every route. Requests are not logged: their addresses and bodies may be personal data. */
export const reportFaults = HttpRouter.middleware(
  (answer) =>
    Effect.tapCause(
      answer,
      (cause) => cause.reasons.some(Cause.isDieReason) ? Effect.logError("a fault of the service", cause) : Effect.void
    ),
  { global: true }
)
