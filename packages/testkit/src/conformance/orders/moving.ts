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
import { confirmed, movement, startMs } from "../sample.ts"

const step = (reference: string, cause: ModificationCause) => ({
  orderId: "order-1",
  kind: "capture" as const,
  reference,
  cause,
  atMs: startMs + 77
})

/** What brings a movement that was just written down into each state. */
const causesTo: Readonly<Record<ModificationState, ReadonlyArray<ModificationCause>>> = {
  intended: [],
  filed: ["taken"],
  unclear: ["unanswered"],
  confirmed: ["reported-done"],
  failed: ["refused"]
}

export const moving: Group<OrderStore> = {
  title: "movements and periods",
  cases: [
    specify(
      "intend writes a movement down as intended",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const expected = movement("order-1", "C1")
        yield* answers(store.intend({ ...expected, state: "confirmed" }, 400), { created: true, movement: expected })
        yield* answers(store.movements("order-1"), [expected])
      })
    ),
    specify(
      "intend leaves the order's revision alone",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        yield* store.intend(movement("order-1", "C1"), 400)
        yield* answers(store.read({ by: "id", id: "order-1" }), { order, payments: [] })
      })
    ),
    specify(
      "intend repeated answers the stored one, whatever it asks for now",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(movement("order-1", "C1"), 400)
        const other = movement("order-1", "C1", { amountMinor: 9999, paymentId: "1" })
        yield* answers(store.intend(other, 0), { created: false, movement: movement("order-1", "C1") })
        assert.equal((yield* store.movements("order-1")).length, 1)
      })
    ),
    specify(
      "intend repeated for one that failed answers the failed one",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(movement("order-1", "C1"), 400)
        yield* store.settle(step("C1", "refused"))
        const answer = yield* store.intend(movement("order-1", "C1"), 400)
        assert.equal(answer.created, false)
        assert.equal(answer.movement.state, "failed")
      })
    ),
    specify(
      "intend takes exactly the limit and refuses one more, with what is left",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(movement("order-1", "C1"), 1000)
        yield* store.intend(movement("order-1", "C2", { amountMinor: 600 }), 1000)
        yield* refuses(store.intend(movement("order-1", "C3", { amountMinor: 1 }), 1000), "MovementTooLarge", {
          orderId: "order-1",
          paymentId: "4711",
          askedMinor: 1,
          leftMinor: 0
        })
        assert.equal((yield* store.movements("order-1")).length, 2)
      })
    ),
    specify(
      "intend says that nothing is left, never less, when the limit has shrunk",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(movement("order-1", "C1"), 1000)
        yield* refuses(store.intend(movement("order-1", "C2"), 100), "MovementTooLarge", { leftMinor: 0 })
      })
    ),
    specify(
      "intend counts everything that has not failed",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        for (const state of ["intended", "filed", "unclear", "confirmed"] as const) {
          yield* store.intend(movement("order-1", state, { amountMinor: 100 }), 400)
          for (const cause of causesTo[state]) yield* store.settle(step(state, cause))
        }
        yield* refuses(store.intend(movement("order-1", "more", { amountMinor: 1 }), 400), "MovementTooLarge", {})
        yield* store.settle(step("unclear", "reported-failed"))
        yield* refuses(store.intend(movement("order-1", "more", { amountMinor: 101 }), 400), "MovementTooLarge", {
          leftMinor: 100
        })
        assert.equal((yield* store.intend(movement("order-1", "more", { amountMinor: 100 }), 400)).created, true)
      })
    ),
    specify(
      "intend counts kinds, payments and orders apart",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* confirmed(2)
        yield* store.intend(movement("order-1", "C1"), 400)
        for (
          const other of [
            movement("order-1", "C1", { kind: "refund" }),
            movement("order-1", "C2", { paymentId: "4712" }),
            movement("order-2", "C1")
          ]
        ) assert.equal((yield* store.intend(other, 400)).created, true)
      })
    ),
    specify(
      "intend by several at once never exceeds the limit together",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const results = yield* atOnce((caller) =>
          Effect.result(store.intend(movement("order-1", `C${caller}`, { amountMinor: 300 }), 1000))
        )
        assert.equal(results.filter(({ _tag }) => _tag === "Success").length, 3)
        for (const result of results) {
          if (result._tag === "Failure") assert.equal(result.failure._tag, "MovementTooLarge")
        }
        assert.equal((yield* store.movements("order-1")).length, 3)
      })
    ),
    specify(
      "intend by several at once with one reference writes one",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const answers = yield* atOnce(() => store.intend(movement("order-1", "C1"), 400))
        assert.equal(answers.filter(({ created }) => created).length, 1)
        assert.equal((yield* store.movements("order-1")).length, 1)
      })
    ),
    specify(
      "intend for an unknown order is refused",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* refuses(store.intend(movement("nobody", "C1"), 400), "OrderNotFound", {
          order: { by: "id", id: "nobody" }
        })
      })
    ),
    specify(
      "settle moves a movement on and says when",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(movement("order-1", "C1"), 400)
        yield* answers(store.settle(step("C1", "taken")), true)
        yield* answers(store.movements("order-1"), [
          movement("order-1", "C1", { state: "filed", changedAtMs: startMs + 77 })
        ])
      })
    ),
    specify(
      "settle moves as the table of modifications says, from every state and for every cause",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        for (const state of modificationStates) {
          for (const cause of modificationCauses) {
            const reference = `${state} ${cause}`
            yield* store.intend(movement("order-1", reference, { amountMinor: 1 }), 400)
            for (const first of causesTo[state]) yield* store.settle({ ...step(reference, first), atMs: startMs + 1 })
            const to = modificationAfter(state, cause)
            const moved = yield* store.settle(step(reference, cause))
            const stored = (yield* store.movements("order-1")).find((each) => each.reference === reference)
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
      "settle of an unknown movement, kind or order answers false",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(movement("order-1", "C1"), 400)
        const known = step("C1", "taken")
        yield* answers(store.settle({ ...known, reference: "C2" }), false)
        yield* answers(store.settle({ ...known, kind: "refund" }), false)
        yield* answers(store.settle({ ...known, orderId: "nobody" }), false)
      })
    ),
    specify(
      "settle by several at once moves on once",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        yield* store.intend(movement("order-1", "C1"), 400)
        const moved = yield* atOnce(() => store.settle(step("C1", "taken")))
        assert.equal(moved.filter(Boolean).length, 1)
      })
    ),
    specify(
      "movements come oldest first, then by kind and reference",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* confirmed(1)
        const wishes = [
          movement("order-1", "b", { requestedAtMs: startMs + 2 }),
          movement("order-1", "a", { requestedAtMs: startMs + 2, kind: "refund" }),
          movement("order-1", "a", { requestedAtMs: startMs + 2 }),
          movement("order-1", "B", { requestedAtMs: startMs + 2 }),
          movement("order-1", "z", { requestedAtMs: startMs + 1 })
        ]
        for (const wish of wishes) yield* store.intend(wish, 10_000)
        const found = yield* store.movements("order-1")
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
      "movements of an unknown order are none",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* answers(store.movements("nobody"), [])
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
