/**
 * What the simulator says over the wire, the reader understands: every state its orders get into, and any report at all.
 */
import type { Money, StatusReport } from "../../packages/domain/src/index.ts"
import { printStatusReply, scenarios, startSimulator } from "../../packages/simulator/src/index.ts"
import { readExtendedStatusReply, readStatusReply } from "../../packages/soap/src/index.ts"
import * as Result from "effect/Result"
import fc from "fast-check"
import { expect, test } from "vitest"

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const readBack = (report: StatusReport): StatusReport => {
  const reply = Result.getOrThrow(readStatusReply(bytes(printStatusReply(report))))
  if (reply._tag !== "Success") throw new Error(`the reply is ${reply._tag}`)
  const extended = Result.getOrThrow(readExtendedStatusReply(bytes(printStatusReply(report, { extended: true }))))
  if (extended._tag !== "Success") throw new Error(`the extended reply is ${extended._tag}`)
  expect(extended.value.report).toEqual(reply.value)
  return reply.value
}

test("every scenario's report is read back as it is, with three seeds", async () => {
  const simulator = await startSimulator({ clock: "virtual", seed: 7 })
  try {
    for (const { name } of scenarios) {
      for (const seed of [1, 2, 3]) {
        const { report } = await simulator.runScenario(name, { seed })
        expect(readBack(report), `${name}, seed ${seed}`).toEqual(report)
      }
    }
  } finally {
    await simulator.close()
  }
})

// One line of words: white space at the ends and in runs is not kept by XML, and empty elements are never written.
const word = fc.stringMatching(/^[A-Za-z0-9&<>"'._é€-]{1,20}( [A-Za-z0-9]{1,8})?$/)
const money: fc.Arbitrary<Money> = fc.record({
  minor: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  currency: fc.constantFrom("EUR", "USD", "JPY")
})
const total = fc.integer({ min: 0, max: 2 ** 31 - 1 })
const filed = { status: word, amount: money }
const options = { requiredKeys: ["status", "amount"] as ["status", "amount"] }
const moved = fc.record({ merchantReference: word, ...filed, reason: word, modifiedAt: word }, options)
const chargeback = fc.record({ chargebackId: word, ...filed, reason: word, enquiryReason: word }, options)

const report: fc.Arbitrary<StatusReport> = fc.record({
  totals: fc.record({
    exchangedTo: fc.constantFrom("EUR", "USD"),
    exchangeRateDate: fc.constant("2026-01-05 12:00:00"),
    registered: total,
    shopperPending: total,
    acquirerPending: total,
    acquirerApproved: total,
    captured: total,
    refunded: total,
    chargedBack: total,
    reversed: total
  }),
  payments: fc.array(
    fc.record({
      id: fc.bigInt({ min: 1n, max: 10n ** 20n }).map(String),
      paymentMethod: word,
      authorization: fc.record({
        status: word,
        reason: word,
        amount: money,
        confidenceLevel: word,
        captures: fc.array(moved, { maxLength: 3 }),
        refunds: fc.array(moved, { maxLength: 3 }),
        chargebacks: fc.array(chargeback, { maxLength: 3 }),
        reversal: fc.record({ amount: money, reason: word })
      }, { requiredKeys: ["status", "amount", "confidenceLevel", "captures", "refunds", "chargebacks"] })
    }),
    { maxLength: 4 }
  ),
  consideredSafe: fc.record({ value: fc.boolean(), level: word, date: word, reason: word }, {
    requiredKeys: ["value", "level"]
  }),
  apiInformation: fc.record({ originalVersion: word, conversionApplied: fc.boolean() })
}, { requiredKeys: ["totals", "payments"] })

test("any report is read back as it was printed", () => {
  const readsBack = fc.property(report, (printed) => {
    expect(readBack(printed)).toEqual(printed)
  })
  fc.assert(readsBack, { numRuns: 1000, seed: 1 })
})
