/**
 * How long `docdata webhooks listen` waits for a service, in virtual time.
 */
import { assert, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import { TestClock } from "effect/testing"
import { exitCodes } from "../src/ExitCode.ts"
import { patientReads } from "../src/webhooks/patientReads.ts"
import { CallFailure } from "../src/webhooks/CallFailure.ts"

const busy = (retryAfterMs?: number) =>
  new CallFailure({
    exit: exitCodes.unreachable,
    what: "busy",
    hint: "repeating is safe",
    isPassing: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs })
  })

/** A service that refuses so often before it answers; when it was asked, in seconds, and what was told. */
const asking = Effect.fnUntraced(function*(refusals: ReadonlyArray<CallFailure>) {
  const askedAtS: Array<number> = []
  const reported: Array<string> = []
  const call = Effect.fnUntraced(function*<A>(line: string, answer: Schema.ConstraintDecoder<A>) {
    const refusal = refusals[askedAtS.length]
    askedAtS.push((yield* Clock.currentTimeMillis) / 1_000)
    if (refusal !== undefined) return yield* refusal
    return yield* Effect.orDie(Schema.decodeUnknownEffect(answer)(line))
  })
  const { read } = patientReads({ call }, (words) => reported.push(words))
  const reading = yield* Effect.forkChild(Effect.result(read("/v1/events", Schema.String)))
  yield* TestClock.adjust("1 hour")
  return { result: yield* Fiber.join(reading), askedAtS, reported }
})

it.effect("waits twice as long each time, up to half a minute, and says so", () =>
  Effect.gen(function*() {
    const { askedAtS, result, reported } = yield* asking(Array.from({ length: 7 }, () => busy()))
    assert.deepStrictEqual(askedAtS, [0, 1, 3, 7, 15, 31, 61, 91])
    assert.deepStrictEqual([result._tag, reported.at(-2), reported.at(-1)], [
      "Success",
      "busy; trying again in 30 s",
      "the service answers again"
    ])
  }))

it.effect("waits as long as the service says, and never less than a second", () =>
  Effect.gen(function*() {
    const { askedAtS, reported } = yield* asking([busy(90_000), busy(0), busy()])
    assert.deepStrictEqual(askedAtS, [0, 90, 91, 95])
    assert.strictEqual(reported[0], "busy; trying again in 90 s")
  }))

it.effect("says nothing when nothing was waited for", () =>
  Effect.gen(function*() {
    assert.deepStrictEqual((yield* asking([])).reported, [])
  }))

it.effect("gives up where waiting does not help", () =>
  Effect.gen(function*() {
    const refused = new CallFailure({ exit: exitCodes.commandFailed, what: "no", isPassing: false })
    const { askedAtS, result, reported } = yield* asking([busy(), refused, busy()])
    assert.deepStrictEqual([result._tag, askedAtS, reported.length], ["Failure", [0, 1], 1])
  }))
