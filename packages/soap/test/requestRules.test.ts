// The writer of requests and the rules that use cases and other gateways check by are two lists of the same limits.
import type { InputOf, Merchant, Operation } from "@docdata/application"
import { requestViolations } from "@docdata/application/requests"
import * as Redacted from "effect/Redacted"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { encodeRequest, isRefusedBeforeSending } from "../src/encodeRequest.ts"
import { arbitraryRequest } from "./arbitraryRequests.ts"

type Path = ReadonlyArray<string | number>

/** The paths of all texts and numbers in it that a rule may be about; secrets are entered. */
const leavesOf = (value: unknown, path: Path = []): ReadonlyArray<Path> => {
  if (Redacted.isRedacted(value) || typeof value === "string" || typeof value === "number") return [path]
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) => field === "_tag" ? [] : leavesOf(inner, [...path, field]))
}

const replaced = (value: unknown, [field, ...rest]: Path, bad: unknown): unknown => {
  if (field === undefined) return Redacted.isRedacted(value) ? Redacted.make(bad) : bad
  const copy: Record<string | number, unknown> = Array.isArray(value) ? [...value] as never : { ...value as object }
  copy[field] = replaced(copy[field], rest, bad)
  return Array.isArray(value) ? Object.values(copy) : copy
}

const badValues = ["", "x".repeat(3000), "a\uFFFE", "\uD83D", "\u0000", "2026-02-31", 0.5, 2 ** 31]

const pathsOf = (problems: ReadonlyArray<{ readonly path: string; readonly limit: string }>): ReadonlyArray<string> =>
  problems.map(({ limit, path }) => `${path} ${limit}`).toSorted()

const written = (operation: Operation, merchant: Merchant, input: InputOf<Operation>) => {
  const encoded = encodeRequest(operation, { merchant, input: input })
  return isRefusedBeforeSending(encoded) ? encoded.problems : []
}

describe("what the writer refuses and what the rules of the application refuse", () => {
  it("is nothing for requests within every limit", () => {
    fc.assert(fc.property(arbitraryRequest, ({ input, merchant, operation }) => {
      expect(requestViolations(operation, { merchant, input: input })).toEqual([])
    }))
  })

  it("is the same for captures and refunds, whatever one value is wrong", () => {
    const modifications = arbitraryRequest.filter(({ operation }) => operation === "capture" || operation === "refund")
    fc.assert(
      fc.property(modifications, fc.nat(), fc.constantFrom(...badValues), ({ input, merchant, operation }, at, bad) => {
        const leaves = leavesOf(input)
        const wrong = replaced(input, leaves[at % leaves.length]!, bad) as InputOf<"refund">
        expect(pathsOf(requestViolations(operation, { merchant, input: wrong })))
          .toEqual(pathsOf(written(operation, merchant, wrong)))
      }),
      { numRuns: 500 }
    )
  })

  it("is never something that the writer would send", () => {
    fc.assert(
      fc.property(
        arbitraryRequest,
        fc.nat(),
        fc.constantFrom(...badValues),
        ({ input, merchant, operation }, at, bad) => {
          const leaves = leavesOf(input)
          const wrong = replaced(input, leaves[at % leaves.length]!, bad) as InputOf<Operation>
          const refused = written(operation, merchant, wrong).map(({ path }) => path)
          const problems = requestViolations(operation, { merchant, input: wrong })
          for (const { limit, path } of problems) {
            if (limit !== "sum") expect(refused).toContain(path)
          }
          expect(problems.length > 0 && refused.length === 0).toBe(false)
        }
      ),
      { numRuns: 500 }
    )
  })
})
