/**
 * The four that come at once: a returning shopper, a notification, the scheduled refresh and an operator.
 */
import { cancelOrder, refreshDueOrders, refreshOrder } from "@docdata/application"
import * as Effect from "effect/Effect"

export const roles = ["return", "notification", "schedule", "operator"] as const
export type Role = (typeof roles)[number]

/** What a role does with the order of a round. */
const play = Effect.fnUntraced(function*(role: Role, round: number) {
  const byId = { by: "id", id: `contest-${round}` } as const
  switch (role) {
    case "return":
      yield* refreshOrder(byId, { observedBy: "return", events: [{ type: "return.visited", callback: "success" }] })
      return
    case "notification":
      yield* refreshOrder({ by: "order-reference", merchant: "shop", orderReference: `R${round}` }, {
        observedBy: "notification",
        events: [{ type: "notification.received" }]
      })
      return
    case "schedule":
      yield* refreshDueOrders()
      return
    case "operator":
      yield* cancelOrder(byId)
  }
})

/** All roles of a round at once; what they fail with is a fault of the contest. */
export const playAll = (all: ReadonlyArray<Role>, round: number) =>
  Effect.forEach(all, (role) => play(role, round), { concurrency: "unbounded", discard: true })
