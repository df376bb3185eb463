/**
 * How often something may be done: token buckets in memory, one per thing and key.
 *
 * Each process counts for itself. Forgetting a bucket makes it full again, so the number of buckets is bounded by
 * dropping the one that was used longest ago: whoever invents keys gets no more than a fresh bucket each.
 */
import { hash } from "node:crypto"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** So many at once, and one more with every part of a second. */
export interface Limit {
  readonly name: string
  readonly burst: number
  readonly perSecond: number
}

/** Docdata tells of every change of every payment: a handful may come together, hundreds never do. */
export const notificationsPerOrder: Limit = { name: "notification-order", burst: 5, perSecond: 0.2 }

/** Docdata names orders that exist. Others are forged or very old; they never count against an order that exists. */
export const notificationsOfUnknownOrders: Limit = { name: "notification-unknown", burst: 100, perSecond: 10 }

/** A shopper comes back once and reloads a few times; each visit within the limit asks Docdata. */
export const returnsPerOrder: Limit = { name: "return-order", burst: 3, perSecond: 0.1 }

/** Whole shops stand behind one key. */
export const requestsPerKey: Limit = { name: "api-key", burst: 200, perSecond: 50 }

/** A bucket is two hundred bytes, whatever its key is made of: at most some twenty megabytes. */
const bucketsMax = 100_000

interface Bucket {
  readonly left: number
  readonly atMs: number
}

export class RateLimits extends Context.Service<RateLimits, {
  /** Takes one, or answers after how many whole seconds, from 1, there is one. */
  readonly take: (limit: Limit, key: string) => Effect.Effect<number | undefined>
}>()("@docdata/http/RateLimits") {
  static readonly layer: Layer.Layer<RateLimits> = Layer.sync(RateLimits, () => {
    const buckets = new Map<string, Bucket>()
    return RateLimits.of({
      take: ({ burst, name, perSecond }, key) =>
        Effect.map(Clock.currentTimeMillis, (nowMs) => {
          // Short, and a text of its own: a part of a request's address would keep all of that address.
          const id = hash("sha256", `${name} ${key}`, "base64url")
          const bucket = buckets.get(id) ?? { left: burst, atMs: nowMs }
          const left = Math.min(burst, bucket.left + (Math.max(0, nowMs - bucket.atMs) / 1000) * perSecond)
          const isAllowed = left >= 1
          // Taken out and put back, so that the map's order is the order of use.
          buckets.delete(id)
          buckets.set(id, { left: isAllowed ? left - 1 : left, atMs: nowMs })
          if (buckets.size > bucketsMax) {
            for (const oldest of buckets.keys()) {
              buckets.delete(oldest)
              break
            }
          }
          return isAllowed ? undefined : Math.max(1, Math.ceil((1 - left) / perSecond))
        })
    })
  })
}
