/**
 * Where shoppers come back from the payment menu, or from the bank of a payment that was started without it.
 *
 * The order is refreshed, within what a shopper waits; then the shopper is sent to the shop's page for what is true.
 * When Docdata cannot be asked, what is stored decides, and without events that is the pending page, never an error page:
 * the shopper may have paid. Only configured addresses are sent to.
 */
import { OrderStore, proceedOnReturn, type Refreshed, refreshOrder, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { RateLimits, returnsPerOrder } from "../access/RateLimits.ts"
import { ServiceSettings } from "./ServiceSettings.ts"
import { emptyDestination, filledDestination, type Outcome } from "./Destinations.ts"
import { ReturnHook, type ShopperReturn } from "./OnReturn.ts"
import { type Callback, callbackOf, outcomeFor } from "./outcomeFor.ts"
import { merchantIn, nameIn, queryOf } from "./query.ts"
import { isReturnSignature } from "./returnSignature.ts"
import { shopperPage } from "./shopperPage.ts"
import { resultIn } from "./shopperResult.ts"

/** A shopper waits this long for a page without wondering; the refresh goes on behind it. */
const returnDeadlineMs = 4_000

const inAdvance = HttpServerResponse.text("not in advance\n", { status: 503 })

/** The order is not known, and so are its account, its page and its language. */
const lost = Effect.fnUntraced(function*(status: 400 | 404) {
  const { destinations } = yield* ServiceSettings
  const { headers } = yield* HttpServerRequest.HttpServerRequest
  return shopperPage({ status, accepted: headers["accept-language"] ?? "", shopPage: destinations.pending })
})

/** The shopper's visit, as the address and a form tell it. */
interface Visit {
  readonly callback: Callback
  /** All that the browser brought. */
  readonly fields: URLSearchParams
}

const refreshed = Effect.fnUntraced(function*({ id }: StoredOrder, { callback, fields }: Visit) {
  const byId = { by: "id", id } as const
  const handed: Refreshed | undefined = callback === "started"
    ? yield* proceedOnReturn(byId, { callback, resultFor: resultIn(fields) })
    : undefined
  return handed ??
    (yield* refreshOrder(byId, { observedBy: "return", events: [{ type: "return.visited", callback }] }))
})

/** The order after a refresh, or as it is stored if there is none in time. Reloading again and again does not ask again. */
const verified = Effect.fnUntraced(function*(order: StoredOrder, visit: Visit) {
  const limits = yield* RateLimits
  const stored: readonly [StoredOrder, boolean] = [order, false]
  if ((yield* limits.take(returnsPerOrder, order.id)) !== undefined) return stored
  return yield* refreshed(order, visit).pipe(
    Effect.map((refreshed): readonly [StoredOrder, boolean] => [refreshed.order, true]),
    Effect.timeoutOption(returnDeadlineMs),
    Effect.map(Option.getOrElse(() => stored)),
    Effect.catch((failure) =>
      Effect.as(
        Effect.logWarning("a shopper came back and the order could not be refreshed", {
          orderId: order.id,
          failure: failure._tag
        }),
        stored
      )
    )
  )
})

// What was not refreshed now may have been paid since: of all that says "not paid" only pending is left.
const withoutRefresh = (outcome: Outcome): Outcome =>
  outcome === "success" || outcome === "paidTooLate" ? outcome : "pending"

const redirect = Effect.fnUntraced(function*(order: StoredOrder, outcome: Outcome) {
  const { destinations } = yield* ServiceSettings
  const { id: orderId, language, shopReference } = order
  const address = filledDestination(destinations[outcome], { orderId, language, shopReference })
  return HttpServerResponse.redirect(address, { status: 303 })
})

/** What the hook answers, if there is one and it does. */
const hooked = Effect.fnUntraced(function*(order: StoredOrder, visit: ShopperReturn) {
  const hook = yield* ReturnHook
  if (hook === undefined) return undefined
  return yield* Effect.tryPromise(async () => {
    const answer = await hook(order, visit)
    if (answer === undefined) return undefined
    // Shops without types hand out anything.
    if (!(answer instanceof Response)) throw new TypeError("onReturn answers a Response or undefined")
    return HttpServerResponse.fromWeb(answer)
  }).pipe(
    Effect.timeout(returnDeadlineMs),
    Effect.catch((failure) =>
      Effect.as(
        Effect.logError("onReturn failed, the shopper is redirected", { orderId: order.id, failure: failure._tag }),
        undefined
      )
    )
  )
})

/** The page that follows from what is stored, for those who are not let in and those who are no shopper. */
const unvisited = (order: StoredOrder) => redirect(order, withoutRefresh(outcomeFor(order, "none")))

// A browser that guesses where its user will go next. It drops a failure and asks again when the user does go there.
const isInAdvance = ({ headers }: HttpServerRequest.HttpServerRequest): boolean =>
  /^prefetch\b/i.test(headers["sec-purpose"] ?? headers["purpose"] ?? "")

const handle = (form: Effect.Effect<URLSearchParams, never, HttpServerRequest.HttpServerRequest>) =>
  Effect.gen(function*() {
    const settings = yield* ServiceSettings
    const request = yield* HttpServerRequest.HttpServerRequest
    if (isInAdvance(request)) return inAdvance
    const query = queryOf(request)
    const key = nameIn(query, "order_id")
    const merchant = merchantIn(query, settings.defaultMerchant)
    if (key === undefined || merchant === undefined) return yield* lost(400)
    const callback = callbackOf(query.get("callback"))
    const { order } = yield* (yield* OrderStore).read({ by: "key", merchant, key })
    const { returnSecrets = [] } = settings
    // Not `token`: PayPal brings one of its own.
    const signature = nameIn(query, "signature") ?? ""
    if (returnSecrets.length > 0 && !isReturnSignature(returnSecrets, { merchant, key }, signature)) {
      return yield* unvisited(order)
    }
    // Previews of links and scanners of mail ask so: it changes nothing.
    if (request.method === "HEAD") return yield* unvisited(order)
    const fields = new URLSearchParams([...query, ...yield* form])
    const [seen, isFresh] = yield* verified(order, { callback, fields })
    const outcome = isFresh ? outcomeFor(seen, callback) : withoutRefresh(outcomeFor(seen, callback))
    return (yield* hooked(seen, { callback, outcome })) ?? (yield* redirect(seen, outcome))
  }).pipe(
    Effect.catchTag("OrderNotFound", () => lost(404)),
    Effect.catchTag("StoreFailure", () =>
      Effect.map(ServiceSettings, ({ destinations }) =>
        // Nothing is known of the order, so nothing of it can be put into the address.
        HttpServerResponse.redirect(emptyDestination(destinations.pending), { status: 303 })))
  )

const noForm = Effect.sync(() => new URLSearchParams())

// 3-D Secure sends the shopper back with a form. Whatever is no form brings nothing.
const postedForm = Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ text }) => text).pipe(
  Effect.map((text) => new URLSearchParams(text)),
  Effect.catch(() => noForm)
)

export const returnRoute = Layer.merge(
  HttpRouter.add("GET", "/docdata/return", handle(noForm)),
  HttpRouter.add("POST", "/docdata/return", handle(postedForm))
)
