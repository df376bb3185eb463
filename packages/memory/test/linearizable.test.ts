import { Inbox, OrderStore, Outbox } from "@docdata/application"
import { canonical, checkOrderHistories, type OneOrderCommand, recordOn, type Reply } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import fc from "fast-check"
import { assert, describe, it } from "vitest"
import { layerMemory } from "../src/index.ts"

const reserve = (id: string): OneOrderCommand => ({
  store: "orders",
  method: "reserve",
  input: [{
    id,
    merchant: "shop",
    shopReference: id,
    orderReference: id,
    idempotencyKey: id,
    fingerprint: id,
    language: "nl",
    billToCountry: "NL",
    currency: "EUR",
    grossMinor: 1_000,
    createdAtMs: 0,
    leaseUntilMs: 0
  }]
})

const read = (id: string): OneOrderCommand => ({ store: "orders", method: "read", input: [{ by: "id", id }] })

const commitAfter = (id: string, reply: Reply, caller: string): OneOrderCommand => {
  const { order } = (reply as { readonly answer: { readonly order: { readonly revision: number } } }).answer
  return {
    store: "orders",
    method: "commit",
    input: [{
      orderId: id,
      expectedRevision: order.revision,
      committedAtMs: 1,
      state: { key: "", status: "pending", fulfilment: "wait", createdAtMs: 0, currency: "EUR" },
      payments: [],
      events: [{ type: "return.visited", callback: caller }],
      subscribers: [],
      modifications: [],
      nextRefreshAtMs: undefined,
      quietRefreshes: order.revision
    }]
  }
}

/** Eight callers read and commit two orders, with pauses between their calls as the seed says. */
const concurrentHistory = (seed: number) =>
  Effect.gen(function*() {
    const stores = { orders: yield* OrderStore, inbox: yield* Inbox, outbox: yield* Outbox }
    const recorder = recordOn(stores)
    const pauses = fc.sample(fc.nat({ max: 3 }), { seed, numRuns: 200 })
    let turn = 0
    const pause = Effect.suspend(() => Effect.repeat(Effect.yieldNow, { times: pauses[turn++ % pauses.length]! }))
    const callerOf = (caller: string) =>
      Effect.gen(function*() {
        for (const id of ["o1", "o2", "o1"]) {
          yield* pause
          const reply = yield* recorder.run(caller, read(id))
          yield* pause
          yield* recorder.run(caller, commitAfter(id, reply, caller))
          yield* recorder.run(caller, { store: "orders", method: "events", input: [id] })
        }
      })
    for (const id of ["o1", "o2"]) yield* recorder.run("setup", reserve(id))
    yield* Effect.forEach(Array.from({ length: 8 }, (_, n) => `caller ${n}`), callerOf, { concurrency: "unbounded" })
    return recorder.history
  }).pipe(Effect.provide(layerMemory))

describe("concurrent histories of the memory store", () => {
  it("are linearizable, 50 seeds", async () => {
    for (let seed = 0; seed < 50; seed++) {
      const history = await Effect.runPromise(concurrentHistory(seed))
      assert.isUndefined(checkOrderHistories(history), `seed ${seed}`)
    }
  })

  it("are refused when one answer is changed", async () => {
    const history = await Effect.runPromise(concurrentHistory(3))
    const last = history.findLastIndex(({ call, ended }) =>
      call.method === "commit" && ended !== undefined &&
      canonical(ended.reply).includes("answer")
    )
    const forged = history.with(last, {
      ...history[last]!,
      ended: { at: history[last]!.ended!.at, reply: { answer: { revision: 99, events: [] } } }
    })
    assert.isDefined(checkOrderHistories(forged))
  })
})
