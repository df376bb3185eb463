import { assert, describe, it } from "@effect/vitest"
import {
  countedModificationStates,
  isCountedModification,
  isOpenModification,
  modificationAfter,
  type ModificationCause,
  modificationCauses,
  modificationMoves,
  type ModificationState,
  modificationStates
} from "../src/index.ts"

/** Cause by cause: what it makes of intended, filed, unclear, confirmed and failed; a dash where it moves nothing. */
const expected: Readonly<Record<ModificationCause, string>> = {
  taken: "filed - - - -",
  unanswered: "unclear - - - -",
  forgotten: "unclear - - - -",
  "reported-under-way": "filed - filed - filed",
  "reported-done": "confirmed confirmed confirmed - confirmed",
  "reported-failed": "failed failed failed - -",
  "resolved-as-confirmed": "- confirmed confirmed - -",
  "resolved-as-failed": "- failed failed - -"
}

describe("the life of a capture or refund", () => {
  for (const cause of modificationCauses) {
    it(`moves on "${cause}" as written here and in no other way`, () => {
      const after = modificationStates.map((state) => modificationAfter(state, cause) ?? "-")
      assert.strictEqual(after.join(" "), expected[cause])
    })
  }

  it("has a way from the request to every state, and no way out of confirmed", () => {
    const reached = new Set<ModificationState>(["intended"])
    for (const state of reached) {
      for (const cause of modificationCauses) {
        const after = modificationAfter(state, cause)
        if (after !== undefined) reached.add(after)
      }
    }
    assert.sameMembers([...reached], [...modificationStates])
    assert.isFalse(Object.values(modificationMoves).some(({ from }) => from.includes("confirmed")))
  })

  it("counts against the payment until it has certainly failed", () => {
    assert.deepEqual(countedModificationStates, ["intended", "filed", "unclear", "confirmed"])
    assert.deepEqual(modificationStates.filter(isCountedModification), countedModificationStates)
    assert.deepEqual(modificationStates.filter(isOpenModification), ["intended", "filed", "unclear"])
  })
})
