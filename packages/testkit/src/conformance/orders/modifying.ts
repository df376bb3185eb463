import assert from "node:assert/strict"
import { OrderStore } from "@docdata/application"
import {
  modificationAfter,
  type ModificationCause,
  modificationCauses,
  type ModificationState,
  modificationStates
} from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, refuses } from "../expectations.ts"
import { committed, confirmed, modification, startMs } from "../sample.ts"

const step = (reference: string, cause: ModificationCause) => ({
  orderId: "order-1",
  kind: "capture" as const,
  reference,
  cause,
  atMs: startMs + 77
})

/** What brings a modification that was just written down into each state. */
const causesTo: Readonly<Record<ModificationState, ReadonlyArray<ModificationCause>>> = {
  intended: [],
  filed: ["taken"],
  unclear: ["unanswered"],
  confirmed: ["reported-done"],
  failed: ["reported-failed"]
}

export const moving: Group<OrderStore> = {
  title: "modifications and periods",
  cases: [
    specify(
      "intend writes a modification down as intended",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const expected = modification("order-1", "C1")
        yield* answers(store.intend({ ...expected, state: "confirmed" }, 400), {
          created: true,
          modification: expected
        })
        yield* answers(store.modifications("order-1"), [expected])
      })
    ),
    specify(
      "intend keeps that a capture is the last one of its payment, and so does every move",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const last = modification("order-1", "C1", { final: true })
        yield* answers(store.intend(last, 400), { created: true, modification: last })
        yield* store.resolve(step("C1", "taken"))
        yield* answers(store.modifications("order-1"), [{ ...last, state: "filed", changedAtMs: startMs + 77 }])
      })
    ),
    specify(
      "intend leaves the order's revision alone",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 400)
        yield* answers(store.read({ by: "id", id: "order-1" }), { order, payments: [] })
      })
    ),
    specify(
      "intend repeated answers the stored one, whatever it asks for now",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 400)
        const other = modification("order-1", "C1", { amountMinor: 9999, paymentId: "1" })
        yield* answers(store.intend(other, 0), { created: false, modification: modification("order-1", "C1") })
        assert.equal((yield* store.modifications("order-1")).length, 1)
      })
    ),
    specify(
      "intend repeated for one that failed answers the failed one",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 400)
        yield* store.resolve(step("C1", "reported-failed"))
        const answer = yield* store.intend(modification("order-1", "C1"), 400)
        assert.equal(answer.created, false)
        assert.equal(answer.modification.state, "failed")
      })
    ),
    specify(
      "intend takes exactly the limit and refuses one more, with what is left",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 1000)
        yield* store.intend(modification("order-1", "C2", { amountMinor: 600 }), 1000)
        yield* refuses(store.intend(modification("order-1", "C3", { amountMinor: 1 }), 1000), "ModificationTooLarge", {
          orderId: "order-1",
          paymentId: "4711",
          askedMinor: 1,
          leftMinor: 0
        })
        assert.equal((yield* store.modifications("order-1")).length, 2)
      })
    ),
    specify(
      "intend says that nothing is left, never less, when the limit has shrunk",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 1000)
        yield* refuses(store.intend(modification("order-1", "C2"), 100), "ModificationTooLarge", { leftMinor: 0 })
      })
    ),
    specify(
      "intend counts everything that has not failed",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        for (const state of ["intended", "filed", "unclear", "confirmed"] as const) {
          yield* store.intend(modification("order-1", state, { amountMinor: 100 }), 400)
          for (const cause of causesTo[state]) yield* store.resolve(step(state, cause))
        }
        yield* refuses(
          store.intend(modification("order-1", "more", { amountMinor: 1 }), 400),
          "ModificationTooLarge",
          {}
        )
        yield* store.resolve(step("unclear", "reported-failed"))
        yield* refuses(
          store.intend(modification("order-1", "more", { amountMinor: 101 }), 400),
          "ModificationTooLarge",
          {
            leftMinor: 100
          }
        )
        assert.equal((yield* store.intend(modification("order-1", "more", { amountMinor: 100 }), 400)).created, true)
      })
    ),
    specify(
      "intend counts kinds, payments and orders apart",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* confirmed(2)
        yield* store.intend(modification("order-1", "C1"), 400)
        for (
          const other of [
            modification("order-1", "C1", { kind: "refund" }),
            modification("order-1", "C2", { paymentId: "4712" }),
            modification("order-2", "C1")
          ]
        ) assert.equal((yield* store.intend(other, 400)).created, true)
      })
    ),
    specify(
      "a capture and a refund of one reference stand side by side, whatever becomes of either",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        const capture = modification("order-1", "C1")
        const refund = modification("order-1", "C1", { kind: "refund", amountMinor: 150 })
        yield* store.intend(capture, 400)
        yield* store.intend(refund, 400)
        yield* answers(store.modifications("order-1"), [capture, refund])
        yield* store.resolve(step("C1", "taken"))
        const filed = { ...capture, state: "filed", changedAtMs: startMs + 77 } as const
        yield* answers(store.modifications("order-1"), [filed, refund])
        const failed = { ...refund, state: "failed", changedAtMs: startMs + 88 } as const
        yield* committed(order, { modifications: [failed] })
        yield* answers(store.modifications("order-1"), [filed, failed])
      })
    ),
    specify(
      "intend by several at once never exceeds the limit together",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const results = yield* atOnce((caller) =>
          Effect.result(store.intend(modification("order-1", `C${caller}`, { amountMinor: 300 }), 1000))
        )
        assert.equal(results.filter(({ _tag }) => _tag === "Success").length, 3)
        for (const result of results) {
          if (result._tag === "Failure") assert.equal(result.failure._tag, "ModificationTooLarge")
        }
        assert.equal((yield* store.modifications("order-1")).length, 3)
      })
    ),
    specify(
      "intend by several at once with one reference writes one",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const answers = yield* atOnce(() => store.intend(modification("order-1", "C1"), 400))
        assert.equal(answers.filter(({ created }) => created).length, 1)
        assert.equal((yield* store.modifications("order-1")).length, 1)
      })
    ),
    specify(
      "intend for an unknown order is refused",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refuses(store.intend(modification("nobody", "C1"), 400), "OrderNotFound", {
          order: { by: "id", id: "nobody" }
        })
      })
    ),
    specify(
      "resolve moves a modification on and says when",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 400)
        yield* answers(store.resolve(step("C1", "taken")), true)
        yield* answers(store.modifications("order-1"), [
          modification("order-1", "C1", { state: "filed", changedAtMs: startMs + 77 })
        ])
      })
    ),
    specify(
      "resolve moves as the table of modifications says, from every state and for every cause",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        for (const state of modificationStates) {
          for (const cause of modificationCauses) {
            const reference = `${state} ${cause}`
            yield* store.intend(modification("order-1", reference, { amountMinor: 1 }), 400)
            for (const first of causesTo[state]) yield* store.resolve({ ...step(reference, first), atMs: startMs + 1 })
            const to = modificationAfter(state, cause)
            const moved = yield* store.resolve(step(reference, cause))
            const stored = (yield* store.modifications("order-1")).find((each) => each.reference === reference)
            assert.deepEqual({ reference, moved, state: stored?.state }, {
              reference,
              moved: to !== undefined,
              state: to ?? state
            })
            assert.equal(stored?.changedAtMs === startMs + 77, to !== undefined, `${reference}: when it moved`)
          }
        }
      })
    ),
    specify(
      "resolve of an unknown modification, kind or order answers false",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 400)
        const known = step("C1", "taken")
        yield* answers(store.resolve({ ...known, reference: "C2" }), false)
        yield* answers(store.resolve({ ...known, kind: "refund" }), false)
        yield* answers(store.resolve({ ...known, orderId: "nobody" }), false)
      })
    ),
    specify(
      "resolve by several at once moves on once",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(modification("order-1", "C1"), 400)
        const moved = yield* atOnce(() => store.resolve(step("C1", "taken")))
        assert.equal(moved.filter(Boolean).length, 1)
      })
    ),
    specify(
      "withdraw takes back what is intended and nothing else, and frees its reference",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const named = { orderId: "order-1", kind: "capture", reference: "C1" } as const
        yield* store.intend(modification("order-1", "C1"), 400)
        yield* answers(store.withdraw({ ...named, kind: "refund" }), false)
        yield* answers(store.withdraw({ ...named, orderId: "nobody" }), false)
        yield* answers(store.withdraw(named), true)
        yield* answers(store.withdraw(named), false)
        yield* answers(store.modifications("order-1"), [])
        const other = modification("order-1", "C1", { amountMinor: 300 })
        yield* answers(store.intend(other, 400), { created: true, modification: other })
        for (const state of modificationStates.filter((state) => state !== "intended")) {
          yield* store.intend(modification("order-1", state, { amountMinor: 1 }), 400)
          for (const cause of causesTo[state]) yield* store.resolve(step(state, cause))
          yield* answers(store.withdraw({ ...named, reference: state }), false)
        }
        assert.equal((yield* store.modifications("order-1")).length, modificationStates.length)
      })
    ),
    specify(
      "modifications come oldest first, then by kind and reference",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const requests = [
          modification("order-1", "b", { requestedAtMs: startMs + 2 }),
          modification("order-1", "a", { requestedAtMs: startMs + 2, kind: "refund" }),
          modification("order-1", "a", { requestedAtMs: startMs + 2 }),
          modification("order-1", "B", { requestedAtMs: startMs + 2 }),
          modification("order-1", "z", { requestedAtMs: startMs + 1 })
        ]
        for (const request of requests) yield* store.intend(request, 10_000)
        const found = yield* store.modifications("order-1")
        assert.deepEqual(found.map(({ kind, reference }) => `${kind} ${reference}`), [
          "capture z",
          "capture B",
          "capture a",
          "capture b",
          "refund a"
        ])
      })
    ),
    specify(
      "modifications of an unknown order are none",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* answers(store.modifications("nobody"), [])
      })
    ),
    specify(
      "a period goes to the first order that asks, and to nobody else for ever",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const claim = { merchant: "shop", series: "sub-1", period: "2026-01", orderId: "order-1" }
        yield* answers(store.takePeriod(claim), true)
        yield* answers(store.takePeriod({ ...claim, orderId: "order-2" }), false)
        yield* answers(store.takePeriod(claim), true)
        yield* answers(store.takePeriod({ ...claim, orderId: "order-2" }), false)
      })
    ),
    specify(
      "a period is one of its merchant and series",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const claim = { merchant: "shop", series: "sub-1", period: "2026-01", orderId: "order-1" }
        yield* store.takePeriod(claim)
        const other = { ...claim, orderId: "order-2" }
        yield* answers(store.takePeriod({ ...other, merchant: "other" }), true)
        yield* answers(store.takePeriod({ ...other, series: "sub-2" }), true)
        yield* answers(store.takePeriod({ ...other, period: "2026-02" }), true)
      })
    ),
    specify(
      "a period that several ask for at once goes to one of them",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const claim = { merchant: "shop", series: "sub-1", period: "2026-01" }
        const taken = yield* atOnce((caller) => store.takePeriod({ ...claim, orderId: `order-${caller}` }))
        assert.equal(taken.filter(Boolean).length, 1)
        yield* answers(store.takePeriod({ ...claim, orderId: `order-${taken.indexOf(true)}` }), true)
      })
    )
  ]
}
