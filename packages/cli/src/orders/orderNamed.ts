/**
 * The order that somebody typed the name of: our id, Docdata's key, the reference it was created with, or the shop's own
 * number, of which there may be several orders.
 */
import {
  Merchants,
  type OrderName,
  type OrderSnapshot,
  OrderStore,
  type StoredOrder,
  type StoreFailure
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { exitCodes } from "../ExitCode.ts"
import { printable } from "../text/printable.ts"
import { CommandFailure } from "./CommandFailure.ts"
import type { Runner } from "./runOnOrders.ts"

const orderKey = /^[A-Z0-9]{32}$/

/** A shop asks again a few times for one number; more is told as being more. */
const attemptsMax = 5

/** Names to try, the likeliest first. */
const namesOf = (typed: string, merchants: ReadonlyArray<string>): ReadonlyArray<OrderName> =>
  merchants.flatMap((merchant): ReadonlyArray<OrderName> => [
    ...(orderKey.test(typed) ? [{ by: "key", merchant, key: typed } as const] : []),
    { by: "order-reference", merchant, orderReference: typed }
  ])

/** The accounts to look at: the one after `--merchant`, else all. */
export const merchantsOf = Effect.fnUntraced(function*({ values }: Pick<Given, "values">) {
  const merchants = yield* Merchants
  const typed = values.get("merchant")
  const accounts = typed === undefined ? yield* merchants.all() : [yield* merchants.find(typed)]
  return accounts.map(({ name }) => name)
})

const refuse = (message: string) => new CommandFailure({ exit: exitCodes.commandFailed, message })

const listed = (orders: ReadonlyArray<StoredOrder>): string =>
  orders.slice(0, attemptsMax).map(({ id, state }) => `${id} (${state.status})`).join(", ") +
  (orders.length > attemptsMax ? " and more" : "")

/** What a name fits. */
interface Fitting {
  /** By id, key or reference. */
  readonly named: OrderSnapshot | undefined
  /** By the shop's number, newest first; without `named`. One more than are told at most. */
  readonly numbered: ReadonlyArray<StoredOrder>
}

const read = Effect.fnUntraced(function*(name: OrderName): Effect.fn.Return<
  OrderSnapshot | undefined,
  StoreFailure,
  OrderStore
> {
  return yield* Effect.catchTag((yield* OrderStore).read(name), "OrderNotFound", () => Effect.undefined)
})

/** Finds it. A name that fits orders of several merchants is refused: `--merchant` says which. */
const fittingTo = Effect.fnUntraced(function*(typed: string, given: Pick<Given, "values">) {
  const merchants = yield* merchantsOf(given)
  const own = yield* read({ by: "id", id: typed })
  if (own !== undefined && merchants.includes(own.order.merchant)) {
    return { named: own, numbered: [] } satisfies Fitting
  }
  const found = new Map<string, OrderSnapshot>()
  for (const name of namesOf(typed, merchants)) {
    const snapshot = yield* read(name)
    if (snapshot !== undefined) found.set(snapshot.order.id, snapshot)
  }
  const filter = { merchants, shopReference: typed }
  const { items } = yield* (yield* OrderStore).list(filter, { limit: attemptsMax + 2 })
  const numbered = items.filter(({ id }) => !found.has(id))
  const [named] = found.values()
  const whose = new Set((named === undefined ? numbered : [named.order]).map(({ merchant }) => merchant))
  if (found.size > 1 || whose.size > 1) {
    return yield* refuse(`several merchants have an order ${printable(typed)}: name one with --merchant`)
  }
  if (named === undefined && numbered.length === 0) {
    return yield* refuse(
      `no order has ${printable(typed)} as its id, key, reference or shop's number; docdata orders list finds it`
    )
  }
  return { named, numbered } satisfies Fitting
})

const byId = Effect.fnUntraced(function*({ id }: StoredOrder) {
  return yield* (yield* OrderStore).read({ by: "id", id })
})

/** Reads the order that the name fits. One that fits several is refused: something would be done to the wrong one. */
export const orderNamed = Effect.fnUntraced(function*(typed: string, given: Pick<Given, "values">) {
  const { named, numbered } = yield* fittingTo(typed, given)
  const all = [...numbered, ...(named === undefined ? [] : [named.order])]
  if (all.length > 1) {
    return yield* refuse(`${printable(typed)} names several orders: ${listed(all)}; say which by its id`)
  }
  return named ?? (yield* byId(all[0]!))
})

/** The same where nothing is changed: of several orders for a number it is the newest, and standard error says so. */
export const orderToRead = Effect.fnUntraced(function*(typed: string, { given, path, shell }: Runner) {
  const { named, numbered: [newest, ...older] } = yield* fittingTo(typed, given)
  if (named !== undefined) {
    if (newest !== undefined) {
      shell.complain(`${path}: ${printable(typed)} is also the shop's number of ${listed([newest, ...older])}`)
    }
    return named
  }
  if (older.length > 0) {
    const count = older.length > attemptsMax ? "several" : String(older.length + 1)
    shell.complain(
      `${path}: ${printable(typed)} names ${count} orders; this is the newest, ${newest!.id}. Before it: ${
        listed(older)
      }`
    )
  }
  return yield* byId(newest!)
})
