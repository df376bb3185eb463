/**
 * The inbox on a database.
 */
import { Inbox, type InboxItem, inboxItemMoves } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database } from "../Database.ts"
import { fromText } from "../movesText.ts"
import { ask, found, integer, type Statement, statement, text } from "../Script.ts"
import { claimItems, claimSize, merchantsStatement } from "./claimItems.ts"
import { itemSelection, parkedFrom } from "./inboxRow.ts"
import { receive } from "./receive.ts"
import { type Standing, waitAgain } from "./waitAgain.ts"

/** Exported for the tests that look at its plan. */
export const parkedStatement = (limit: number): Statement =>
  statement(
    `SELECT ${itemSelection}, parked_at_ms, reason FROM docdata_inbox
    WHERE parked_at_ms IS NOT NULL ORDER BY parked_at_ms DESC, id DESC LIMIT ?`,
    claimSize(limit)
  )

const { acknowledged, parked, unparked } = inboxItemMoves

const heldWhere = `id = ? AND ${fromText("place", acknowledged)} AND claim = ?`

const heldBy = ({ claim, id }: Pick<InboxItem, "id"> & { readonly claim: string }): Standing => ({
  where: heldWhere,
  params: [id, claim]
})

const changed = (one: Statement) => ask(one, (rows) => Effect.succeed(found(rows)))

export const sqlInbox = ({ dialect, each, read, together }: Database["Service"]): Inbox["Service"] =>
  Inbox.of({
    receive: (notification) => each("Inbox.receive", () => receive(notification)),
    merchants: (nowMs) =>
      read(
        "Inbox.merchants",
        () => ask(merchantsStatement(nowMs), (rows) => Effect.succeed(rows.map((row) => text(row, "merchant"))))
      ),
    claim: (wish) => together("Inbox.claim", () => claimItems(dialect, wish)),
    acknowledge: ({ claim, id }) =>
      each(
        "Inbox.acknowledge",
        () => changed(statement(`DELETE FROM docdata_inbox WHERE ${heldWhere} RETURNING id`, id, claim))
      ),
    putBack: (item, notBeforeMs) => together("Inbox.putBack", () => waitAgain(dialect, heldBy(item), notBeforeMs)),
    park: ({ claim, id }, { atMs, reason }) =>
      each("Inbox.park", () =>
        changed(statement(
          `UPDATE docdata_inbox SET place = '${parked.to}', ready_at_ms = NULL, claim = NULL, parked_at_ms = ?, reason = ?
          WHERE ${heldWhere} RETURNING id`,
          atMs,
          reason,
          id,
          claim
        ))),
    parked: (limit) =>
      read("Inbox.parked", () => ask(parkedStatement(limit), (rows) => Effect.succeed(rows.map(parkedFrom)))),
    unpark: (id, notBeforeMs) =>
      together("Inbox.unpark", () =>
        waitAgain(dialect, { where: `id = ? AND ${fromText("place", unparked)}`, params: [id] }, notBeforeMs)),
    backlog: () =>
      read("Inbox.backlog", () =>
        ask(
          statement("SELECT COUNT(*) AS open FROM docdata_inbox WHERE ready_at_ms IS NOT NULL"),
          ([row]) =>
            Effect.succeed(integer(row!, "open"))
        ))
  })
