import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { compareMoments, first, type Moment, SortedIndex } from "../src/SortedIndex.ts"

const moments = fc.array(
  fc.record({ atMs: fc.integer({ min: 0, max: 40 }), id: fc.constantFrom("a", "b", "c", "D") }),
  { maxLength: 3_000, size: "max" }
)

const sorted = (all: ReadonlyArray<Moment>): ReadonlyArray<Moment> =>
  [...new Map(all.map((moment) => [`${moment.atMs} ${moment.id}`, moment])).values()].toSorted(compareMoments)

describe("sorted index", () => {
  it("is what a sorted list without repeats is, after insertions and removals", () => {
    fc.assert(
      fc.property(moments, moments, (inserted, removed) => {
        const index = new SortedIndex()
        for (const moment of inserted) index.insert(moment)
        for (const moment of removed) index.remove(moment)
        const gone = new Set(removed.map(({ atMs, id }) => `${atMs} ${id}`))
        const expected = sorted(inserted).filter(({ atMs, id }) => !gone.has(`${atMs} ${id}`))
        assert.deepStrictEqual([...index.ascending()], expected)
        assert.deepStrictEqual([...index.descending()], expected.toReversed())
        assert.strictEqual(index.size, expected.length)
      }),
      { numRuns: 50, seed: 1 }
    )
  })

  it("walks down from before any moment", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -1, max: 41 }), (inserted, atMs) => {
        const index = new SortedIndex()
        for (const moment of inserted) index.insert(moment)
        const end = { atMs, id: "b" }
        const expected = sorted(inserted).filter((moment) => compareMoments(moment, end) < 0).toReversed()
        assert.deepStrictEqual([...index.descending(end)], expected)
      }),
      { numRuns: 50, seed: 2 }
    )
  })

  it("keeps its order over many runs", () => {
    const index = new SortedIndex()
    for (let n = 0; n < 20_000; n++) index.insert({ atMs: (n * 7_919) % 20_011, id: "" })
    const found = [...index.ascending()]
    assert.strictEqual(found.length, 20_000)
    assert.isTrue(found.every((moment, at) => at === 0 || compareMoments(found[at - 1]!, moment) < 0))
    assert.strictEqual(first(index.ascending(), 3).length, 3)
  })
})
