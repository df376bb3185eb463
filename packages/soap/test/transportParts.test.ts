import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { makeCircuitBreaker } from "../src/transport/CircuitBreaker.ts"
import { defaultEndpoints, parseEndpoint } from "../src/transport/Endpoint.ts"
import { makeFairQueue } from "../src/transport/FairQueue.ts"
import { obstacleOf } from "../src/transport/obstacleOf.ts"
import { makeRetryBudget } from "../src/transport/RetryBudget.ts"

const before = { started: false, answering: false }
const during = { started: true, answering: false }
const replying = { started: true, answering: true }
const coded = (code: string) => Object.assign(new Error(code), { code })

describe("what an error of the HTTP client means", () => {
  const rows = [
    ["ECONNREFUSED", before, "connect-refused", "not-sent", true],
    ["ENOTFOUND", before, "host-not-found", "not-sent", true],
    ["EAI_AGAIN", before, "host-not-found", "not-sent", true],
    ["UND_ERR_CONNECT_TIMEOUT", before, "connect-timeout", "not-sent", true],
    ["ETIMEDOUT", before, "connect-timeout", "not-sent", true],
    ["EHOSTUNREACH", before, "connect-failed", "not-sent", true],
    ["ECONNRESET", before, "connect-failed", "not-sent", true],
    ["CERT_HAS_EXPIRED", before, "tls", "not-sent", false],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", before, "tls", "not-sent", false],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", before, "tls", "not-sent", false],
    ["ERR_TLS_CERT_ALTNAME_INVALID", before, "tls", "not-sent", false],
    ["ERR_SSL_WRONG_VERSION_NUMBER", before, "tls", "not-sent", false],
    ["UND_ERR_CLOSED", before, "connect-failed", "not-sent", true],
    // The same words once the request was started prove nothing any more.
    ["ECONNREFUSED", during, "connection-lost", "unknown", true],
    ["ECONNRESET", during, "connection-lost", "unknown", true],
    ["EPIPE", during, "connection-lost", "unknown", true],
    ["UND_ERR_SOCKET", during, "connection-lost", "unknown", true],
    ["UND_ERR_HEADERS_TIMEOUT", during, "connection-lost", "unknown", true],
    ["HPE_INVALID_CONSTANT", during, "connection-lost", "unknown", true],
    ["", during, "connection-lost", "unknown", true],
    ["UND_ERR_SOCKET", replying, "reply-cut", "unknown", true],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", replying, "reply-cut", "unknown", true],
    ["UND_ERR_RES_EXCEEDED_MAX_SIZE", replying, "reply-too-large", "answered", false]
  ] as const
  for (const [code, progress, obstacle, sent, passing] of rows) {
    it(`${code || "no code"}, ${progress.answering ? "replying" : progress.started ? "started" : "before"}: ${obstacle}`, () => {
      assert.deepStrictEqual(obstacleOf(coded(code), progress), { obstacle, sent, passing })
    })
  }

  it("looks into the failures of all addresses of a name", () => {
    const error = new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")])
    assert.strictEqual(obstacleOf(error, before).obstacle, "connect-refused")
    assert.strictEqual(obstacleOf("no error at all", before).obstacle, "connect-failed")
  })
})

describe("the queue", () => {
  const endless = { full: () => "full", late: () => "late", whenLate: () => () => {} }

  it.effect("serves merchants in turn, each in its own order", () =>
    Effect.gen(function*() {
      const queue = makeFairQueue({ inFlightMax: 1, inFlightPerMerchantMax: 1, queueLengthMax: 10 })
      const order: Array<string> = []
      const gate = yield* Deferred.make<void>()
      const call = (merchant: string, name: string, work: Effect.Effect<void> = Effect.void) =>
        Effect.forkChild(
          queue.run(merchant, endless, Effect.andThen(Effect.sync(() => order.push(name)), work)),
          { startImmediately: true }
        )
      const calls = [
        yield* call("a", "a1", Deferred.await(gate)),
        yield* call("a", "a2"),
        yield* call("a", "a3"),
        yield* call("a", "a4"),
        yield* call("b", "b1"),
        yield* call("b", "b2"),
        yield* call("c", "c1")
      ]
      yield* Deferred.succeed(gate, undefined)
      yield* Fiber.joinAll(calls)
      assert.deepStrictEqual(order, ["a1", "a2", "b1", "c1", "a3", "b2", "a4"])
    }))

  it.effect("never exceeds its places, and loses none when calls fail or are interrupted at any point", () =>
    Effect.gen(function*() {
      const queue = makeFairQueue({ inFlightMax: 3, inFlightPerMerchantMax: 2, queueLengthMax: 100 })
      let inFlight = 0
      let most = 0
      const work = (turns: number) =>
        Effect.gen(function*() {
          inFlight += 1
          most = Math.max(most, inFlight)
          for (let turn = 0; turn < turns; turn++) yield* Effect.yieldNow
          if (turns === 2) return yield* Effect.fail("broken")
        }).pipe(Effect.ensuring(Effect.sync(() => {
          inFlight -= 1
        })))
      for (let round = 0; round < 60; round++) {
        const calls: Array<Fiber.Fiber<void, string>> = []
        for (let n = 0; n < 9; n++) {
          calls.push(yield* Effect.forkChild(queue.run(`m${n % 3}`, endless, work((round + n) % 4))))
        }
        for (let turn = 0; turn < round % 7; turn++) yield* Effect.yieldNow
        for (const [n, call] of calls.entries()) if ((n + round) % 2 === 0) yield* Fiber.interrupt(call)
        for (const call of calls) yield* Fiber.await(call)
        assert.strictEqual(inFlight, 0)
      }
      assert.isAtMost(most, 3)
      // All places are free again: as many as fit start at once, without waiting.
      const free = yield* Effect.forEach([1, 2, 3], (n) =>
        queue.run(`x${n}`, {
          ...endless,
          whenLate: (giveUp) => {
            giveUp()
            return () => {}
          }
        }, Effect.succeed(n)))
      assert.deepStrictEqual(free, [1, 2, 3])
    }))

  it.effect("gives one merchant no more than its share, and says when too many wait", () =>
    Effect.gen(function*() {
      const queue = makeFairQueue({ inFlightMax: 4, inFlightPerMerchantMax: 2, queueLengthMax: 1 })
      const call = (merchant: string) =>
        Effect.forkChild(queue.run(merchant, endless, Effect.never), { startImmediately: true })
      yield* call("a")
      yield* call("a")
      const waiting = yield* call("a")
      assert.strictEqual(yield* Effect.flip(queue.run("a", endless, Effect.void)), "full")
      assert.isUndefined(waiting.pollUnsafe())
      yield* queue.run("b", endless, Effect.void)
    }))
})

describe("the circuit breaker", () => {
  const make = () => makeCircuitBreaker({ breakerFailuresMax: 2, breakerOpenMs: 100 })

  it("forgets failures when an answer comes between them", () => {
    const breaker = make()
    breaker.leave(false, "outage", 0)
    breaker.leave(false, "answered", 0)
    breaker.leave(false, "outage", 0)
    assert.strictEqual(breaker.enter(0)._tag, "Go")
  })

  it("opens, and late failures do not keep it open longer", () => {
    const breaker = make()
    breaker.leave(false, "outage", 0)
    breaker.leave(false, "outage", 0)
    breaker.leave(false, "outage", 90)
    assert.deepStrictEqual(breaker.enter(99), { _tag: "Open", retryAfterMs: 1 })
    assert.deepStrictEqual(breaker.enter(100), { _tag: "Go", probe: true })
    assert.strictEqual(breaker.enter(100)._tag, "Open")
  })

  it("opens again with a failed probe, and frees the probe of one that says nothing", () => {
    const breaker = make()
    breaker.leave(false, "outage", 0)
    breaker.leave(false, "outage", 0)
    breaker.enter(100)
    breaker.leave(true, "none", 110)
    assert.deepStrictEqual(breaker.enter(110), { _tag: "Go", probe: true })
    breaker.leave(true, "outage", 120)
    assert.deepStrictEqual(breaker.enter(130), { _tag: "Open", retryAfterMs: 90 })
  })
})

describe("the budget of repetitions", () => {
  it("is a fixed share of the calls", () => {
    const budget = makeRetryBudget({ retriesPerCall: 0.08, retryReserve: 2 })
    let spent = 0
    for (let call = 0; call < 1_000; call++) {
      budget.earn()
      while (budget.spend()) spent++
    }
    assert.isAtMost(spent, 82)
    assert.isAtLeast(spent, 80)
  })

  it("does not save up for a flood", () => {
    const budget = makeRetryBudget({ retriesPerCall: 0.5, retryReserve: 0 })
    for (let call = 0; call < 1_000; call++) budget.earn()
    let spent = 0
    while (budget.spend()) spent++
    assert.strictEqual(spent, 10)
  })
})

describe("Docdata's addresses", () => {
  it("are https, on the standard port", () => {
    for (const environment of ["test", "live"] as const) {
      assert.deepInclude(parseEndpoint(environment, defaultEndpoints[environment]), {
        path: "/ps/services/paymentservice/1_3",
        port: 443
      })
    }
  })
})
