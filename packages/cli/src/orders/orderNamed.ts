/**
 * The order that somebody typed the name of: our id, Docdata's key, or the reference it was created with.
 */
import { Merchants, type OrderName, type OrderSnapshot, OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { exitCodes } from "../ExitCode.ts"
import { printable } from "../text/printable.ts"
import { NotDone } from "./NotDone.ts"

const orderKey = /^[A-Z0-9]{32}$/

/** Names to try, the likeliest first. An id needs no merchant. */
const namesOf = (typed: string, merchants: ReadonlyArray<string>): ReadonlyArray<OrderName> => [
  { by: "id", id: typed },
  ...merchants.flatMap((merchant): ReadonlyArray<OrderName> => [
    ...(orderKey.test(typed) ? [{ by: "key", merchant, key: typed } as const] : []),
    { by: "reference", merchant, reference: typed }
  ])
]

/** The accounts to look at: the one after `--merchant`, else all. */
export const merchantsOf = Effect.fnUntraced(function*({ values }: Pick<Given, "values">) {
  const merchants = yield* Merchants
  const typed = values.get("merchant")
  const accounts = typed === undefined ? yield* merchants.all() : [yield* merchants.find(typed)]
  return accounts.map(({ name }) => name)
})

/** Reads the order. One name that fits orders of several merchants is refused: `--merchant` says which. */
export const orderNamed = Effect.fnUntraced(function*(typed: string, given: Pick<Given, "values">) {
  const store = yield* OrderStore
  const merchants = yield* merchantsOf(given)
  const read = (name: OrderName) => Effect.catchTag(store.read(name), "OrderNotFound", () => Effect.undefined)
  const found = new Map<string, OrderSnapshot>()
  for (const name of namesOf(typed, merchants)) {
    const snapshot = yield* read(name)
    if (snapshot !== undefined && merchants.includes(snapshot.order.merchant)) found.set(snapshot.order.id, snapshot)
  }
  const [snapshot] = found.values()
  const refuse = (message: string) => new NotDone({ exit: exitCodes.notDone, message })
  if (found.size > 1) {
    return yield* refuse(`several merchants have an order ${printable(typed)}: name one with --merchant`)
  }
  if (snapshot === undefined) {
    return yield* refuse(`no order has ${printable(typed)} as its id, key or reference; docdata orders list finds it`)
  }
  return snapshot
})
