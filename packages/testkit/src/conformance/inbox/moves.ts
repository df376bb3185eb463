import assert from "node:assert/strict"
import { Inbox, inboxItemMoves, type InboxItemState } from "@docdata/application"
import { stateAfter } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { startMs } from "../sample.ts"
import { claimIds, note } from "./items.ts"

type Cause = keyof typeof inboxItemMoves

const item = { id: "n1", claim: "first" }
const deadLettering = { reason: "Tested: dead-lettered by a case", atMs: startMs + 5 }

/** What the cases do to the one item, 10 ms after the start, when a first claim is not over yet. */
const doing = (inbox: Inbox["Service"]) =>
  ({
    claimed: Effect.map(claimIds(2_000, "second"), (ids) => ids.length > 0),
    acknowledged: inbox.acknowledge(item),
    "put-back": inbox.retryLater(item, startMs),
    "dead-lettered": inbox.deadLetter(item, deadLettering),
    retried: inbox.retryDeadLetter(item.id, startMs)
  }) satisfies Record<Cause, unknown>

const causesTo: Readonly<Record<InboxItemState, ReadonlyArray<"acknowledged" | "dead-lettered">>> = {
  waiting: [],
  claimed: [],
  "dead-lettered": ["dead-lettered"],
  done: ["acknowledged"]
}

const counted: Readonly<Record<InboxItemState, { readonly open: number; readonly deadLettered: number }>> = {
  waiting: { open: 1, deadLettered: 0 },
  claimed: { open: 1, deadLettered: 0 },
  "dead-lettered": { open: 0, deadLettered: 1 },
  done: { open: 0, deadLettered: 0 }
}

const states = Object.keys(counted) as ReadonlyArray<InboxItemState>
const causes = Object.keys(inboxItemMoves) as ReadonlyArray<Cause>

/** Whether it waits, not only whether it is open: nobody holds it, and it can be claimed at once. */
const waits = Effect.map(claimIds(10, "look"), (ids) => ids.length > 0)

export const moves: Group<Inbox> = {
  title: "an item moves as the table of inbox items says",
  cases: states.flatMap((state) =>
    causes.map((cause) => {
      const to = stateAfter(inboxItemMoves, state, cause)
      return specify(
        `an inbox item that is ${state} ${to === undefined ? "stays so" : `is ${to}`} when it is to be ${cause}`,
        Effect.gen(function*() {
          const inbox = yield* Inbox
          yield* inbox.receive(note(item.id, "R1", 0))
          if (state !== "waiting") yield* claimIds(0, item.claim)
          const acts = doing(inbox)
          for (const first of causesTo[state]) yield* acts[first]
          assert.equal(yield* acts[cause], to !== undefined, "whether it moved")
          const now = to ?? state
          const { length } = yield* inbox.deadLettered(10)
          assert.deepEqual({ open: yield* inbox.backlog(), deadLettered: length }, counted[now])
          assert.equal(yield* waits, now === "waiting", "whether it waits")
        })
      )
    })
  )
}
