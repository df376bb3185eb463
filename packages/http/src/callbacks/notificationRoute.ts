/**
 * Where Docdata says that something changed.
 *
 * The configured address ends in `order_id=`; Docdata appends the merchant's reference of the order. It is not signed
 * and says nothing else, so it is a reason to look and no more. 200 means that the reason is written down; anything
 * else makes Docdata come again, up to ten times.
 */
import { countNotification, receiveNotification } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { notificationsOfUnknownOrders, notificationsPerOrder, RateLimits } from "../access/RateLimits.ts"
import { Source } from "../access/Source.ts"
import { ServiceSettings } from "./ServiceSettings.ts"
import { merchantIn, nameIn, queryOf } from "./query.ts"

/** A store that is busy is free again soon, and Docdata waits longer anyway. */
const retryAfterSeconds = 30

const answer = (status: number, text: string, retryAfter?: number) =>
  HttpServerResponse.text(`${text}\n`, {
    status,
    headers: retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }
  })

const tooMany = (seconds: number) => answer(429, "too many notifications", seconds)

/** A source is held to a limit only here: whoever floods from where Docdata's notifications come from delays none of them. */
const unknownOrder = Effect.gen(function*() {
  const seconds = yield* (yield* RateLimits).take(notificationsOfUnknownOrders, yield* Source)
  return seconds === undefined ? answer(404, "no such order") : tooMany(seconds)
})

const handle = Effect.gen(function*() {
  const { defaultMerchant } = yield* ServiceSettings
  const request = yield* HttpServerRequest.HttpServerRequest
  // The router answers HEAD as GET. It must change nothing, and 200 would say that something is written down.
  if (request.method === "HEAD") return HttpServerResponse.text("use GET\n", { status: 405, headers: { allow: "GET" } })
  const query = queryOf(request)
  const orderReference = nameIn(query, "order_id")
  const merchant = merchantIn(query, defaultMerchant)
  if (orderReference === undefined || merchant === undefined) return answer(400, "order_id is missing")
  const limits = yield* RateLimits
  const seconds = yield* limits.take(notificationsPerOrder, JSON.stringify([merchant, orderReference]))
  if (seconds !== undefined) {
    yield* countNotification("limited")
    return tooMany(seconds)
  }
  return yield* receiveNotification({ merchant, orderReference }).pipe(
    Effect.as(answer(200, "ok")),
    Effect.catchTag("OrderNotFound", () => unknownOrder),
    Effect.catchTag("StoreFailure", (failure) =>
      Effect.as(
        Effect.logError("a notification could not be written down", { failure: failure.message }),
        answer(503, "not now", retryAfterSeconds)
      ))
  )
})

export const notificationRoute = HttpRouter.add("GET", "/docdata/notifications", handle)
