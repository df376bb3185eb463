/**
 * Our use cases as an integration of the museum.
 */
import * as Effect from "effect/Effect"
import {
  OrderStore,
  receiveNotification,
  refreshDueOrders,
  refreshOrder,
  refundPayment,
  relayEvents,
  startPayment,
  StoreFailure,
  workInbox
} from "../../src/index.ts"
import { inShop, named, orderOf, refusal, type Shop, Subscribers, Taps, Untapped } from "../support/shop.ts"
import type { Integration } from "./Integration.ts"

export const ourShop: Effect.Effect<Integration, never, Shop> = Effect.gen(function*() {
  const run = yield* inShop
  const taps = yield* Taps
  const { store } = yield* Untapped
  const subscribers = yield* Subscribers
  const listener = { isDown: false }
  const database = { isBusy: false, slowMs: 0 }
  subscribers.behave = (subscriber, event) =>
    Effect.suspend(() => listener.isDown ? Effect.fail(refusal(subscriber, event, false)) : Effect.void)
  taps.store = {
    commit: (change) =>
      Effect.suspend(() => {
        const { isBusy, slowMs } = database
        database.isBusy = false
        database.slowMs = 0
        if (isBusy) {
          return Effect.fail(new StoreFailure({ operation: "OrderStore.commit", retryable: true, code: "40001" }))
        }
        return slowMs > 0 ? Effect.delay(store.commit(change), slowMs) : store.commit(change)
      })
  }
  const done = <A, E>(effect: Effect.Effect<A, E, Shop>): Effect.Effect<void> =>
    run(Effect.asVoid(Effect.orDie(effect)))
  return {
    listener,
    database,
    create: (number) =>
      run(
        Effect.orDie(
          Effect.map(
            orderOf(number),
            ({ id, orderReference, state }) => ({ id, reference: orderReference, key: state.key })
          )
        )
      ),
    notified: ({ reference }) =>
      done(Effect.andThen(receiveNotification({ merchant: "shop", orderReference: reference }), workInbox())),
    returned: (order) => done(refreshOrder(named(order), { observedBy: "return" })),
    started: (order) =>
      done(startPayment(named(order), {
        payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } }
      })),
    refund: (order, { paymentId, reference }) =>
      run(Effect.ignore(refundPayment(named(order), { paymentId, reference, amountMinor: 1000 }))),
    round: done(Effect.gen(function*() {
      yield* workInbox()
      yield* refreshDueOrders()
      while ((yield* relayEvents()) > 0);
    })),
    status: (order) =>
      run(
        Effect.orDie(Effect.map(
          OrderStore.use((orders) => orders.read(named(order))),
          (snapshot) => snapshot.order.state.status
        ))
      ),
    published: ({ id }) =>
      Effect.sync(() =>
        subscribers.got.flatMap(({ event: { payload, orderId } }) =>
          orderId === id && payload.type === "order.status_changed" ? [payload.to] : []
        )
      )
  }
})
