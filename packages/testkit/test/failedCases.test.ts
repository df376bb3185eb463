import { CaseFailed, failedCases, specify } from "@docdata/testkit"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import * as testkit from "../src/index.ts"

const failing = [
  specify("one is counted", Effect.sync(() => assert.equal(0, 1))),
  specify("both are told", Effect.sync(() => assert.deepEqual(["a"], ["a", "b"], "who is told"))),
  specify("nothing is the same", Effect.sync(() => assert.notEqual("K1", "K1"))),
  specify("it holds", Effect.sync(() => assert.ok(false, "2 places were looked at"))),
  specify("it is refused", Effect.flip(Effect.succeed({ created: true }))),
  specify("it is answered", Effect.die(new TypeError("x is undefined"))),
  specify("nothing is wrong here", Effect.void)
]

it("a case that does not hold says its sentence, what was expected and what was found", async () => {
  const failed = await Effect.runPromise(failedCases([{ title: "counting", cases: failing }], Layer.empty))
  expect(failed.every((one) => one instanceof CaseFailed)).toBe(true)
  expect(failed.map(({ message }) => message)).toEqual([
    "counting: one is counted\nexpected 1, found 0",
    "counting: both are told\nwho is told: expected [ 'a', 'b' ], found [ 'a' ]",
    "counting: nothing is the same\nexpected anything but 'K1'",
    "counting: it holds\n2 places were looked at",
    "counting: it is refused\nexpected a refusal, found the answer { created: true }",
    "counting: it is answered\nexpected an answer, found the failure TypeError: x is undefined"
  ])
})

it("the README of the testkit names every suite", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
  const suites = Object.keys(testkit).filter((name) => name.endsWith("Conformance"))
  expect(suites.length).toBeGreaterThan(7)
  expect(suites.filter((name) => !readme.includes(`\`${name}`))).toEqual([])
})
