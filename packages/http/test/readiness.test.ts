/**
 * What `/readyz` goes by: one write of the store, however many ask.
 */
import { StoreFailure, StoreHealth } from "@docdata/application"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Logger from "effect/Logger"
import * as TestClock from "effect/testing/TestClock"
import { describe, expect, it } from "@effect/vitest"
import { makeReadiness } from "../src/serve/readiness.ts"

const failure = new StoreFailure({
  operation: "probeWrite",
  retryable: false,
  code: "SQLITE_13",
  explanation: "/secret/place: the disk is full: make room"
})

/** A store whose write is as `write` says, and how often it was asked for. */
const storeOf = (write: () => Effect.Effect<void, StoreFailure>) => {
  const asked = { count: 0 }
  const proveWrite = () =>
    Effect.suspend(() => {
      asked.count += 1
      return write()
    })
  const logged: Array<string> = []
  const log = Logger.make<unknown, void>(({ message }) => void logged.push(JSON.stringify(message)))
  const health = { proveWrite, untilReplaced: () => Effect.never }
  return {
    asked,
    logged,
    open: Effect.provideService(makeReadiness, StoreHealth, health),
    layer: Logger.layer([log])
  }
}

describe("readiness", () => {
  it.effect("costs one write however many ask, and the next one two seconds later", () =>
    Effect.gen(function*() {
      const { asked, open } = storeOf(() => Effect.void)
      const readiness = yield* open
      const answers = yield* Effect.all(Array.from({ length: 1_000 }, () => readiness), { concurrency: "unbounded" })
      expect(new Set(answers)).toEqual(new Set([undefined]))
      yield* TestClock.adjust(1_999)
      yield* readiness
      expect(asked.count).toBe(1)
      yield* TestClock.adjust(1)
      yield* readiness
      expect(asked.count).toBe(2)
    }))

  it.effect("names the code of the store and not its place, logs all of it once, and comes back by itself", () =>
    Effect.gen(function*() {
      let isFull = true
      const { layer, logged, open } = storeOf(() => isFull ? Effect.fail(failure) : Effect.void)
      yield* Effect.gen(function*() {
        const readiness = yield* open
        expect(yield* readiness).toBe("the store took no write (SQLITE_13)")
        yield* TestClock.adjust(2_000)
        expect(yield* readiness).toBe("the store took no write (SQLITE_13)")
        isFull = false
        yield* TestClock.adjust(2_000)
        expect(yield* readiness).toBeUndefined()
      }).pipe(Effect.provide(layer))
      expect(logged).toHaveLength(2)
      expect(logged[0]).toContain("/secret/place: the disk is full")
      expect(logged[1]).toContain("the service is ready again")
    }))

  it.effect("answers within a second while a write hangs, begins no second one, and goes by its end", () =>
    Effect.gen(function*() {
      const hanging = yield* Deferred.make<void>()
      const { asked, open } = storeOf(() => Effect.uninterruptible(Deferred.await(hanging)))
      const readiness = yield* open
      for (let time = 0; time < 3; time++) {
        const waiting = yield* Effect.forkChild(readiness)
        yield* TestClock.adjust(1_000)
        expect(yield* Fiber.join(waiting)).toBe("the store took no write within 1000 ms")
        yield* TestClock.adjust(2_000)
      }
      expect(asked.count).toBe(1)
      yield* Deferred.succeed(hanging, undefined)
      yield* Effect.yieldNow
      expect(yield* readiness).toBeUndefined()
    }))
})
