/**
 * Where shoppers come back from the payment menu.
 *
 * The order is looked at, within what a shopper waits; then the shopper is sent to the shop's page for what is true.
 * When Docdata cannot be asked, what is stored decides, and without news that is the pending page, never an error page:
 * the shopper may have paid. Only configured addresses are sent to.
 */
import { OrderStore, refreshOrder, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { RateLimits, returnsPerOrder } from "../access/RateLimits.ts"
import { type Outcome, ServiceSettings } from "../ServiceSettings.ts"
import { type Callback, callbackOf, outcomeFor } from "./outcomeFor.ts"
import { nameIn, queryOf } from "./query.ts"

/** A shopper waits this long for a page without wondering; the look goes on behind it. */
const returnDeadlineMs = 4_000

const plain = (status: number, text: string) => HttpServerResponse.text(`${text}\n`, { status })

const destinationOf = (template: string, order: StoredOrder): string =>
  template.replaceAll(
    /\{(shopReference|orderId|language)\}/g,
    (_text, name: string) =>
      encodeURIComponent(name === "orderId" ? order.id : name === "language" ? order.language : order.shopReference)
  )

/** The order after a look, or as it is stored if there is none in time. Reloading again and again does not ask again. */
const verified = Effect.fnUntraced(function*(order: StoredOrder, callback: Callback) {
  const limits = yield* RateLimits
  const stored: readonly [StoredOrder, boolean] = [order, false]
  if ((yield* limits.take(returnsPerOrder, order.id)) !== undefined) return stored
  return yield* refreshOrder({ by: "id", id: order.id }, {
    observedBy: "return",
    news: [{ type: "return.visited", callback }]
  }).pipe(
    Effect.map((refreshed): readonly [StoredOrder, boolean] => [refreshed.order, true]),
    Effect.timeoutOption(returnDeadlineMs),
    Effect.map(Option.getOrElse(() => stored)),
    Effect.catch((failure) =>
      Effect.as(
        Effect.logWarning("a shopper came back and the order could not be looked at", {
          orderId: order.id,
          failure: failure._tag
        }),
        stored
      )
    )
  )
})

// What was not looked at now may have been paid since: of all that says "not paid" only pending is left.
const withoutLook = (outcome: Outcome): Outcome =>
  outcome === "success" || outcome === "paidTooLate" ? outcome : "pending"

const handle = Effect.gen(function*() {
  const settings = yield* ServiceSettings
  const query = queryOf(yield* HttpServerRequest.HttpServerRequest)
  const key = nameIn(query, "order_id")
  const merchant = nameIn(query, "merchant") ?? settings.defaultMerchant
  if (key === undefined || merchant === undefined) return plain(400, "order_id is missing")
  const callback = callbackOf(query.get("callback"))
  const found = yield* (yield* OrderStore).read({ by: "key", merchant, key })
  const [order, isFresh] = yield* verified(found.order, callback)
  const outcome = outcomeFor(order, callback)
  const shown = isFresh ? outcome : withoutLook(outcome)
  return HttpServerResponse.redirect(destinationOf(settings.destinations[shown], order), { status: 303 })
}).pipe(
  Effect.catchTag("OrderNotFound", () => Effect.succeed(plain(404, "no such order"))),
  Effect.catchTag("StoreFailure", () =>
    Effect.map(ServiceSettings, ({ destinations }) =>
      // Nothing is known of the order, so nothing of it can be put into the address.
      HttpServerResponse.redirect(destinations.pending.replaceAll(/\{\w+\}/g, ""), { status: 303 })))
)

export const returnRoute = HttpRouter.add("GET", "/docdata/return", handle)
