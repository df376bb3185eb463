import assert from "node:assert/strict"
import { deliveryMoves, type DeliveryQueueState, type OrderStore, Outbox } from "@docdata/application"
import { eventId, stateAfter } from "@docdata/domain"
import { deadLetter, delivered, retryLater } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { startMs } from "../sample.ts"
import { claimIds, named, published } from "./deliveries.ts"

type Cause = keyof typeof deliveryMoves

const id = eventId("order-1", 2, 0)
const name = named(id, "first")
const deadLettering = { reason: "Tested: dead-lettered by a case", atMs: startMs + 30 }

/** What the cases do to the one delivery while its first claim, if it has one, is not over yet. */
const doing = (outbox: Outbox["Service"]) =>
  ({
    claimed: Effect.map(claimIds(3_000, "second"), (ids) => ids.length > 0),
    delivered: delivered(outbox, name, startMs + 30),
    "put-back": retryLater(outbox, name, startMs + 30),
    "dead-lettered": deadLetter(outbox, name, deadLettering),
    redelivered: outbox.redeliver({ subscriber: "mail", eventId: id, notBeforeMs: startMs + 30 })
  }) satisfies Record<Cause, unknown>

const causesTo: Readonly<Record<DeliveryQueueState, ReadonlyArray<"delivered" | "dead-lettered">>> = {
  waiting: [],
  claimed: [],
  delivered: ["delivered"],
  "dead-lettered": ["dead-lettered"]
}

const counted: Readonly<Record<DeliveryQueueState, { readonly open: number; readonly deadLettered: number }>> = {
  waiting: { open: 1, deadLettered: 0 },
  claimed: { open: 1, deadLettered: 0 },
  delivered: { open: 0, deadLettered: 0 },
  "dead-lettered": { open: 0, deadLettered: 1 }
}

const places = Object.keys(counted) as ReadonlyArray<DeliveryQueueState>
const causes = Object.keys(deliveryMoves) as ReadonlyArray<Cause>

const deadLetterCount = Outbox.use((outbox) =>
  Effect.map(
    outbox.deadLettered({
      subscriber: "mail",
      limit: 10,
      deadLetteredFromMs: startMs,
      deadLetteredUntilMs: startMs + 9_000_000
    }),
    ({ length }) => length
  )
)

/** Whether it waits, not only whether it is open: nobody holds it, and it can be claimed at once. */
const waits = Effect.map(claimIds(40, "look"), (ids) => ids.length > 0)

export const moves: Group<OrderStore | Outbox> = {
  title: "a delivery moves as the table of deliveries says",
  cases: places.flatMap((place) =>
    causes.map((cause) => {
      const to = stateAfter(deliveryMoves, place, cause)
      return specify(
        `a delivery that is ${place} ${to === undefined ? "stays so" : `is ${to}`} when it is to be ${cause}`,
        Effect.gen(function*() {
          const outbox = yield* Outbox
          yield* published(1, 10)
          if (place !== "waiting") yield* claimIds(20, name.claim)
          const acts = doing(outbox)
          for (const first of causesTo[place]) yield* acts[first]
          const moved = yield* acts[cause]
          // One that is being made is answered for: it is on its way already.
          if (cause !== "redelivered") assert.equal(moved, to !== undefined, "whether it moved")
          const now = to ?? place
          assert.deepEqual({ open: yield* outbox.backlog("mail"), deadLettered: yield* deadLetterCount }, counted[now])
          assert.equal(yield* waits, now === "waiting", "whether it waits")
        })
      )
    })
  )
}
