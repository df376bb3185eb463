/**
 * The shop's orders: each change a row, the newest of which holds.
 */
import type { ShopOrderChange, ShopOrderName, StoredShopOrder } from "@docdata/application"
import { type Attempt, attemptOf } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { TableWrite, Write } from "../Dialect.ts"
import { integer, type Script, statement, text, textOrNothing } from "../Script.ts"
import { orderFrom, orderSelection } from "./orderRow.ts"

const shopOrdersTable: TableWrite = {
  table: "docdata_shop_orders",
  columns: { revision: "number", attempts: "text", shop_status: "text" },
  ofGuard: ["merchant", "shop_reference"]
}

/** The change as a row; of two with one revision the table takes the first. */
export const shopOrderWrite = (change: ShopOrderChange | undefined): Write => ({
  kind: "rows",
  into: shopOrdersTable,
  rows: change === undefined
    ? []
    : [[change.expectedRevision + 1, JSON.stringify(change.attempts), change.shopStatus ?? null]]
})

const newestText = `SELECT revision, attempts, shop_status FROM docdata_shop_orders
  WHERE merchant = ? AND shop_reference = ? ORDER BY revision DESC LIMIT 1`

const attemptsText = `SELECT ${orderSelection} FROM docdata_orders
  WHERE shop_reference = ? AND merchant = ? AND registration = 'confirmed' ORDER BY created_at_ms, id`

export function* shopOrder({ merchant, shopReference }: ShopOrderName): Script<Outcome<StoredShopOrder, never>> {
  const [newest] = yield statement(newestText, merchant, shopReference)
  if (newest !== undefined) {
    const shopStatus = textOrNothing(newest, "shop_status")
    return Effect.succeed({
      merchant,
      shopReference,
      revision: integer(newest, "revision"),
      attempts: JSON.parse(text(newest, "attempts")) as ReadonlyArray<Attempt>,
      ...(shopStatus === undefined ? {} : { shopStatus })
    })
  }
  const orders = yield statement(attemptsText, shopReference, merchant)
  const attempts = orders.map((row) => attemptOf(orderFrom(row)))
  return Effect.succeed({ merchant, shopReference, revision: 0, attempts })
}
