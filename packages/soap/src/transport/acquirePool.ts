/**
 * The connections to one origin.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { Pool } from "undici"
import type { Endpoint } from "./Endpoint.ts"
import type { TransportLimits } from "./Limits.ts"
import { rememberAddress } from "./rememberAddress.ts"

// More than our own connect deadline, which is the one that counts: this only ends sockets nobody waits for any more.
const connectBackstop = 2

const openPool = (endpoint: Endpoint, limits: TransportLimits): Pool =>
  new Pool(endpoint.origin, {
    connections: limits.inFlightMax,
    // One request per connection at a time: with two, a reset would leave two calls unknown.
    pipelining: 1,
    connect: { timeout: limits.connectMs * connectBackstop, lookup: rememberAddress(() => performance.now()) },
    // All deadlines are the caller's clock's; undici's restart with every chunk and never end a dripping reply.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: limits.replyBytesMax,
    allowH2: false
  })

export interface AcquiredPool {
  readonly pool: Pool
  /** True once the end has begun: no new calls. */
  readonly isClosed: () => boolean
  /** Begins the end early, for those who end several at once. */
  readonly takeNoMore: () => void
  /** Makes the end wait for this call. */
  readonly underWay: <A, E, R>(call: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

/**
 * Closing the scope refuses new calls at once, waits for those under way, no longer than a call may take, and then
 * destroys every connection. undici's own graceful end would also wait for requests that were given up.
 */
export const acquirePool = (
  endpoint: Endpoint,
  limits: TransportLimits
): Effect.Effect<AcquiredPool, never, Scope.Scope> =>
  Effect.suspend(() => {
    let isClosed = false
    let callCount = 0
    let onIdle: (() => void) | undefined
    const underWay: AcquiredPool["underWay"] = (call) =>
      Effect.uninterruptibleMask((restore) => {
        callCount += 1
        return Effect.onExit(restore(call), () => {
          callCount -= 1
          if (callCount === 0) onIdle?.()
          return Effect.void
        })
      })
    const idle = Effect.callback<void>((resume) => {
      if (callCount === 0) resume(Effect.void)
      else onIdle = () => resume(Effect.void)
    })
    const opened = Effect.sync((): AcquiredPool => ({
      pool: openPool(endpoint, limits),
      isClosed: () => isClosed,
      takeNoMore: () => {
        isClosed = true
      },
      underWay
    }))
    return Effect.acquireRelease(opened, ({ pool }) => {
      isClosed = true
      const waited = Effect.timeoutOrElse(idle, { duration: limits.totalMs, orElse: () => Effect.void })
      return Effect.andThen(waited, Effect.promise(() => pool.destroy()))
    })
  })
