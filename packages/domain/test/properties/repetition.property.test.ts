/**
 * Laws of time: the same report twice, several reports in a row, and questions that stay untouched.
 */
import fc from "fast-check"
import { describe, expect } from "vitest"
import { eventId } from "../../src/OrderEvent.ts"
import { type Outcome, type Question, reconcile } from "../../src/reconcile.ts"
import { intent, question, reportFor } from "../generators/questions.ts"
import { applyEvents } from "../oracle/laws.ts"
import { law } from "./law.ts"

const again = (asked: Question, { order, payments }: Outcome): Question => ({ ...asked, order, payments })

const confirmed = [undefined, "SUCCESS", "NO_PAYMENTS", "ALREADY_CANCELED"].map((cancelResult) =>
  cancelResult === undefined ? { wanted: "cancelled" as const } : { wanted: "cancelled" as const, cancelResult }
)
const refused = ["FAILED", "PENDING", "LATER"].map((cancelResult) => ({ wanted: "cancelled" as const, cancelResult }))

const intents = {
  "without an intention": fc.constant(undefined),
  "with a confirmed cancel": fc.constantFrom(...confirmed),
  "with a cancel that was not confirmed": fc.constantFrom(...refused),
  "with an asked expiry": fc.constant({ wanted: "expired" as const }),
  "with a legacy caller's request": intent.filter(({ wanted }) => wanted === "legacy")
}

describe("the same report a second time", () => {
  for (const [name, wanted] of Object.entries(intents)) {
    law(
      `changes nothing and tells nothing ${name}`,
      fc.tuple(question, wanted),
      ([given, intent]) => {
        const { intent: _, ...silent } = given
        const asked = intent === undefined ? silent : { ...silent, intent }
        const first = reconcile(asked)
        const second = reconcile(again(asked, first))
        expect(second.events).toEqual([])
        expect(second.order).toEqual(first.order)
        expect(second.payments).toEqual(first.payments)
      }
    )
  }

  law("leaves the very same order object, so that a store sees that there is nothing to write", question, (asked) => {
    const first = reconcile(asked)
    expect(reconcile(again(asked, first)).order).toBe(first.order)
  })
})

describe("several reports in a row", () => {
  const story = fc.tuple(question, fc.array(reportFor({ currency: "EUR", gross: 10_000 }), { maxLength: 5 }))

  law("tell, event by event, all that is stored in the end", story, ([asked, reports]) => {
    let current: Outcome = reconcile(asked)
    const events = [...current.events]
    for (const report of reports) {
      current = reconcile({ ...again(asked, current), report })
      events.push(...current.events)
    }
    const published = applyEvents(events, { order: asked.order, stored: asked.payments })
    expect(published.status).toBe(current.order.status)
    expect(published.fulfilment).toBe(current.order.fulfilment)
    // A row imported without its currency learns it, which is no event.
    const withoutCurrency = (row: Outcome["payments"][number]) => ({ ...row, currency: "" })
    expect(published.rows.map(withoutCurrency)).toEqual(
      current.payments.toSorted((a, b) =>
        a.paymentId.length - b.paymentId.length || (a.paymentId < b.paymentId ? -1 : 1)
      )
        .map(withoutCurrency)
    )
  })

  law("never lose a payment that was stored", story, ([asked, reports]) => {
    let current: Outcome = reconcile(asked)
    for (const report of reports) {
      const before = current.payments.map(({ paymentId }) => paymentId)
      current = reconcile({ ...again(asked, current), report })
      expect(current.payments.map(({ paymentId }) => paymentId)).toEqual(expect.arrayContaining(before))
    }
  })

  law("keep cover by captured money remembered while the order is paid", story, ([asked, reports]) => {
    let current: Outcome = reconcile(asked)
    for (const report of reports) {
      const before = current.order
      current = reconcile({ ...again(asked, current), report })
      if (before.coveredByCapture === true && ["paid", "paid_refunded"].includes(before.status)) {
        expect(current.order.coveredByCapture).toBe(true)
      }
    }
  })
})

describe("a question", () => {
  const frozen = <A>(value: A): A => {
    if (typeof value === "object" && value !== null) {
      for (const part of Object.values(value)) frozen(part)
      Object.freeze(value)
    }
    return value
  }

  law("is never changed, and asked twice is answered alike", question, (asked) => {
    expect(reconcile(frozen(asked))).toEqual(reconcile(asked))
  })
})

describe("event ids", () => {
  const commit = fc.record({
    key: fc.constantFrom("A", "A-1", "A-1-2"),
    // Numbers that read alike when put together: 1 and 11, 11 and 1.
    revision: fc.oneof(fc.constantFrom(1, 11, 111), fc.nat()),
    position: fc.oneof(fc.constantFrom(1, 11, 2, 12), fc.nat({ max: 2100 }))
  })

  law("are the same for the same commit and position, and differ otherwise", fc.tuple(commit, commit), ([a, b]) => {
    const same = a.key === b.key && a.revision === b.revision && a.position === b.position
    expect(eventId(a.key, a.revision, a.position) === eventId(b.key, b.revision, b.position)).toBe(same)
    expect(eventId(a.key, a.revision, a.position)).toBe(eventId(a.key, a.revision, a.position))
  })
})
