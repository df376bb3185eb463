/**
 * What the relay logs and traces of a try to deliver: enough to find the event, its order and its receiver.
 */
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import { TestClock } from "effect/testing"
import * as Tracer from "effect/Tracer"
import { OrderStore, relayEvents } from "../../src/index.ts"
import { hour, orderOf, refusal, Subscribers, test } from "../support/shop.ts"

type Line = Readonly<Record<string, unknown>>

const loggingTo = (lines: Array<Line>) =>
  Logger.layer([
    Logger.make(({ fiber, message }) => {
      lines.push({ message, ...fiber.getRef(References.CurrentLogAnnotations) })
    })
  ])

const tracingTo = (spans: Array<Tracer.Span>): Tracer.Tracer =>
  Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })

const onlyEventOf = (order: { readonly id: string }) =>
  Effect.map(OrderStore.use((store) => store.events(order.id)), ([event]) => event!)

describe("a try to deliver", () => {
  test(
    "that ends in a dead letter is logged with its reason, event, order, merchant and subscriber",
    Effect.gen(function*() {
      const lines: Array<Line> = []
      const subscribers = yield* Subscribers
      const order = yield* orderOf("web-1")
      subscribers.behave = (subscriber, event) => Effect.fail(refusal(subscriber, event, true))
      yield* Effect.provide(relayEvents(), loggingTo(lines))
      const { id } = yield* onlyEventOf(order)
      assert.deepEqual(lines, [{
        message: ["a delivery is dead-lettered", { reason: "refused by the test" }],
        merchant: "shop",
        orderId: order.id,
        eventId: id,
        subscriber: "books"
      }])
    })
  )

  test(
    "is a span that names the event, its order, its receiver and the number of the try",
    Effect.gen(function*() {
      const spans: Array<Tracer.Span> = []
      const subscribers = yield* Subscribers
      const order = yield* orderOf("web-1")
      subscribers.behave = (subscriber, event) => Effect.fail(refusal(subscriber, event, false))
      const relayed = Effect.withTracer(relayEvents(), tracingTo(spans))
      yield* relayed
      yield* TestClock.adjust(hour)
      yield* relayed
      const { id } = yield* onlyEventOf(order)
      const tries = spans.filter(({ name }) => name === "Outbox.deliver")
      assert.deepEqual(
        tries.map(({ attributes }) => Object.fromEntries(attributes)),
        [1, 2].map((attempt) => ({
          "docdata.merchant": "shop",
          "docdata.order_id": order.id,
          "docdata.event_id": id,
          "docdata.event_type": "order.created",
          "docdata.subscriber": "books",
          "docdata.delivery_attempt": attempt
        }))
      )
    })
  )
})
