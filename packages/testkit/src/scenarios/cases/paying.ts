/**
 * How orders are paid.
 */
import { capturePayment, OrderStore, refreshOrder, startPayment } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { ScenarioWorld } from "../ScenarioWorld.ts"
import { dayMs, later, named, notified, order, relayed, type Shop, stored, story, totalMinor } from "../shop.ts"

export const paying: Group<Shop> = {
  title: "an order is paid",
  cases: [
    specify(
      "with iDEAL: begun, notified, approved, notified",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        const paymentId = yield* world.begin(one.state.key)
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "in_progress")
        yield* world.approve(paymentId)
        yield* notified(one)
        assert.deepEqual(yield* story(one), ["new -> in_progress", "in_progress -> paid"])
        assert.equal((yield* stored(one)).state.fulfilment, "ship")
      })
    ),
    specify(
      "with iDEAL by web direct, started by the shop",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        const started = yield* startPayment(named(one), {
          payment: {
            _tag: "WithInput",
            input: { _tag: "Ideal", issuerId: "INGBNL2A" },
            returnUrl: "https://shop.example/back"
          }
        })
        assert.equal(started.payment._tag, "Accepted")
        assert.ok(started.redirect)
        yield* world.approve(started.payment._tag === "Accepted" ? started.payment.paymentId : "")
        yield* notified(one)
        assert.deepEqual(yield* story(one), ["new -> in_progress", "in_progress -> paid"])
      })
    ),
    specify(
      "at the second attempt, after the bank refused the first",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* world.refuse(yield* world.begin(one.state.key))
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "new")
        yield* world.pay(one.state.key, { method: "IDEAL" })
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "paid")
      })
    ),
    specify(
      "by card when the goods leave: authorised, captured by the shop, proven",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        const paymentId = yield* world.authorize(one.state.key)
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "pending")
        const modification = yield* capturePayment(named(one), { paymentId, reference: "c-1" })
        assert.equal(modification.state, "filed")
        yield* world.move(paymentId, "capture", "CAPTURED")
        yield* notified(one)
        assert.deepEqual(yield* story(one), ["new -> pending", "pending -> paid"])
        const [proven] = yield* OrderStore.use((store) => store.modifications(one.id))
        assert.equal(proven?.state, "confirmed")
      })
    ),
    specify(
      "by card in two shipments, never more than there is",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        const paymentId = yield* world.authorize(one.state.key)
        yield* notified(one)
        yield* capturePayment(named(one), { paymentId, reference: "c-1", amountMinor: 2000 })
        yield* capturePayment(named(one), { paymentId, reference: "c-2", amountMinor: 2990 })
        const tooMuch = yield* Effect.flip(
          capturePayment(named(one), { paymentId, reference: "c-3", amountMinor: 1 })
        )
        assert.equal(tooMuch._tag, "ModificationTooLarge")
        yield* world.move(paymentId, "capture", "CAPTURED")
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "paid")
      })
    ),
    specify(
      "by card whose capture failed first and was asked for again",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        const paymentId = yield* world.authorize(one.state.key)
        yield* notified(one)
        yield* capturePayment(named(one), { paymentId, reference: "c-1" })
        yield* world.move(paymentId, "capture", "FAILED")
        yield* notified(one)
        yield* capturePayment(named(one), { paymentId, reference: "c-2" })
        yield* world.move(paymentId, "capture", "CAPTURED")
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "paid")
        const modifications = yield* OrderStore.use((store) => store.modifications(one.id))
        assert.deepEqual(modifications.map(({ state }) => state), ["failed", "confirmed"])
      })
    ),
    specify(
      "with a gift card and iDEAL for the rest",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        yield* world.pay(one.state.key, { method: "PODIUM_GIFTCARD", minor: 1500 })
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "pending")
        yield* world.pay(one.state.key, { method: "IDEAL", minor: totalMinor - 1500 })
        yield* notified(one)
        assert.deepEqual(yield* story(one), ["new -> pending", "pending -> paid"])
      })
    ),
    specify(
      "by bank transfer, days later",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        const paymentId = yield* world.promise(one.state.key)
        yield* notified(one)
        assert.equal((yield* stored(one)).state.status, "pending")
        assert.equal((yield* stored(one)).state.fulfilment, "wait")
        yield* later(4 * dayMs)
        yield* world.moneyArrives(paymentId)
        yield* notified(one)
        assert.deepEqual(yield* story(one), ["new -> pending", "pending -> paid"])
      })
    ),
    specify(
      "twice by mistake, and nobody ships twice",
      Effect.gen(function*() {
        const world = yield* ScenarioWorld
        const one = yield* order("web-1")
        // Two windows of the browser, both at the bank.
        const first = yield* world.begin(one.state.key)
        const second = yield* world.begin(one.state.key)
        yield* world.approve(first)
        yield* notified(one)
        yield* world.approve(second)
        const { outcome } = yield* refreshOrder(named(one), { observedBy: "operator" })
        assert.ok(outcome?.findings.some(({ kind }) => kind === "overpaid"))
        yield* relayed
        assert.deepEqual(yield* story(one), ["new -> paid"])
      })
    )
  ]
}
