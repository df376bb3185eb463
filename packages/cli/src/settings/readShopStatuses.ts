/**
 * The shop's own statuses of an account: a table, and the moves that the shop allows.
 */
import {
  isShopStatuses,
  type MerchantAccount,
  shopStatusesViolations,
  type WrittenShopStatuses
} from "@docdata/application"
import * as Effect from "effect/Effect"
import { accountSettings } from "./accountSettings.ts"
import type { SettingsReader } from "./SettingsReader.ts"

/** Stands for a status that the shop deliberately does not follow, and for no move. */
const nothing = "-"

const parted = (item: string, sign: string): readonly [string, string] => {
  const at = item.indexOf(sign)
  return at < 0 ? [item, ""] : [item.slice(0, at).trim(), item.slice(at + sign.length).trim()]
}

const statusesOf = (items: ReadonlyArray<string>): WrittenShopStatuses["statuses"] =>
  Object.fromEntries(
    items.map((item) => {
      const [status, word] = parted(item, "=")
      return [status, word === nothing ? null : word]
    })
  )

const movesOf = (items: ReadonlyArray<string>): Readonly<Record<string, ReadonlyArray<string>>> => {
  const moves: Record<string, Array<string>> = {}
  for (const item of items) {
    const [from, to] = parted(item, ">")
    const known = moves[from] ??= []
    if (to !== nothing) known.push(to)
  }
  return moves
}

/** Nothing without a table. Everything that is wrong with it is noted. */
export const readShopStatuses = Effect.fnUntraced(function*(
  reader: SettingsReader,
  name: string
): Effect.fn.Return<Pick<MerchantAccount, "shop">> {
  const { shopMoves, shopStatuses } = accountSettings(name)
  const statuses = (yield* reader.read(shopStatuses, name)) ?? []
  const moves = (yield* reader.read(shopMoves, name)) ?? []
  if (statuses.length === 0) {
    if (moves.length > 0) reader.note(`${reader.place(shopMoves.key, name)} has no meaning without ${shopStatuses.key}`)
    return {}
  }
  const written: WrittenShopStatuses = {
    statuses: statusesOf(statuses),
    ...(moves.length === 0 ? {} : { moves: movesOf(moves) })
  }
  for (const problem of shopStatusesViolations(written)) {
    reader.note(`${reader.place(shopStatuses.key, name)}: ${problem}`)
  }
  return isShopStatuses(written) ? { shop: written } : {}
})
