/** What goes wrong on the way: what a failure says, and that nothing is done twice. */
import {
  type GatewayFailure,
  type GatewayFailureReason,
  type InputOf,
  mayHaveHappened,
  onlyReads,
  type Operation,
  operations,
  type PaymentGateway,
  type Sent
} from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { setImmediate } from "node:timers/promises"
import { type Case, type Group, specify } from "../../conformance/Case.ts"
import { called, inputs, merchant, ordered, reported, unknownKey } from "../gatewaySample.ts"
import { type Breakage, ProviderWorld } from "../ProviderWorld.ts"

type Services = PaymentGateway | ProviderWorld

/** A call of an operation to an order and a payment for which it makes sense. */
const prepared = (operation: Operation) =>
  Effect.gen(function*() {
    const { authorize, begin, pay } = yield* ProviderWorld
    const orderKey = yield* ordered()
    const paymentId = operation === "capture" || operation === "cancel"
      ? yield* authorize(orderKey)
      : operation === "proceed"
      ? yield* begin(orderKey)
      : yield* pay(orderKey)
    const input: InputOf<Operation> = operation === "proceed"
      ? { orderKey, paymentId, result: { _tag: "Ideal" } }
      : inputs(orderKey, paymentId)[operation]
    return { orderKey, call: called(operation, merchant, input) }
  })

/** How often an operation reached the provider, and how often it was executed. */
const reached = (operation: Operation) =>
  Effect.gen(function*() {
    const received = (yield* (yield* ProviderWorld).calls).filter((call) => call.operation === operation)
    return { times: received.length, executed: received.filter(({ executed }) => executed).length }
  })

/** In real time, whatever the clock of the case says: a request goes from one end of the machine to the other. */
const receivedWithinMs = 5_000

/** Resolves when the provider has received the call, or when the call has ended without that. */
const untilReceived = (operation: Operation, times: number, call: Fiber.Fiber<unknown, unknown>) =>
  Effect.gen(function*() {
    const late = AbortSignal.timeout(receivedWithinMs)
    while ((yield* reached(operation)).times < times) {
      if (call.pollUnsafe() !== undefined) return void (yield* Fiber.join(call))
      assert.ok(!late.aborted, `${operation} did not reach the provider within ${receivedWithinMs} ms`)
      yield* Effect.promise(() => setImmediate())
    }
  })

/** What a reason of the transport says, of which there is one. */
const assertTransport = (reason: GatewayFailureReason, obstacle: string, rest: readonly [Sent, retryable: boolean]) => {
  assert.equal(reason._tag, "TransportFailure")
  if (reason._tag !== "TransportFailure") return
  assert.deepEqual([reason.obstacle, reason.sent, reason.retryable], [obstacle, ...rest])
}

/** The reason as the port describes it, for those breakages where a request was sent. */
const assertReason = (
  breakage: Exclude<Breakage, "unreachable">,
  operation: Operation,
  reason: GatewayFailureReason
): void => {
  const repeatable = onlyReads(operation)
  switch (breakage) {
    case "connection-lost":
    case "reply-cut":
      return assertTransport(reason, breakage, ["unknown", repeatable])
    case "silence":
      return assertTransport(reason, "deadline", ["unknown", repeatable])
    case "unavailable":
      return assertTransport(reason, "http-status", ["answered", repeatable])
    case "fault":
      return assert.equal(reason._tag, "Fault")
    case "unreadable":
      return assert.equal(reason._tag, "UnreadableReply")
    case "internal-error":
      assert.equal(reason._tag, "Rejected")
      if (reason._tag === "Rejected") assert.equal(reason.kind, "internal", "what the rejection means")
  }
}

const breakages = ["connection-lost", "reply-cut", "fault", "internal-error", "unreadable", "unavailable"] as const

const assertFailed = (
  breakage: Exclude<Breakage, "unreachable">,
  operation: Operation,
  { exchange, reason }: GatewayFailure
) =>
  Effect.gen(function*() {
    assertReason(breakage, operation, reason)
    // The one thing that must never be wrong: what was executed may have happened.
    const { executed, times } = yield* reached(operation)
    assert.equal(mayHaveHappened(operation, reason), !onlyReads(operation), "whether the call may have happened")
    assert.ok(times >= 1 && executed <= times, `reached ${times} times, executed ${executed} times`)
    if (!onlyReads(operation)) assert.equal(times, 1 + (operation === "create" ? 1 : 0), "reached the provider once")
    assert.equal(exchange?.operation, operation, "the operation of the exchange")
  })

interface Failing {
  readonly operation: Operation
  readonly breakage: typeof breakages[number]
  readonly executed: boolean
}

/** One operation, one breakage, executed before it or not. */
const failingCase = ({ breakage, executed, operation }: Failing): Case<Services> =>
  specify(
    `${breakage} during ${operation}, ${executed ? "executed" : "not executed"}`,
    Effect.gen(function*() {
      const world = yield* ProviderWorld
      const { call, orderKey } = yield* prepared(operation)
      yield* world.breakCalls(breakage, { operation, executed })
      yield* assertFailed(breakage, operation, yield* Effect.flip(call))
      yield* world.mend
      // The gateway is as good as new.
      yield* reported(orderKey)
    })
  )

export const failing: Group<Services> = {
  title: "a call that breaks says what may have happened, and a writing one is never repeated",
  cases: [true, false].flatMap((executed) =>
    operations.flatMap((operation) =>
      breakages
        // An error reply says of itself that nothing was executed.
        .filter((breakage) => breakage !== "internal-error" || !executed)
        .map((breakage) => failingCase({ operation, breakage, executed }))
    )
  )
}

export const unreachable: Group<Services> = {
  title: "nothing was sent when no connection came about",
  cases: operations.map((operation) =>
    specify(
      `${operation}: nothing happened, and trying again makes sense`,
      Effect.gen(function*() {
        const { breakCalls, calls } = yield* ProviderWorld
        yield* breakCalls("unreachable", { executed: false })
        const call = called(operation, merchant, inputs(unknownKey, "1")[operation])
        const { exchange, reason } = yield* Effect.flip(call)
        assert.equal(reason._tag, "TransportFailure")
        if (reason._tag === "TransportFailure") assert.deepEqual([reason.sent, reason.retryable], ["not-sent", true])
        assert.equal(mayHaveHappened(operation, reason), false, "whether the call may have happened")
        assert.equal(exchange?.replyText, undefined)
        assert.deepEqual(yield* calls, [])
      })
    )
  )
}

export const silent: Group<Services> = {
  title: "silence ends at the deadline",
  cases: operations.map((operation) =>
    specify(
      `${operation}: it may have happened`,
      Effect.gen(function*() {
        const world = yield* ProviderWorld
        const { call } = yield* prepared(operation)
        const before = (yield* reached(operation)).times
        yield* world.breakCalls("silence", { operation, executed: true })
        const failure = yield* Effect.gen(function*() {
          const waiting = yield* Effect.forkChild(Effect.flip(call))
          yield* untilReceived(operation, before + 1, waiting)
          // Far beyond any deadline; what is not over then never ends.
          yield* TestClock.adjust("1 hour")
          return yield* Fiber.join(waiting)
        }).pipe(Effect.provide(TestClock.layer()))
        yield* assertFailed("silence", operation, failure)
      })
    )
  )
}

export const interrupting: Group<Services> = {
  title: "interruption gives up waiting, not the call",
  cases: operations.map((operation) =>
    specify(
      `${operation}: the provider has it, once, and the gateway is as good as new`,
      Effect.gen(function*() {
        const world = yield* ProviderWorld
        const { call, orderKey } = yield* prepared(operation)
        const before = yield* reached(operation)
        yield* world.breakCalls("silence", { operation, executed: true })
        const waiting = yield* Effect.forkChild(call)
        yield* untilReceived(operation, before.times + 1, waiting)
        yield* Fiber.interrupt(waiting)
        assert.deepEqual(yield* reached(operation), { times: before.times + 1, executed: before.executed + 1 })
        yield* world.mend
        yield* reported(orderKey)
      })
    )
  )
}
