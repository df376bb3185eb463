/**
 * The inbox on a database.
 */
import { Inbox, type InboxItem, inboxItemMoves } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database } from "../Database.ts"
import { fromText } from "../movesText.ts"
import { ask, found, integer, type Statement, statement, text } from "../Script.ts"
import { claimItems, claimSize, merchantsStatement } from "./claimItems.ts"
import { deadLetterFrom, itemSelection } from "./inboxRow.ts"
import { receive } from "./receive.ts"
import { type ItemCondition, waitAgain } from "./waitAgain.ts"

/** Exported for the tests that look at its plan. */
export const deadLettersStatement = (limit: number): Statement =>
  statement(
    `SELECT ${itemSelection}, dead_lettered_at_ms, reason FROM docdata_inbox
    WHERE dead_lettered_at_ms IS NOT NULL ORDER BY dead_lettered_at_ms DESC, id DESC LIMIT ?`,
    claimSize(limit)
  )

const { acknowledged, "dead-lettered": deadLettered, retried } = inboxItemMoves

const heldWhere = `id = ? AND ${fromText("queue_state", acknowledged)} AND claim = ?`

const heldBy = ({ claim, id }: Pick<InboxItem, "id"> & { readonly claim: string }): ItemCondition => ({
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
    claim: (request) => together("Inbox.claim", () => claimItems(dialect, request)),
    acknowledge: ({ claim, id }) =>
      each(
        "Inbox.acknowledge",
        () => changed(statement(`DELETE FROM docdata_inbox WHERE ${heldWhere} RETURNING id`, id, claim))
      ),
    retryLater: (item, notBeforeMs) =>
      together("Inbox.retryLater", () => waitAgain(dialect, heldBy(item), notBeforeMs)),
    deadLetter: ({ claim, id }, { atMs, reason }) =>
      each("Inbox.deadLetter", () =>
        changed(statement(
          `UPDATE docdata_inbox SET queue_state = '${deadLettered.to}', ready_at_ms = NULL, claim = NULL, dead_lettered_at_ms = ?, reason = ?
          WHERE ${heldWhere} RETURNING id`,
          atMs,
          reason,
          id,
          claim
        ))),
    deadLettered: (limit) =>
      read(
        "Inbox.deadLettered",
        () => ask(deadLettersStatement(limit), (rows) => Effect.succeed(rows.map(deadLetterFrom)))
      ),
    retryDeadLetter: (id, notBeforeMs) =>
      together(
        "Inbox.retryDeadLetter",
        () => waitAgain(dialect, { where: `id = ? AND ${fromText("queue_state", retried)}`, params: [id] }, notBeforeMs)
      ),
    backlog: () =>
      read("Inbox.backlog", () =>
        ask(
          statement("SELECT COUNT(*) AS open FROM docdata_inbox WHERE ready_at_ms IS NOT NULL"),
          ([row]) => Effect.succeed(integer(row!, "open"))
        ))
  })
