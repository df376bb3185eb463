import assert from "node:assert/strict"
import { Inbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, callerCount } from "../expectations.ts"
import { startMs } from "../sample.ts"
import { claimAll, note } from "./items.ts"

export const receiving: Group<Inbox> = {
  title: "receive",
  cases: [
    specify(
      "writes a notification down",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* answers(inbox.receive(note("n1", "R1", 5)), { id: "n1", coalesced: false })
        yield* answers(inbox.backlog(), 1)
        yield* answers(claimAll(10, "c"), [{
          id: "n1",
          merchant: "shop",
          orderReference: "R1",
          firstReceivedAtMs: startMs + 5,
          lastReceivedAtMs: startMs + 5,
          notificationCount: 1,
          attempts: 1,
          claim: "c"
        }])
      })
    ),
    specify(
      "keeps the trace of the notification that an item was written for",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        const trace = (digit: string): string => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`
        yield* inbox.receive({ ...note("n1", "R1", 5), traceparent: trace("a") })
        yield* inbox.receive({ ...note("n2", "R1", 8), traceparent: trace("b") })
        const [first] = yield* claimAll(10, "c")
        assert.equal(first!.traceparent, trace("a"))
        yield* inbox.receive({ ...note("n3", "R1", 20), traceparent: trace("c") })
        yield* inbox.retryLater({ id: "n1", claim: "c" }, startMs + 30)
        const [second] = yield* claimAll(40, "d")
        assert.deepEqual([second!.id, second!.traceparent], ["n3", trace("c")])
        yield* inbox.deadLetter({ id: "n3", claim: "d" }, { reason: "x", atMs: startMs + 50 })
        assert.equal((yield* inbox.deadLettered(1))[0]?.traceparent, trace("c"))
      })
    ),
    specify(
      "counts further notifications of an order on the item that waits",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 5))
        yield* answers(inbox.receive(note("n2", "R1", 8)), { id: "n1", coalesced: true })
        yield* answers(inbox.receive(note("n3", "R1", 9)), { id: "n1", coalesced: true })
        yield* answers(inbox.backlog(), 1)
        const [item] = yield* claimAll(10, "c")
        assert.equal(item!.notificationCount, 3)
        assert.equal(item!.firstReceivedAtMs, startMs + 5)
        assert.equal(item!.lastReceivedAtMs, startMs + 9)
      })
    ),
    specify(
      "spans the times when notifications are stored out of order",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 5))
        yield* inbox.receive(note("n2", "R1", 2))
        const [item] = yield* claimAll(10, "c")
        assert.equal(item!.firstReceivedAtMs, startMs + 2)
        assert.equal(item!.lastReceivedAtMs, startMs + 5)
      })
    ),
    specify(
      "keeps orders and merchants apart",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* answers(inbox.receive(note("n2", "R2", 2)), { id: "n2", coalesced: false })
        const other = { ...note("n3", "R1", 3), merchant: "other" }
        yield* answers(inbox.receive(other), { id: "n3", coalesced: false })
        yield* answers(inbox.backlog(), 3)
      })
    ),
    specify(
      "of several at once for one order writes one item that counts all",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        const replies = yield* atOnce((caller) => inbox.receive(note(`n${caller}`, "R1", caller)))
        assert.equal(replies.filter(({ coalesced }) => !coalesced).length, 1)
        assert.equal(new Set(replies.map(({ id }) => id)).size, 1)
        yield* answers(inbox.backlog(), 1)
        const [item] = yield* claimAll(100, "c")
        assert.equal(item!.notificationCount, callerCount)
      })
    ),
    specify(
      "writes a second item while the first is claimed: it may have been asked for already",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c")
        yield* answers(inbox.receive(note("n2", "R1", 2)), { id: "n2", coalesced: false })
        yield* answers(inbox.receive(note("n3", "R1", 3)), { id: "n2", coalesced: true })
        yield* answers(inbox.backlog(), 2)
      })
    ),
    specify(
      "writes a second item also when the time of the claim is over",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c")
        yield* answers(inbox.receive(note("n2", "R1", 10_000_000)), { id: "n2", coalesced: false })
      })
    ),
    specify(
      "writes a new item after the last one was acknowledged",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c")
        yield* inbox.acknowledge({ id: "n1", claim: "c" })
        yield* answers(inbox.receive(note("n2", "R1", 20)), { id: "n2", coalesced: false })
      })
    ),
    specify(
      "writes a new item while a dead-lettered one stands aside",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c")
        yield* inbox.deadLetter({ id: "n1", claim: "c" }, { reason: "no such order", atMs: startMs })
        yield* answers(inbox.receive(note("n2", "R1", 20)), { id: "n2", coalesced: false })
      })
    ),
    specify(
      "counts on an item that was retried later",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c")
        yield* inbox.retryLater({ id: "n1", claim: "c" }, startMs + 900)
        yield* answers(inbox.receive(note("n2", "R1", 20)), { id: "n1", coalesced: true })
      })
    ),
    specify(
      "writes nothing for an id that is stored already",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* answers(inbox.receive(note("n1", "R1", 1)), { id: "n1", coalesced: false })
        const [item] = yield* claimAll(10, "c")
        assert.equal(item!.notificationCount, 1)
        yield* answers(inbox.receive(note("n1", "R1", 1)), { id: "n1", coalesced: false })
        yield* answers(inbox.backlog(), 1)
      })
    ),
    specify(
      "can be claimed at once, also by somebody whose clock is behind",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 500))
        assert.equal((yield* claimAll(0, "c")).length, 1)
      })
    )
  ]
}
