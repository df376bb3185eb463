import type { ModificationState, StatusReport } from "@docdata/domain"
import { assert, describe, it } from "@effect/vitest"
import type { Movement } from "../../src/index.ts"
import { intendedMaxMs, movementsAfter } from "../../src/refresh/movementsAfter.ts"

const movement = (state: ModificationState, over: Partial<Movement> = {}): Movement => ({
  orderId: "o",
  kind: "capture",
  reference: "m-1",
  paymentId: "42",
  amountMinor: 100,
  currency: "EUR",
  state,
  requestedAtMs: 0,
  changedAtMs: 0,
  ...over
})

const amount = { minor: 100, currency: "EUR" }

/** A report in which payment 42 has captures with these words under the given reference, and a refund under another. */
const report = (words: string | ReadonlyArray<string>, merchantReference = "m-1", id = "42"): StatusReport => ({
  totals: { registered: 100 },
  payments: [{
    id,
    paymentMethod: "VISA",
    authorization: {
      status: "AUTHORIZED",
      amount,
      confidenceLevel: "ACQUIRER_APPROVED",
      captures: [words].flat().map((status) => ({ status, amount, merchantReference })),
      refunds: [{ status: "CAPTURED", amount, merchantReference: "other" }],
      chargebacks: []
    }
  }]
})

const stateAfter = (before: Movement, { payments }: StatusReport, atMs = 1000): ModificationState =>
  movementsAfter([before], payments, atMs)[0]?.state ?? before.state

describe("a report", () => {
  const rows = [
    ["intended", "NEW", "filed"],
    ["unclear", "STARTED", "filed"],
    ["unclear", "A_NEW_WORD", "filed"],
    ["filed", "STARTED", "filed"],
    ["filed", "CAPTURED", "confirmed"],
    ["intended", "CAPTURED", "confirmed"],
    ["unclear", "FAILED", "failed"],
    ["filed", "ERROR", "failed"],
    ["filed", "CANCELED", "failed"],
    ["confirmed", "FAILED", "confirmed"],
    ["failed", "ERROR", "failed"],
    // Called failed by a person, or by an earlier report: what is under way or done after all takes its room again.
    ["failed", "NEW", "filed"],
    ["failed", "CAPTURED", "confirmed"]
  ] as const
  for (const [before, word, after] of rows) {
    it(`that says ${word} of a movement that is ${before} makes it ${after}`, () => {
      assert.strictEqual(stateAfter(movement(before), report(word)), after)
    })
  }

  it("that does not name the reference, or names it of the other kind or another payment, says nothing", () => {
    assert.strictEqual(stateAfter(movement("unclear"), report("CAPTURED", "other")), "unclear")
    assert.strictEqual(stateAfter(movement("filed", { kind: "refund" }), report("CAPTURED")), "filed")
    assert.strictEqual(stateAfter(movement("filed", { paymentId: "43" }), report("CAPTURED")), "filed")
  })

  it("that names the reference more than once counts the most that any of them says, in whatever order", () => {
    for (const words of [["FAILED", "NEW"], ["CANCELED", "STARTED", "ERROR"]]) {
      assert.strictEqual(stateAfter(movement("filed"), report(words)), "filed")
      assert.strictEqual(stateAfter(movement("filed"), report(words.toReversed())), "filed")
    }
    assert.strictEqual(stateAfter(movement("filed"), report(["FAILED", "NEW", "CAPTURED"])), "confirmed")
    assert.strictEqual(stateAfter(movement("filed"), report(["CAPTURED", "NEW", "FAILED"])), "confirmed")
    assert.strictEqual(stateAfter(movement("filed"), report(["FAILED", "CANCELED"])), "failed")
  })

  it("that writes the payment's number with leading zeros speaks of the same payment", () => {
    assert.strictEqual(stateAfter(movement("filed"), report("CAPTURED", "m-1", "0042")), "confirmed")
  })

  it("makes a wish unclear whose process must be gone, and no earlier", () => {
    const silent = report("CAPTURED", "other")
    assert.strictEqual(stateAfter(movement("intended"), silent, intendedMaxMs), "intended")
    assert.strictEqual(stateAfter(movement("intended"), silent, intendedMaxMs + 1), "unclear")
    assert.strictEqual(stateAfter(movement("filed"), silent, intendedMaxMs * 9), "filed")
  })
})
