/**
 * Places for calls: so many at a time, so many per merchant, and merchants in turn.
 *
 * With one queue for all, a merchant who files ten thousand refunds makes everybody else wait for them. Here each
 * merchant has a queue of its own, and a free place goes to the next merchant in the round.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

export interface FairQueue {
  /**
   * Runs `use` in a place of `merchant`, when there is one. Fails with what `full` says if too many of this merchant
   * wait already, and with what `late` says if no place came in time. Interruption while waiting leaves the queue;
   * afterwards the place is given back.
   */
  readonly run: <A, E, R, E2>(
    merchant: string,
    patience: Patience<E2>,
    use: Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | E2, R>
}

/** How long a call waits. Calls that find a free place never ask. */
interface Patience<E> {
  readonly full: () => E
  readonly late: () => E
  /** Calls back when the wait has been too long, unless what it answers is called before. */
  readonly whenLate: (giveUp: () => void) => () => void
}

interface Waiter {
  /** Has its place; whoever gives up after this has to give it back. */
  served: boolean
  resume: (() => void) | undefined
}

export interface QueueLimits {
  readonly inFlightMax: number
  readonly inFlightPerMerchantMax: number
  readonly queueLengthMax: number
}

interface Lane {
  inFlight: number
  readonly waiting: Array<Waiter>
}

export const makeFairQueue = (limits: QueueLimits): FairQueue => {
  // Lanes in the order of their turns; one without calls is forgotten.
  const lanes = new Map<string, Lane>()
  let inFlight = 0

  const laneOf = (merchant: string): Lane => {
    const known = lanes.get(merchant)
    if (known !== undefined) return known
    const lane: Lane = { inFlight: 0, waiting: [] }
    lanes.set(merchant, lane)
    return lane
  }

  const take = (lane: Lane): void => {
    lane.inFlight += 1
    inFlight += 1
  }

  /** Gives the free places to the merchants whose turn it is; each one served goes to the end of the round. */
  const serve = (): void => {
    for (const [merchant, lane] of lanes) {
      if (inFlight >= limits.inFlightMax) return
      if (lane.inFlight >= limits.inFlightPerMerchantMax) continue
      const waiter = lane.waiting.shift()
      if (waiter === undefined) continue
      lanes.delete(merchant)
      lanes.set(merchant, lane)
      take(lane)
      waiter.served = true
      waiter.resume?.()
    }
  }

  const release = (merchant: string, lane: Lane): void => {
    lane.inFlight -= 1
    inFlight -= 1
    serve()
    if (lane.inFlight === 0 && lane.waiting.length === 0 && lanes.get(merchant) === lane) lanes.delete(merchant)
  }

  const giveUp = (merchant: string, lane: Lane, waiter: Waiter): void => {
    if (waiter.served) release(merchant, lane)
    else lane.waiting.splice(lane.waiting.indexOf(waiter), 1)
  }

  const waitFor = <E>(waiter: Waiter, { late, whenLate }: Patience<E>): Effect.Effect<void, E> =>
    Effect.callback<void, E>((resume) => {
      // Served between joining the queue and listening for it.
      if (waiter.served) return resume(Effect.void)
      const forget = whenLate(() => resume(Effect.fail(late())))
      waiter.resume = () => {
        forget()
        resume(Effect.void)
      }
      return Effect.sync(forget)
    })

  const run: FairQueue["run"] = (merchant, patience, use) =>
    Effect.uninterruptibleMask((restore) => {
      const lane = laneOf(merchant)
      const inPlace = Effect.onExit(restore(use), () => {
        release(merchant, lane)
        return Effect.void
      })
      const mayStart = inFlight < limits.inFlightMax && lane.inFlight < limits.inFlightPerMerchantMax
      if (mayStart && lane.waiting.length === 0) {
        take(lane)
        return inPlace
      }
      if (lane.waiting.length >= limits.queueLengthMax) return Effect.fail(patience.full())
      const waiter: Waiter = { served: false, resume: undefined }
      lane.waiting.push(waiter)
      const waited = Effect.onExit(
        restore(waitFor(waiter, patience)),
        (exit) => Exit.isSuccess(exit) ? Effect.void : Effect.sync(() => giveUp(merchant, lane, waiter))
      )
      return Effect.andThen(waited, inPlace)
    })

  return { run }
}
