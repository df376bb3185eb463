/**
 * Stores in memory that take no text which a database of the service cannot keep as it came: PostgreSQL refuses U+0000,
 * both turn halves of characters into something else, and what has no bound fills a disk.
 */
import {
  Anomalies,
  DeliveryLog,
  EventFeed,
  Inbox,
  OrderStore,
  Outbox,
  StoreFailure,
  WebhookEndpoints
} from "@docdata/application"
import { layerMemory } from "@docdata/memory"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** The longest text that the API stores is an address of 2,000 characters. */
const lengthMax = 2_000

const isKept = (value: unknown): boolean => {
  if (typeof value === "string") return value.length <= lengthMax && value.isWellFormed() && !value.includes("\u0000")
  return typeof value !== "object" || value === null || Object.values(value).every(isKept)
}

const strict = <Store extends object>(store: Store): Store =>
  new Proxy(store, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== "function") return member
      return (...given: ReadonlyArray<unknown>): unknown =>
        isKept(given)
          ? Reflect.apply(member, target, given)
          : Effect.fail(new StoreFailure({ operation: String(name), retryable: false, code: "22021" }))
    }
  })

/** The stores of `layerMemory`, with that. */
export const layerStrictStores = Layer.mergeAll(
  Layer.effect(Anomalies, Effect.map(Anomalies, strict)),
  Layer.effect(DeliveryLog, Effect.map(DeliveryLog, strict)),
  Layer.effect(EventFeed, Effect.map(EventFeed, strict)),
  Layer.effect(Inbox, Effect.map(Inbox, strict)),
  Layer.effect(OrderStore, Effect.map(OrderStore, strict)),
  Layer.effect(Outbox, Effect.map(Outbox, strict)),
  Layer.effect(WebhookEndpoints, Effect.map(WebhookEndpoints, strict))
).pipe(Layer.provideMerge(layerMemory))
