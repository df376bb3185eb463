/**
 * Leaves one line in the log for a request of a known caller that came to nothing, so that whoever runs the service sees
 * that a shop cannot sell. It names account, operation and code; what was sent is the shopper's and stays out.
 */
import { type Caller, type Problem, problemCatalogue } from "@docdata/contract"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { hasProperty } from "effect/Predicate"

/** What becomes known of a request while it is worked on. */
interface Known {
  caller?: Caller["Service"]
  merchant?: string
}

/** One for each request that is logged when it is refused. */
const KnownOfRequest = Context.Reference<Known>("@docdata/http/KnownOfRequest", { defaultValue: () => ({}) })

/** Notes who asks, or for which account. */
export const noteOfRequest = (more: Known): Effect.Effect<void> =>
  Effect.map(KnownOfRequest, (known) => {
    Object.assign(known, more)
  })

interface RequestedOperation {
  readonly operation: string
  /** A request that changes nothing may ask for what is not there as often as it likes. */
  readonly onlyReads: boolean
}

const onlyOf = ({ merchants }: Caller["Service"]): string | undefined =>
  merchants !== "all" && merchants.length === 1 ? merchants[0] : undefined

const isProblem = (failure: unknown): failure is Problem =>
  hasProperty(failure, "code") && Object.hasOwn(problemCatalogue, String(failure.code))

/** Without a known key there are no lines, nor beyond its limit: anybody could fill the log. */
const isWorthALine = ({ code, status }: Problem, { onlyReads }: RequestedOperation): boolean =>
  status >= 500 || (!onlyReads && code !== "rate-limited")

export const logRefusal = <A, E, R>(answer: Effect.Effect<A, E, R>, requested: RequestedOperation) =>
  Effect.suspend(() => {
    const known: Known = {}
    return answer.pipe(
      Effect.tapError((refusal) => {
        const { caller, merchant = caller && onlyOf(caller) } = known
        if (caller === undefined || !isProblem(refusal) || !isWorthALine(refusal, requested)) return Effect.void
        return Effect.logInfo("a request was refused", {
          operation: requested.operation,
          code: refusal.code,
          key: caller.keyId,
          ...(merchant === undefined ? {} : { merchant })
        })
      }),
      Effect.provideService(KnownOfRequest, known)
    )
  })
