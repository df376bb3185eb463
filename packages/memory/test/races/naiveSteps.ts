/**
 * Steps as integrations in the wild make them. Each list has one mistake; the races have to find it.
 */
import {
  acknowledge,
  ask,
  changeOf,
  claim,
  claimDelivery,
  commit,
  decide,
  handOver,
  markDelivered,
  type RaceStep,
  read,
  receive,
  statusCall
} from "@docdata/testkit"
import * as Effect from "effect/Effect"

const named = (name: string, run: RaceStep["run"]): RaceStep => ({
  name,
  run: (bench, worker) => worker.idle ? Effect.void : run(bench, worker)
})

/** The last writer wins: what was decided on an old order is written over whatever is there now. */
const overwrite = named("overwrite", (bench, worker) =>
  Effect.gen(function*() {
    const { order } = yield* bench.stores.orders.read({ by: "id", id: worker.snapshot!.order.id })
    const change = changeOf(worker, worker.answer!, decide(worker, worker.answer!))
    yield* bench.stores.orders.commit({ ...change, expectedRevision: order.revision })
  }))

/** Compare and set, but an answer that was asked for earlier may be stored later. */
const commitStale = named("commit stale", (bench, worker) =>
  Effect.gen(function*() {
    const { orders } = bench.stores
    for (;;) {
      const snapshot = yield* orders.read({ by: "id", id: worker.snapshot!.order.id })
      worker.snapshot = snapshot
      const result = yield* Effect.result(
        orders.commit(changeOf(worker, worker.answer!, decide(worker, worker.answer!)))
      )
      if (result._tag === "Success") return
    }
  }))

export const naive = {
  "the last writer wins": [read, statusCall, overwrite, acknowledge],
  "a stale answer is stored over a younger one": [read, ask, receive, commitStale, acknowledge],
  "the notification is acknowledged before the answer is stored": [read, acknowledge, statusCall, commit],
  "a delivery is marked before it is handed over": [
    claim,
    read,
    statusCall,
    commit,
    acknowledge,
    claimDelivery,
    markDelivered,
    handOver
  ]
} as const
