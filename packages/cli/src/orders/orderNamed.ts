/**
 * The order that somebody typed the name of: its id, Docdata's key, the reference that Docdata knows it by, or the shop's
 * own number, of which there may be several orders.
 */
import type { Order, OrderSummary } from "@docdata/contract"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { type CommandFailure, notPossible } from "../api/CommandFailure.ts"
import { failureOf } from "../api/failureOf.ts"
import type { Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"

type Summary = typeof OrderSummary.Type

/** Which orders a list shows. */
export type OrderFilter = Omit<Parameters<Api["orders"]["list"]>[0]["query"], "limit" | "after">

const orderKey = /^[A-Z0-9]{32}$/

/** A shop asks again a few times for one number; more is told as being more. */
const attemptsMax = 5

/** Only orders of the account that was typed, if one was. */
export const merchantOf = ({ values }: Pick<Given, "values">): { readonly merchant?: string } => {
  const merchant = values.get("merchant")
  return merchant === undefined ? {} : { merchant }
}

const listed = (orders: ReadonlyArray<Summary>): string =>
  orders.slice(0, attemptsMax).map(({ id, status }) => `${id} (${status})`).join(", ") +
  (orders.length > attemptsMax ? " and more" : "")

/** What a name fits. */
interface Fitting {
  /** By id, key or reference. */
  readonly named: Summary | undefined
  /** By the shop's number, newest first; without `named`. One more than are told at most. */
  readonly numbered: ReadonlyArray<Summary>
}

const byId = (api: Api, typed: string, given: Pick<Given, "values">) =>
  api.orders.read({ params: { orderId: typed } }).pipe(
    Effect.map((order): typeof Order.Type | undefined =>
      order.merchant === (merchantOf(given).merchant ?? order.merchant) ? order : undefined
    ),
    Effect.catch((failure) => {
      const known = failureOf(failure)
      return known.code === "order-not-found" ? Effect.undefined : Effect.fail(known)
    })
  )

/** Finds it. A name that fits orders of several merchants is refused: `--merchant` says which. */
const fittingTo = Effect.fnUntraced(function*(api: Api, typed: string, given: Pick<Given, "values">) {
  const own = yield* byId(api, typed, given)
  if (own !== undefined) return { named: own, numbered: [] } satisfies Fitting
  const merchant = merchantOf(given)
  const list = (filter: Omit<OrderFilter, "merchant" | "status"> & { readonly limit?: number }) =>
    Effect.map(api.orders.list({ query: { ...merchant, ...filter } }), ({ orders }) => orders)
  const named = [
    ...(orderKey.test(typed) ? yield* list({ orderKey: typed }) : []),
    ...(yield* list({ orderReference: typed }))
  ]
  const found = new Map(named.map((order) => [order.id, order]))
  const numbered = (yield* list({ shopReference: typed, limit: attemptsMax + 2 })).filter(({ id }) => !found.has(id))
  const [first] = found.values()
  const whose = new Set((first === undefined ? numbered : [first]).map((order) => order.merchant))
  if (found.size > 1 || whose.size > 1) {
    return yield* notPossible(`several merchants have an order ${printable(typed)}: name one with --merchant`)
  }
  if (first === undefined && numbered.length === 0) {
    return yield* notPossible(
      `no order has ${printable(typed)} as its id, key, reference or shop's number; docdata orders list finds it`
    )
  }
  return { named: first, numbered } satisfies Fitting
})

const whole = (api: Api, order: Summary): Effect.Effect<typeof Order.Type, CommandFailure> =>
  "payments" in order
    ? Effect.succeed(order as typeof Order.Type)
    : Effect.mapError(api.orders.read({ params: { orderId: order.id } }), failureOf)

/** Reads the order that the name fits. One that fits several is refused: something would be done to the wrong one. */
export const orderNamed = Effect.fnUntraced(function*(api: Api, typed: string, given: Pick<Given, "values">) {
  const { named, numbered } = yield* Effect.mapError(fittingTo(api, typed, given), failureOf)
  const all = [...numbered, ...(named === undefined ? [] : [named])]
  if (all.length > 1) {
    return yield* notPossible(`${printable(typed)} names several orders: ${listed(all)}; say which by its id`)
  }
  return yield* whole(api, all[0]!)
})

/** The same where nothing is changed: of several orders for a number it is the newest, and standard error says so. */
export const orderToRead = Effect.fnUntraced(function*(api: Api, { given, path, shell }: Runner) {
  const [typed = ""] = given.operands
  const { named, numbered: [newest, ...older] } = yield* Effect.mapError(fittingTo(api, typed, given), failureOf)
  if (named !== undefined) {
    if (newest !== undefined) {
      shell.complain(`${path}: ${printable(typed)} is also the shop's number of ${listed([newest, ...older])}`)
    }
    return yield* whole(api, named)
  }
  if (older.length > 0) {
    const count = older.length > attemptsMax ? "several" : String(older.length + 1)
    shell.complain(
      `${path}: ${printable(typed)} names ${count} orders; this is the newest, ${newest!.id}. Before it: ${
        listed(older)
      }`
    )
  }
  return yield* whole(api, newest!)
})
