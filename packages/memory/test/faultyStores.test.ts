import { Inbox, OrderStore, Outbox } from "@docdata/application"
import { delivered, runCommandStream, StreamDifference } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { assert, describe, it } from "vitest"
import { layerMemory } from "../src/index.ts"

type Stores = OrderStore | Inbox | Outbox

/** The memory stores with one method of one of them replaced. */
const withOrders = (change: (store: OrderStore["Service"]) => Partial<OrderStore["Service"]>): Layer.Layer<Stores> =>
  Layer.effect(OrderStore, Effect.map(OrderStore, (store) => ({ ...store, ...change(store) }))).pipe(
    Layer.provideMerge(layerMemory)
  )

const withInbox = (change: (inbox: Inbox["Service"]) => Partial<Inbox["Service"]>): Layer.Layer<Stores> =>
  Layer.effect(Inbox, Effect.map(Inbox, (inbox) => ({ ...inbox, ...change(inbox) }))).pipe(
    Layer.provideMerge(layerMemory)
  )

const withOutbox = (change: (outbox: Outbox["Service"]) => Partial<Outbox["Service"]>): Layer.Layer<Stores> =>
  Layer.effect(Outbox, Effect.map(Outbox, (outbox) => ({ ...outbox, ...change(outbox) }))).pipe(
    Layer.provideMerge(layerMemory)
  )

/** Mistakes that stores have made in the wild, or would like to make. */
const faulty: Readonly<Record<string, Layer.Layer<Stores>>> = {
  "the last writer wins": withOrders((store) => ({
    commit: (change) =>
      Effect.flatMap(
        store.read({ by: "id", id: change.orderId }),
        ({ order }) => store.commit({ ...change, expectedRevision: order.revision })
      )
  })),
  "forgets the events of a commit": withOrders((store) => ({
    commit: (change) => store.commit({ ...change, events: [] })
  })),
  "finds keys of every merchant": withOrders((store) => ({
    read: (name, ids) => store.read(name.by === "key" ? { ...name, merchant: "shop" } : name, ids)
  })),
  "answers no rows of other orders": withOrders((store) => ({ read: (name) => store.read(name) })),
  "begins every page at the beginning": withOrders((store) => ({
    list: (filter, { limit }) => store.list(filter, { limit })
  })),
  "lets modifications exceed the limit together": withOrders((store) => ({
    intend: (modification) => store.intend(modification, Number.MAX_SAFE_INTEGER)
  })),
  "erases nothing": withOrders((store) => ({ erase: (id) => Effect.asVoid(store.read({ by: "id", id })) })),
  "writes every notification as an item of its own": withInbox((inbox) => ({
    receive: (note) =>
      Effect.map(
        inbox.receive({ ...note, orderReference: `${note.orderReference} ${note.id}` }),
        ({ id }) => ({ id, coalesced: false })
      )
  })),
  "takes items away when they are claimed": withInbox((inbox) => ({
    claim: (request) =>
      Effect.tap(inbox.claim(request), (items) => Effect.forEach(items, (item) => inbox.acknowledge(item)))
  })),
  "counts a delivery as delivered because it was claimed": withOutbox((outbox) => ({
    claim: (request) =>
      Effect.tap(
        outbox.claim(request),
        (deliveries) =>
          Effect.forEach(deliveries, ({ claim, subscriber, event }) =>
            delivered(outbox, { claim, subscriber, eventId: event.id }, request.nowMs))
      )
  })),
  "gives up silently when it dead-letters": withOutbox((outbox) => ({
    deadLettered: () => Effect.as(outbox.backlog("mail"), [])
  }))
}

describe("a stream of random commands finds a store that", () => {
  for (const [violation, layer] of Object.entries(faulty)) {
    it(violation, async () => {
      const found = await Effect.runPromise(Effect.flip(runCommandStream(layer, { seed: 1, commands: 5_000 })))
      assert.instanceOf(found, StreamDifference)
    })
  }
})
