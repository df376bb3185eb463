import { Inbox, OrderStore, type Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, refuses } from "../expectations.ts"
import { claimIds, note } from "../inbox/items.ts"
import { change, confirmed } from "../sample.ts"

const answered = { acknowledges: [{ id: "n1", claim: "c" }] }

export const acknowledging: Group<OrderStore | Outbox | Inbox> = {
  title: "notifications that a commit answers",
  cases: [
    specify(
      "are acknowledged with the commit",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 10))
        yield* inbox.receive(note("n2", "R2", 11))
        yield* claimIds(20, "c")
        yield* (yield* OrderStore).commit(change(yield* confirmed(1), answered))
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c" }), false)
        yield* answers(inbox.acknowledge({ id: "n2", claim: "c" }), true)
        yield* answers(inbox.backlog(), 0)
      })
    ),
    specify(
      "stay when the commit is refused",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        const order = yield* confirmed(1)
        yield* inbox.receive(note("n1", "R1", 10))
        yield* claimIds(20, "c")
        const store = yield* OrderStore
        yield* refuses(store.commit(change({ ...order, revision: order.revision - 1 }, answered)), "Outdated", {})
        yield* answers(inbox.acknowledge({ id: "n1", claim: "c" }), true)
      })
    ),
    specify(
      "stay with whoever claimed them meanwhile, and the commit stands",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        yield* inbox.receive(note("n1", "R1", 10))
        yield* claimIds(20, "c")
        yield* claimIds(9_000_000, "d")
        const order = yield* confirmed(1)
        yield* answers(
          Effect.map((yield* OrderStore).commit(change(order, answered)), ({ revision }) => revision),
          order.revision + 1
        )
        yield* answers(inbox.acknowledge({ id: "n1", claim: "d" }), true)
      })
    )
  ]
}
