import type { Commit, NewOrder } from "@docdata/application"
import { assert, describe, it } from "vitest"
import {
  checkLinearizable,
  checkOrderHistories,
  emptyModel,
  type OneOrderCommand,
  type OrderOperation,
  type Reply,
  replyOfModel,
  type Specification
} from "../src/index.ts"

const newOrder: NewOrder = {
  id: "o1",
  merchant: "shop",
  shopReference: "S1",
  orderReference: "R1",
  idempotencyKey: "I1",
  fingerprint: "F1",
  language: "nl",
  billToCountry: "NL",
  currency: "EUR",
  grossMinor: 1_000,
  createdAtMs: 0,
  leaseUntilMs: 0
}

const before: ReadonlyArray<OneOrderCommand> = [
  { store: "orders", method: "reserve", input: [newOrder] },
  {
    store: "orders",
    method: "confirm",
    input: [{ orderId: "o1", key: "K1", confirmedAtMs: 1, subscribers: [], nextRefreshAtMs: undefined }]
  }
]

const read: OneOrderCommand = { store: "orders", method: "read", input: [{ by: "id", id: "o1" }] }
const events: OneOrderCommand = { store: "orders", method: "events", input: ["o1"] }

/** A change on a revision that counts quiet checks, so that every one of them is told from the others. */
const commit = (expectedRevision: number, quietRefreshes: number): OneOrderCommand => {
  const change: Commit = {
    orderId: "o1",
    expectedRevision,
    committedAtMs: 5,
    state: { key: "K1", status: "paid", fulfilment: "ship", createdAtMs: 0, currency: "EUR" },
    payments: [],
    events: [{ type: "notification.received" }],
    subscribers: [],
    modifications: [],
    nextRefreshAtMs: undefined,
    quietRefreshes
  }
  return { store: "orders", method: "commit", input: [change] }
}

const intend = (reference: string, limitMinor: number): OneOrderCommand => ({
  store: "orders",
  method: "intend",
  input: [
    {
      orderId: "o1",
      kind: "refund",
      reference,
      paymentId: "7",
      amountMinor: 60,
      currency: "EUR",
      state: "intended",
      requestedAtMs: 0,
      changedAtMs: 0
    },
    limitMinor
  ]
})

/** What the last call answers if the calls happen in this order, after those from before. */
const replyAfter = (...calls: ReadonlyArray<OneOrderCommand>): Reply => {
  const model = emptyModel()
  let reply: Reply = { answer: undefined }
  for (const call of [...before, ...calls]) reply = replyOfModel(model, call)
  return reply
}

const operation = (
  call: OneOrderCommand,
  [startedAt, at]: readonly [number, number],
  reply: Reply
): OrderOperation => ({ caller: `from ${startedAt}`, call, startedAt, ended: { at, reply } })

const unheard = (call: OneOrderCommand, startedAt: number): OrderOperation => ({ caller: "dead", call, startedAt })

const accepts = (...history: ReadonlyArray<OrderOperation>): void => {
  assert.isUndefined(checkOrderHistories(history, before))
}

const refuses = (...history: ReadonlyArray<OrderOperation>): void => {
  assert.strictEqual(checkOrderHistories(history, before)?.orderId, "o1")
}

describe("histories that a store may have", () => {
  it("one call after the other", () => {
    accepts(
      operation(read, [0, 1], replyAfter(read)),
      operation(commit(1, 1), [2, 3], replyAfter(commit(1, 1))),
      operation(read, [4, 5], replyAfter(commit(1, 1), read))
    )
  })

  it("a read during a commit sees the order before or after it", () => {
    for (const reply of [replyAfter(read), replyAfter(commit(1, 1), read)]) {
      accepts(operation(commit(1, 1), [0, 10], replyAfter(commit(1, 1))), operation(read, [2, 5], reply))
    }
  })

  it("of two commits at once one wins, whichever", () => {
    const won = replyAfter(commit(1, 1))
    const lost = replyAfter(commit(1, 1), commit(1, 2))
    accepts(operation(commit(1, 1), [0, 10], won), operation(commit(1, 2), [1, 9], lost))
    accepts(operation(commit(1, 2), [0, 10], lost), operation(commit(1, 1), [1, 9], won))
  })

  it("a commit whose caller died happened", () => {
    accepts(unheard(commit(1, 1), 0), operation(read, [5, 6], replyAfter(commit(1, 1), read)))
  })

  it("a commit whose caller died never happened, or happens later", () => {
    accepts(unheard(commit(1, 1), 0), operation(read, [5, 6], replyAfter(read)))
    accepts(
      unheard(commit(1, 1), 0),
      operation(read, [5, 6], replyAfter(read)),
      operation(read, [7, 8], replyAfter(commit(1, 1), read))
    )
  })

  it("long chains of overlapping calls are decided quickly", () => {
    const history = Array.from({ length: 60 }, (_, turn) => {
      const calls = Array.from({ length: turn + 1 }, (_, index) => commit(index + 1, index))
      return operation(commit(turn + 1, turn), [turn * 10, turn * 10 + 14], replyAfter(...calls))
    })
    accepts(...history)
  })
})

describe("histories that no store may have", () => {
  it("a lost update: two commits on one revision both succeed", () => {
    refuses(
      operation(commit(1, 1), [0, 10], replyAfter(commit(1, 1))),
      operation(commit(1, 2), [1, 9], replyAfter(commit(1, 2)))
    )
  })

  it("a lost update that shows only in a later read", () => {
    refuses(
      operation(commit(1, 1), [0, 1], replyAfter(commit(1, 1))),
      operation(read, [2, 3], replyAfter(commit(1, 2), read))
    )
  })

  it("a stale read: the order as it was before a commit that had ended", () => {
    refuses(
      operation(commit(1, 1), [0, 1], replyAfter(commit(1, 1))),
      operation(read, [2, 3], replyAfter(read))
    )
  })

  it("a read that goes back behind an earlier read", () => {
    refuses(
      operation(commit(1, 1), [0, 20], replyAfter(commit(1, 1))),
      operation(read, [2, 3], replyAfter(commit(1, 1), read)),
      operation(read, [4, 5], replyAfter(read))
    )
  })

  it("a read of a commit that has not begun", () => {
    refuses(
      operation(read, [0, 1], replyAfter(commit(1, 1), read)),
      operation(commit(1, 1), [2, 3], replyAfter(commit(1, 1)))
    )
  })

  it("a commit that was refused although nobody was faster", () => {
    refuses(operation(commit(1, 1), [0, 1], replyAfter(commit(1, 2), commit(1, 1))))
  })

  it("a double commit: one change, its event twice", () => {
    const twice = replyAfter(commit(1, 1), commit(2, 1), events)
    refuses(
      operation(commit(1, 1), [0, 1], replyAfter(commit(1, 1))),
      operation(events, [2, 3], twice)
    )
  })

  it("an event lost after its commit had ended", () => {
    refuses(
      operation(commit(1, 1), [0, 1], replyAfter(commit(1, 1))),
      operation(events, [2, 3], replyAfter(events))
    )
  })

  it("half a commit: the order without its events", () => {
    refuses(
      operation(commit(1, 1), [0, 20], replyAfter(commit(1, 1))),
      operation(read, [2, 3], replyAfter(commit(1, 1), read)),
      operation(events, [4, 5], replyAfter(events))
    )
  })

  it("two modifications that fit alone but not together", () => {
    refuses(
      operation(intend("A", 100), [0, 10], replyAfter(intend("A", 100))),
      operation(intend("B", 100), [1, 9], replyAfter(intend("B", 100)))
    )
  })

  it("the dead caller's commit seen, then gone again", () => {
    refuses(
      unheard(commit(1, 1), 0),
      operation(read, [5, 6], replyAfter(commit(1, 1), read)),
      operation(read, [7, 8], replyAfter(read))
    )
  })

  it("a refusal names what nothing could be followed with", () => {
    const stale = operation(read, [2, 3], replyAfter(read))
    const refused = checkOrderHistories([operation(commit(1, 1), [0, 1], replyAfter(commit(1, 1))), stale], before)
    assert.strictEqual(refused?.explained.length, 1)
    assert.deepStrictEqual(refused?.stuck, [stale])
  })
})

describe("the search", () => {
  type Call = { readonly write: number } | "read"
  const register: Specification<number, Call, number> = {
    initial: 0,
    step: (value, call, reply) => {
      const after = call === "read" ? value : call.write
      return reply === undefined || reply === after ? after : undefined
    },
    nameOf: String
  }

  it("remembers dead ends: many writes at once that nobody can have read", () => {
    const writes = Array.from({ length: 9 }, (_, number) => ({
      caller: `w${number}`,
      call: { write: number + 1 },
      startedAt: number,
      ended: { at: 100 + number, reply: number + 1 }
    }))
    const impossible = { caller: "r", call: "read" as const, startedAt: 200, ended: { at: 201, reply: 77 } }
    assert.isFalse(checkLinearizable(register, [...writes, impossible]).linearizable)
    const possible = { ...impossible, ended: { at: 201, reply: 4 } }
    assert.isTrue(checkLinearizable(register, [...writes, possible]).linearizable)
  })

  it("accepts nothing at all", () => {
    assert.isTrue(checkLinearizable(register, []).linearizable)
  })
})
