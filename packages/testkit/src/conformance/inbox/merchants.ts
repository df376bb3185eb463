import { Inbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { startMs } from "../sample.ts"
import { claimAll, claimIds, claimOf, leaseMs, note, receiveSeveral } from "./items.ts"

const merchantsAt = (afterMs: number) => Inbox.use((inbox) => inbox.merchants(startMs + afterMs))

export const merchants: Group<Inbox> = {
  title: "merchants and turns",
  cases: [
    specify("names nobody when nothing waits", answers(merchantsAt(0), [])),
    specify(
      "names the merchants of waiting items once each, by name",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        for (const [id, merchant] of [["n1", "west"], ["n2", "Süd"], ["n3", "east"], ["n4", "west"]] as const) {
          yield* inbox.receive({ ...note(id, `R-${id}`, 1), merchant })
        }
        yield* answers(merchantsAt(0), ["Süd", "east", "west"])
      })
    ),
    specify(
      "names a merchant from the instant on from which its item may be taken",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(1)
        yield* claimAll(10, "c")
        yield* answers(merchantsAt(10 + leaseMs - 1), [])
        yield* answers(merchantsAt(10 + leaseMs), ["shop"])
        yield* inbox.retryLater({ id: "n1", claim: "c" }, startMs + 50)
        yield* answers(merchantsAt(49), [])
        yield* answers(merchantsAt(50), ["shop"])
      })
    ),
    specify(
      "names nobody of whom all is dead-lettered or acknowledged",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(2)
        yield* claimAll(10, "c")
        yield* inbox.deadLetter({ id: "n1", claim: "c" }, { reason: "poison", atMs: startMs })
        yield* inbox.acknowledge({ id: "n2", claim: "c" })
        yield* answers(merchantsAt(9_000_000), [])
      })
    ),
    specify(
      "hands out items of the merchant that is asked for, also if another has older ones",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* receiveSeveral(3)
        yield* inbox.receive({ ...note("n4", "R1", 40), merchant: "other" })
        const claimed = Effect.map(claimOf("other", 50, { claim: "c1" }), (items) => items.map(({ id }) => id))
        yield* answers(claimed, ["n4"])
        yield* answers(claimIds(50, "c2"), ["n1", "n2", "n3"])
      })
    ),
    specify(
      "takes a new item before one whose time came later, although that was notified earlier",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c1")
        yield* inbox.retryLater({ id: "n1", claim: "c1" }, startMs + 500)
        yield* inbox.receive(note("n2", "R2", 499))
        yield* inbox.receive(note("n3", "R3", 501))
        yield* answers(claimIds(600, "c2", 1), ["n2"])
        yield* answers(claimIds(600, "c3", 1), ["n1"])
        yield* answers(claimIds(600, "c4", 1), ["n3"])
      })
    ),
    specify(
      "gives an item whose claim ended its turn from the end of that time on",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 1))
        yield* claimAll(10, "c1")
        yield* inbox.receive(note("n2", "R2", 10 + leaseMs + 1))
        yield* inbox.receive(note("n3", "R3", 10 + leaseMs - 1))
        yield* answers(claimIds(5_000, "c2", 2), ["n1", "n3"])
        yield* answers(claimIds(5_000, "c3", 2), ["n2"])
      })
    )
  ]
}
