// Everything that a simulator can do to a reply, and the typed end of the call. Under a clock that stands still, so that
// "inside the deadline" needs no stopwatch: whatever ends without the clock moving did not wait for it.
import { type GatewayFailureReason, mayHaveHappened, PaymentGateway } from "@docdata/application"
import { type Fault, limits as simulatorLimits } from "@docdata/simulator"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import { setImmediate } from "node:timers/promises"
import { gatewayAccounts } from "@docdata/testkit"
import { defaultTransportLimits } from "../src/transport/Limits.ts"
import { minimalOrder } from "./samples.ts"
import { layerGateway, RunningSimulator } from "./simulatorWorld.ts"

const [account] = gatewayAccounts
const merchant = {
  environment: "test",
  merchantName: account.name,
  password: Redacted.make(account.password)
} as const

// The smallest that is refused; announced in a head or not makes no difference.
const tooLarge = defaultTransportLimits.replyBytesMax + 1

const transport = (obstacle: string, sent: string) => ({ _tag: "TransportFailure", obstacle, sent })
const lost = transport("connection-lost", "unknown")
const cut = transport("reply-cut", "unknown")
const answered = (obstacle: string) => transport(obstacle, "answered")
const page = "<!DOCTYPE html>"

interface Row {
  readonly effect: Fault["effect"]
  readonly expected: Readonly<Record<string, unknown>>
}

/** What ends by itself. Reply lengths are those of a create of the simulator, some 500 bytes. */
const immediate: ReadonlyArray<Row> = [
  { effect: { kind: "reset-before-reading" }, expected: lost },
  { effect: { kind: "reset-before-reply" }, expected: lost },
  ...[0, 1, 39, 200, 1_000_000].map((afterBytes) => ({
    effect: { kind: "reset-in-reply", afterBytes } as const,
    expected: cut
  })),
  ...[0, 1, 39, 200].map((afterBytes) => ({
    effect: { kind: "truncated", afterBytes } as const,
    expected: { _tag: "UnreadableReply", httpStatus: 200 }
  })),
  { effect: { kind: "html" }, expected: { _tag: "UnreadableReply", httpStatus: 200 } },
  { effect: { kind: "document-type" }, expected: { _tag: "UnreadableReply", httpStatus: 200 } },
  { effect: { kind: "gzip" }, expected: answered("content-encoding") },
  { effect: { kind: "oversized", sizeBytes: tooLarge }, expected: answered("reply-too-large") },
  ...[301, 302, 307, 308].map((status) => ({
    effect: { kind: "redirect", status, location: "http://127.0.0.1:1/" } as const,
    expected: answered("redirect")
  })),
  ...([400, 404, 429, 500, 502, 503] as const).flatMap((status) =>
    (["html", "empty"] as const).map((body) => ({
      effect: { kind: "status", status, body } as const,
      expected: { ...answered("http-status"), httpStatus: status }
    }))
  ),
  ...[400, 500, 503].map((status) => ({
    effect: { kind: "status", status, body: "fault" } as const,
    expected: { _tag: "Fault", httpStatus: status }
  })),
  {
    effect: {
      kind: "errors",
      errors: [{ code: "INTERNAL_ERROR", text: "It broke." }, { code: "UNKNOWN_ERROR", text: "Twice." }]
    },
    expected: { _tag: "Rejected" }
  }
]

/** What ends at the deadline, and not before. */
const atDeadline: ReadonlyArray<Row> = [
  { effect: { kind: "delay", delayMs: simulatorLimits.faultDelayMsMax }, expected: transport("deadline", "unknown") },
  { effect: { kind: "drip", everyMs: 100 }, expected: transport("deadline", "unknown") }
]

const cannotHaveHappened = (effect: Fault["effect"]): boolean =>
  effect.kind === "reset-before-reading" || effect.kind === "errors"

const nameOf = ({ effect }: Row): string =>
  Object.values(effect).map((part) => typeof part === "object" ? "" : String(part)).join(" ").trim()

const create = Effect.flatMap(PaymentGateway, (gateway) => gateway.create(merchant, minimalOrder))

/** One attempt each, so that reads, too, end with the first fault. */
const live = layerGateway({ attemptsMax: 1 }).pipe(Layer.provideMerge(RunningSimulator.layer))

const planned = ({ effect }: Row, executed: boolean) =>
  Effect.map(RunningSimulator, (simulator) => simulator.planFaults([{ executed, effect }]))

const assertReason = ({ effect, expected }: Row, reason: GatewayFailureReason): void => {
  assert.deepInclude({ ...reason }, expected)
  assert.isTrue(mayHaveHappened("create", reason), "it may have happened")
  if (effect.kind === "errors" && reason._tag === "Rejected") assert.lengthOf(reason.errors, effect.errors.length)
  assert.notInclude(JSON.stringify(reason), page)
}

describe("every fault on the wire ends in a typed failure", () => {
  for (const row of immediate) {
    for (const executed of cannotHaveHappened(row.effect) ? [false] : [true, false]) {
      it.effect(`${nameOf(row)}, ${executed ? "executed" : "not executed"}: without the clock moving`, () =>
        Effect.gen(function*() {
          const simulator = yield* RunningSimulator
          yield* planned(row, executed)
          const failure = yield* Effect.flip(create)
          assertReason(row, failure.reason)
          assert.strictEqual(failure.exchange?.timings.totalMs, 0)
          assert.deepStrictEqual(simulator.requests().map((each) => each.executed), [executed])
          assert.lengthOf(simulator.orders(), executed ? 1 : 0)
        }).pipe(Effect.provide(live)))
    }
  }

  for (const row of atDeadline) {
    it.effect(`${nameOf(row)}: at the deadline and not a moment before`, () =>
      Effect.gen(function*() {
        const simulator = yield* RunningSimulator
        yield* planned(row, true)
        const call = yield* Effect.forkChild(Effect.flip(create))
        while (simulator.requests().length === 0) yield* Effect.promise(() => setImmediate())
        yield* TestClock.adjust(defaultTransportLimits.totalMs - 1)
        assert.isUndefined(call.pollUnsafe())
        yield* TestClock.adjust(1)
        const { exchange, reason } = yield* Fiber.join(call)
        assertReason(row, reason)
        assert.strictEqual(exchange?.timings.totalMs, defaultTransportLimits.totalMs)
        assert.lengthOf(simulator.orders(), 1)
      }).pipe(Effect.provide(live)))
  }

  it.effect("a declined payment is an answer, in either of its two ways", () =>
    Effect.gen(function*() {
      const simulator = yield* RunningSimulator
      const gateway = yield* PaymentGateway
      const { orderKey } = (yield* create).value
      const payment = { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } as const
      const start = gateway.start(merchant, { orderKey, payment })
      simulator.planFaults([{ executed: true, effect: { kind: "decline", as: "payment-error" } }])
      assert.strictEqual((yield* start).value.payment._tag, "Failed")
      simulator.planFaults([{ executed: true, effect: { kind: "decline", as: "start-errors" } }])
      assert.strictEqual((yield* Effect.flip(start)).reason._tag, "Rejected")
    }).pipe(Effect.provide(live)))

  it("has a row for every kind of fault there is", () => {
    const kinds: Readonly<Record<Fault["effect"]["kind"], true>> = {
      delay: true,
      drip: true,
      "reset-before-reading": true,
      "reset-before-reply": true,
      "reset-in-reply": true,
      truncated: true,
      html: true,
      gzip: true,
      status: true,
      redirect: true,
      oversized: true,
      "document-type": true,
      errors: true,
      decline: true
    }
    const covered = [...immediate, ...atDeadline].map(({ effect }) => effect.kind)
    assert.deepStrictEqual([...new Set([...covered, "decline"])].toSorted(), Object.keys(kinds).toSorted())
  })
})
