/**
 * What a flood of sources or references makes the process keep.
 */
import * as Effect from "effect/Effect"
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { notificationsPerOrder, RateLimits } from "../src/access/RateLimits.ts"

/** 100,000 buckets of 200 bytes, and what a map keeps free. */
const heldBytesMax = 25 * 1024 * 1024

it("100,000 buckets of keys cut from long addresses hold less than 25 MB", () => {
  const program = fileURLToPath(new URL("./support/filledRateLimits.ts", import.meta.url))
  const { stdout } = spawnSync(process.execPath, ["--conditions=@docdata/source", "--expose-gc", program], {
    encoding: "utf8"
  })
  expect(Number(stdout)).toBeGreaterThan(0)
  expect(Number(stdout)).toBeLessThan(heldBytesMax)
})

it("keys that differ have buckets of their own", () =>
  Effect.runPromise(
    Effect.gen(function*() {
      const limits = yield* RateLimits
      for (let count = 0; count < notificationsPerOrder.burst; count++) yield* limits.take(notificationsPerOrder, "one")
      expect(yield* limits.take(notificationsPerOrder, "one")).toBeGreaterThan(0)
      expect(yield* limits.take(notificationsPerOrder, "two")).toBeUndefined()
    }).pipe(Effect.provide(RateLimits.layer))
  ))
