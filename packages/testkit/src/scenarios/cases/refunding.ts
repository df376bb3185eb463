/**
 * How money goes back.
 */
import { refundPayment } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { ScenarioWorld } from "../ScenarioWorld.ts"
import {
  countOf,
  dayMs,
  later,
  minuteMs,
  named,
  notified,
  order,
  type Shop,
  stored,
  story,
  totalMinor
} from "../shop.ts"

/** An order that was paid at once, and the shop knows it. */
const paid = Effect.fnUntraced(function*(method: "IDEAL" | "VISA") {
  const world = yield* ScenarioWorld
  const one = yield* order("web-1")
  const paymentId = yield* world.pay(one.state.key, { method })
  yield* notified(one)
  return { one, paymentId, world }
})

export const givingBack: Group<Shop> = {
  title: "money goes back",
  cases: [
    specify(
      "in full: asked for, proven, told",
      Effect.gen(function*() {
        const { one, paymentId, world } = yield* paid("IDEAL")
        yield* refundPayment(named(one), { paymentId, reference: "r-1" })
        assert.equal((yield* stored(one)).state.status, "paid")
        yield* world.move(paymentId, "refund", "CAPTURED")
        yield* notified(one)
        assert.deepEqual(yield* story(one), ["new -> paid", "paid -> refunded"])
      })
    ),
    specify(
      "in part, once per reference however often it is repeated",
      Effect.gen(function*() {
        const { one, paymentId, world } = yield* paid("IDEAL")
        const request = { paymentId, reference: "r-1", amountMinor: 990 }
        for (let i = 0; i < 3; i++) yield* refundPayment(named(one), request)
        assert.equal(yield* countOf("refund"), 1)
        yield* world.move(paymentId, "refund", "CAPTURED")
        yield* notified(one)
        assert.deepEqual(yield* story(one), ["new -> paid", "paid -> paid_refunded"])
      })
    ),
    specify(
      "never more than came in, with ten refunds at once",
      Effect.gen(function*() {
        const { one, paymentId } = yield* paid("IDEAL")
        const results = yield* Effect.forEach(
          Array.from({ length: 10 }, (_, i) => i),
          (i) => Effect.result(refundPayment(named(one), { paymentId, reference: `r-${i}`, amountMinor: 1500 })),
          { concurrency: "unbounded" }
        )
        assert.equal(results.filter(({ _tag }) => _tag === "Success").length, 3)
        assert.equal(yield* countOf("refund"), 3)
      })
    ),
    specify(
      "although no answer came: not asked again, and resolved by the report",
      Effect.gen(function*() {
        const { one, paymentId, world } = yield* paid("IDEAL")
        yield* world.loseAnswer("refund", true)
        yield* Effect.flip(refundPayment(named(one), { paymentId, reference: "r-1" }))
        assert.equal((yield* refundPayment(named(one), { paymentId, reference: "r-1" })).state, "unclear")
        assert.equal(yield* countOf("refund"), 1)
        yield* world.move(paymentId, "refund", "CAPTURED")
        yield* later(2 * minuteMs)
        assert.equal((yield* refundPayment(named(one), { paymentId, reference: "r-1" })).state, "confirmed")
        assert.equal((yield* stored(one)).state.status, "refunded")
      })
    ),
    specify(
      "by a failed refund and another one",
      Effect.gen(function*() {
        const { one, paymentId, world } = yield* paid("IDEAL")
        yield* refundPayment(named(one), { paymentId, reference: "r-1" })
        yield* world.move(paymentId, "refund", "FAILED")
        yield* notified(one)
        yield* refundPayment(named(one), { paymentId, reference: "r-2" })
        yield* world.move(paymentId, "refund", "CAPTURED")
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "refunded")
      })
    ),
    specify(
      "because the bank took it back, weeks later and unannounced",
      Effect.gen(function*() {
        const { one, paymentId, world } = yield* paid("VISA")
        yield* later(20 * dayMs)
        yield* world.chargeBack(paymentId, totalMinor)
        yield* later(dayMs)
        assert.deepEqual(yield* story(one), ["new -> paid", "paid -> charged_back"])
        assert.equal((yield* stored(one)).state.fulfilment, "stop")
      })
    )
  ]
}
