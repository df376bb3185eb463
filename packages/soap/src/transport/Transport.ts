/**
 * Bytes to Docdata and back: places, circuit breaker, deadline, repetition. Knows HTTP, not SOAP.
 *
 * Order of the guards for one attempt: a place in the merchant's turn, the host's circuit, the connection. Only calls
 * that change nothing are attempted again, with full jitter, while the budget and the deadline allow it.
 */
import type { Operation } from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import type * as Scope from "effect/Scope"
import type { Pool } from "undici"
import { acquirePool } from "./acquirePool.ts"
import { type AttemptMeter, makeAttemptMeter } from "./AttemptMeter.ts"
import { type CircuitBreaker, makeCircuitBreaker, type Outcome } from "./CircuitBreaker.ts"
import { type Deadlines, makeDeadlines } from "./Deadlines.ts"
import { dispatchOnce, type HttpAnswer } from "./dispatchOnce.ts"
import type { Endpoint } from "./Endpoint.ts"
import { type FairQueue, makeFairQueue } from "./FairQueue.ts"
import type { TransportLimits } from "./Limits.ts"
import { monotonicMs } from "./monotonicMs.ts"
import type { Failed } from "./obstacleOf.ts"
import { makeRetryBudget, type RetryBudget } from "./RetryBudget.ts"

interface Post {
  readonly operation: Operation
  /** Whose turn it is. */
  readonly merchant: string
  readonly soapAction: string
  readonly body: string
  /** Whether the call changes nothing and may be attempted again. */
  readonly repeatable: boolean
}

/** How it went, in any case. Instants in milliseconds since the epoch, the rest in milliseconds. */
interface Course {
  readonly attempts: number
  readonly startedAtMs: number
  readonly finishedAtMs: number
  readonly queuedMs: number
  readonly firstByteMs?: number
  readonly totalMs: number
}

interface TransportObstacle extends Failed {
  readonly retryAfterMs?: number
}

/**
 * What an answer turned out to be. `Read` ends the call; with `healthy: false` it counts against the host all the same.
 * `Unusable` is a failed attempt.
 */
export type Reading<A> =
  | { readonly _tag: "Read"; readonly value: A; readonly healthy: boolean }
  | { readonly _tag: "Unusable"; readonly failed: TransportObstacle }

export type PostResult<A> =
  | { readonly _tag: "Answered"; readonly value: A; readonly course: Course }
  | { readonly _tag: "Failed"; readonly failed: TransportObstacle; readonly course: Course }

export interface Transport {
  /** Posts and reads. Never fails: a failure is a result, so that it comes with its course. */
  readonly post: <A>(post: Post, read: (answer: HttpAnswer) => Reading<A>) => Effect.Effect<PostResult<A>>
  /** From now on every new call fails with `closed`. */
  readonly takeNoMore: () => void
}

/** One call on its way through the guards. */
class Call<A> {
  attempts = 0
  queuedMs = 0
  startedAtMs: number
  #attemptBeganMs: number
  readonly #beganMs: number
  readonly #clock: Clock.Clock
  readonly #host: Host
  readonly #post: Post
  readonly #read: (answer: HttpAnswer) => Reading<A>

  constructor(host: Host, clock: Clock.Clock, [post, read]: readonly [Post, (answer: HttpAnswer) => Reading<A>]) {
    this.#host = host
    this.#clock = clock
    this.#post = post
    this.#read = read
    this.#beganMs = monotonicMs(clock)
    this.#attemptBeganMs = this.#beganMs
    this.startedAtMs = clock.currentTimeMillisUnsafe()
  }

  /** All attempts and the pauses between them. */
  run(): Effect.Effect<PostResult<A>> {
    return Effect.matchEffect(this.#inTurn(), {
      onSuccess: ([value, answer]): Effect.Effect<PostResult<A>> =>
        Effect.succeed({ _tag: "Answered", value, course: this.#course(answer) }),
      onFailure: (failed) =>
        Effect.flatMap(this.#pauseAfter(failed), (pauseMs): Effect.Effect<PostResult<A>> =>
          pauseMs === undefined
            ? Effect.succeed({ _tag: "Failed", failed, course: this.#course(undefined) })
            : Effect.andThen(Effect.sleep(pauseMs), Effect.suspend(() => this.run())))
    })
  }

  #spentMs(): number {
    return monotonicMs(this.#clock) - this.#beganMs
  }

  /** When the whole call is over, in the clock's monotonic milliseconds. */
  get #endMs(): number {
    return this.#beganMs + this.#host.limits.totalMs
  }

  #inTurn(): Effect.Effect<readonly [A, HttpAnswer, healthy: boolean], TransportObstacle> {
    return this.#host.queue.run(this.#post.merchant, {
      full: (): TransportObstacle => ({ obstacle: "queue-full", sent: "not-sent", passing: true }),
      late: (): TransportObstacle => ({ obstacle: "deadline", sent: "not-sent", passing: true }),
      whenLate: (giveUp) =>
        this.#host.deadlines.watch(this.#clock, this.#endMs, () => {
          giveUp()
          return undefined
        })
    }, Effect.suspend(() => this.#throughCircuit()))
  }

  #throughCircuit(): Effect.Effect<readonly [A, HttpAnswer, healthy: boolean], TransportObstacle> {
    const { breaker, isClosed } = this.#host
    if (isClosed()) return Effect.fail({ obstacle: "closed", sent: "not-sent", passing: false })
    this.#attemptBeganMs = monotonicMs(this.#clock)
    if (this.attempts === 0) this.queuedMs = this.#spentMs()
    const admission = breaker.enter(this.#attemptBeganMs)
    if (admission._tag === "Open") {
      const { retryAfterMs } = admission
      return Effect.fail({ obstacle: "circuit-open", sent: "not-sent", passing: true, retryAfterMs })
    }
    return Effect.onExit(this.#attempt(), (exit) => {
      breaker.leave(admission.probe, this.#outcomeOf(exit), monotonicMs(this.#clock))
      return Effect.void
    })
  }

  /** What an attempt says about the host. */
  #outcomeOf(exit: Exit.Exit<readonly [A, HttpAnswer, healthy: boolean], TransportObstacle>): Outcome {
    if (Exit.isSuccess(exit)) return exit.value[2] ? "answered" : "outage"
    const failed = Option.getOrUndefined(Exit.findErrorOption(exit))
    if (failed === undefined) return "none"
    // A call that spent its time in the queue has little left for the host, whose fault that is not.
    const attemptMs = monotonicMs(this.#clock) - this.#attemptBeganMs
    return failed.obstacle === "deadline" && attemptMs < this.#host.limits.totalMs / 2 ? "none" : "outage"
  }

  #attempt(): Effect.Effect<readonly [A, HttpAnswer, healthy: boolean], TransportObstacle> {
    const { deadlines, endpoint, limits, meter, pool } = this.#host
    this.attempts += 1
    this.startedAtMs = this.#clock.currentTimeMillisUnsafe()
    const once = dispatchOnce(pool, {
      path: endpoint.path,
      soapAction: this.#post.soapAction,
      body: this.#post.body,
      connectByMs: this.#attemptBeganMs + limits.connectMs,
      endMs: this.#endMs,
      replyBytesMax: limits.replyBytesMax,
      nowMs: () => monotonicMs(this.#clock),
      watch: (dueMs, late) => deadlines.watch(this.#clock, dueMs, late)
    })
    const judged = Effect.flatMap(once, (answer) => {
      const reading = this.#read(answer)
      return reading._tag === "Read"
        ? Effect.succeed([reading.value, answer, reading.healthy] as const)
        : Effect.fail(reading.failed)
    })
    return Effect.onExit(
      judged,
      (exit) => meter(this.#post.operation, (monotonicMs(this.#clock) - this.#attemptBeganMs) / 1_000, exit)
    )
  }

  /** The pause before the next attempt, or nothing if there is none. */
  #pauseAfter(failed: TransportObstacle): Effect.Effect<number | undefined> {
    const { budget, limits } = this.#host
    const isOurs = failed.obstacle === "circuit-open" || failed.obstacle === "queue-full"
    if (!this.#post.repeatable || !failed.passing || isOurs || this.attempts >= limits.attemptsMax) {
      return Effect.succeed(undefined)
    }
    const boundMs = Math.min(limits.backoffMaxMs, limits.backoffMs * 2 ** Math.max(0, this.attempts - 1))
    return Effect.map(Random.next, (random) => {
      const pauseMs = random * boundMs
      return this.#spentMs() + pauseMs < limits.totalMs && budget.spend() ? pauseMs : undefined
    })
  }

  #course(answer: HttpAnswer | undefined): Course {
    return {
      attempts: this.attempts,
      startedAtMs: this.startedAtMs,
      finishedAtMs: this.#clock.currentTimeMillisUnsafe(),
      queuedMs: this.queuedMs,
      ...(answer === undefined ? {} : { firstByteMs: answer.firstByteAtMs - this.#attemptBeganMs }),
      totalMs: this.#spentMs()
    }
  }
}

/** What all calls to one origin share. */
interface Host {
  readonly endpoint: Endpoint
  readonly limits: TransportLimits
  readonly pool: Pool
  readonly breaker: CircuitBreaker
  readonly queue: FairQueue
  readonly budget: RetryBudget
  readonly deadlines: Deadlines
  readonly meter: AttemptMeter
  readonly isClosed: () => boolean
}

/** Opens the pool; closing the scope lets calls under way finish within the deadline and then ends all connections. */
export const makeTransport = (
  endpoint: Endpoint,
  limits: TransportLimits
): Effect.Effect<Transport, never, Scope.Scope> =>
  Effect.map(acquirePool(endpoint, limits), ({ pool, isClosed, takeNoMore, underWay }): Transport => {
    const host: Host = {
      endpoint,
      limits,
      pool,
      isClosed,
      breaker: makeCircuitBreaker(limits),
      queue: makeFairQueue(limits),
      budget: makeRetryBudget(limits),
      deadlines: makeDeadlines(),
      meter: makeAttemptMeter(endpoint)
    }
    return {
      takeNoMore,
      post: (post, read) =>
        Clock.clockWith((clock) => {
          host.budget.earn()
          return underWay(new Call(host, clock, [post, read]).run())
        })
    }
  })
