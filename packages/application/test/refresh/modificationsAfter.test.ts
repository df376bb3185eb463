import type { StatusReport } from "@docdata/domain"
import { assert, describe, it } from "@effect/vitest"
import type { Modification, ModificationState } from "../../src/index.ts"
import { intendedMaxMs, modificationsAfter } from "../../src/refresh/modificationsAfter.ts"

const modification = (state: ModificationState, over: Partial<Modification> = {}): Modification => ({
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

const stateAfter = (before: Modification, { payments }: StatusReport, atMs = 1000): ModificationState =>
  modificationsAfter([before], payments, atMs)[0]?.state ?? before.state

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
    it(`that says ${word} of a modification that is ${before} makes it ${after}`, () => {
      assert.strictEqual(stateAfter(modification(before), report(word)), after)
    })
  }

  it("that does not name the reference, or names it of the other kind or another payment, says nothing", () => {
    assert.strictEqual(stateAfter(modification("unclear"), report("CAPTURED", "other")), "unclear")
    assert.strictEqual(stateAfter(modification("filed", { kind: "refund" }), report("CAPTURED")), "filed")
    assert.strictEqual(stateAfter(modification("filed", { paymentId: "43" }), report("CAPTURED")), "filed")
  })

  it("that names the reference more than once counts the most that any of them says, in whatever order", () => {
    for (const words of [["FAILED", "NEW"], ["CANCELED", "STARTED", "ERROR"]]) {
      assert.strictEqual(stateAfter(modification("filed"), report(words)), "filed")
      assert.strictEqual(stateAfter(modification("filed"), report(words.toReversed())), "filed")
    }
    assert.strictEqual(stateAfter(modification("filed"), report(["FAILED", "NEW", "CAPTURED"])), "confirmed")
    assert.strictEqual(stateAfter(modification("filed"), report(["CAPTURED", "NEW", "FAILED"])), "confirmed")
    assert.strictEqual(stateAfter(modification("filed"), report(["FAILED", "CANCELED"])), "failed")
  })

  it("that writes the payment's number with leading zeros speaks of the same payment", () => {
    assert.strictEqual(stateAfter(modification("filed"), report("CAPTURED", "m-1", "0042")), "confirmed")
  })

  it("makes a request unclear whose process must be gone, and no earlier", () => {
    const silent = report("CAPTURED", "other")
    assert.strictEqual(stateAfter(modification("intended"), silent, intendedMaxMs), "intended")
    assert.strictEqual(stateAfter(modification("intended"), silent, intendedMaxMs + 1), "unclear")
    assert.strictEqual(stateAfter(modification("filed"), silent, intendedMaxMs * 9), "filed")
  })
})
