/**
 * Lists of orders, by keyset.
 */
import {
  type DueAmong,
  firstDayRefreshesMs,
  type OrderCursor,
  type OrderFilter,
  type OrderStore,
  type Page,
  type StoredOrder,
  waitingRefreshesMs
} from "@docdata/application"
import { orderStatuses } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { pageSize } from "../pageSize.ts"
import { ask, type Script, type SqlValue, type Statement, statement } from "../Script.ts"
import { orderFrom, orderSelection } from "./orderRow.ts"

interface Condition {
  readonly sql: string
  readonly params: ReadonlyArray<SqlValue>
}

/**
 * Branches of one union: more merchants than this are looked up in the index of all merchants instead, which reads
 * over the orders of those not asked for. SQLite's limit is 500.
 */
const branchesMax = 400

const timeConditions = (filter: OrderFilter, after: OrderCursor | undefined): ReadonlyArray<Condition> => [
  ...(filter.createdFromMs === undefined ? [] : [{ sql: "created_at_ms >= ?", params: [filter.createdFromMs] }]),
  ...(filter.createdBeforeMs === undefined ? [] : [{ sql: "created_at_ms < ?", params: [filter.createdBeforeMs] }]),
  ...(after === undefined ? [] : [{ sql: "(created_at_ms, id) < (?, ?)", params: [after.createdAtMs, after.id] }])
]

// An abandoned order never came to have a status that a filter finds. There are few of them, and an index of their own says
// which; a column of the order would make every row of a list be read.
const hasStatus = `NOT EXISTS (
  SELECT 1 FROM docdata_orders gone WHERE gone.id = docdata_orders.id AND gone.registration = 'abandoned')`

/** Conditions of which each fits an index on creation; together they fit every order asked for, none twice. */
const branches = (filter: OrderFilter, dialect: Dialect): ReadonlyArray<Condition> => {
  const statuses = [...new Set(filter.statuses ?? orderStatuses)]
  const known = filter.statuses === undefined ? "" : ` AND ${hasStatus}`
  const merchants = filter.merchants && [...new Set(filter.merchants)]
  if (merchants !== undefined && merchants.length * statuses.length <= branchesMax) {
    return merchants.flatMap((merchant) =>
      statuses.map((status) => ({ sql: `merchant = ? AND status = ?${known}`, params: [merchant, status] }))
    )
  }
  const among: Condition = merchants === undefined
    ? { sql: "", params: [] }
    : { sql: ` AND merchant ${dialect.amongTexts}`, params: [JSON.stringify(merchants)] }
  return statuses.map((status) => ({ sql: `status = ?${known}${among.sql}`, params: [status, ...among.params] }))
}

const joined = (conditions: ReadonlyArray<Condition>): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(" AND "),
  params: conditions.flatMap(({ params }) => params)
})

const newestFirst = "ORDER BY created_at_ms DESC, id DESC LIMIT ?"

/** Attempts of one shop order are few: they are found by its reference and sorted. */
const attemptsStatement = (
  filter: OrderFilter & { readonly shopReference: string },
  times: ReadonlyArray<Condition>,
  { dialect, limit }: { readonly dialect: Dialect; readonly limit: number }
): Statement => {
  const { merchants, shopReference, statuses } = filter
  const { params, sql } = joined([
    { sql: "shop_reference = ?", params: [shopReference] },
    ...(merchants === undefined
      ? []
      : [{ sql: `merchant ${dialect.amongTexts}`, params: [JSON.stringify(merchants)] }]),
    ...(statuses === undefined
      ? []
      : [{ sql: `status ${dialect.amongTexts} AND ${hasStatus}`, params: [JSON.stringify(statuses)] }]),
    ...times
  ])
  return statement(`SELECT ${orderSelection} FROM docdata_orders WHERE ${sql} ${newestFirst}`, ...params, limit)
}

/** Exported for the tests that look at its plan. Undefined when nothing can fit. */
export const listStatement = (
  dialect: Dialect,
  filter: OrderFilter,
  page: { readonly after?: OrderCursor; readonly limit: number }
): Statement | undefined => {
  const limit = pageSize(page.limit) + 1
  const times = timeConditions(filter, page.after)
  const { shopReference } = filter
  if (filter.merchants?.length === 0 || filter.statuses?.length === 0) return undefined
  if (shopReference !== undefined) return attemptsStatement({ ...filter, shopReference }, times, { dialect, limit })
  // Each branch gives its newest from an index that holds all it needs; whole orders are read for the page only.
  const parts = branches(filter, dialect).map((branch) => {
    const { params, sql } = joined([branch, ...times])
    return {
      sql: `SELECT * FROM (SELECT created_at_ms, id FROM docdata_orders WHERE ${sql} ${newestFirst}) AS branch`,
      params: [...params, limit]
    }
  })
  const columns = orderSelection.split(", ").map((column) => `o.${column}`).join(", ")
  return statement(
    `SELECT ${columns}
    FROM (SELECT id FROM (${parts.map(({ sql }) => sql).join(" UNION ALL ")}) AS found ${newestFirst}) AS newest
    JOIN docdata_orders o ON o.id = newest.id
    ORDER BY o.created_at_ms DESC, o.id DESC`,
    ...parts.flatMap(({ params }) => params),
    limit
  )
}

export function* listOrders(
  dialect: Dialect,
  filter: OrderFilter,
  page: { readonly after?: OrderCursor; readonly limit: number }
): Script<Outcome<Page<StoredOrder, OrderCursor>, never>> {
  const wanted = listStatement(dialect, filter, page)
  const orders = wanted === undefined ? [] : (yield wanted).map(orderFrom)
  const items = orders.slice(0, pageSize(page.limit))
  const last = items.at(-1)
  return Effect.succeed(
    orders.length > items.length && last !== undefined
      ? { items, next: { createdAtMs: last.createdAtMs, id: last.id } }
      : { items }
  )
}

type Service = OrderStore["Service"]

// In the words of migration 13: an index of some rows serves a question that repeats its condition.
const amongCondition = (among: DueAmong | undefined): string => {
  switch (among) {
    case undefined:
      return ""
    case "waiting":
      return ` AND next_refresh_at_ms - created_at_ms < ${waitingRefreshesMs}`
    case "first-day":
      return ` AND next_refresh_at_ms - created_at_ms < ${firstDayRefreshesMs}`
  }
}

export const dueStatement = ({ among, limit, merchant, nowMs }: Parameters<Service["due"]>[0]): Statement =>
  statement(
    `SELECT ${orderSelection} FROM docdata_orders
    WHERE merchant = ? AND registration = 'confirmed' AND next_refresh_at_ms <= ?${amongCondition(among)}
    ORDER BY next_refresh_at_ms, id LIMIT ?`,
    merchant,
    nowMs,
    pageSize(limit)
  )

export const staleReservationsStatement = (question: Parameters<Service["staleReservations"]>[0]): Statement => {
  const { after, limit, nowMs } = question
  return statement(
    `SELECT ${orderSelection} FROM docdata_orders
    WHERE registration = 'reserved' AND lease_until_ms <= ?${
      after === undefined ? "" : " AND (created_at_ms, id) > (?, ?)"
    }
    ORDER BY created_at_ms, id LIMIT ?`,
    nowMs,
    ...(after === undefined ? [] : [after.createdAtMs, after.id]),
    pageSize(limit)
  )
}

/** The orders of a statement that has its own limit. */
export const ordersOf = (wanted: Statement): Script<Outcome<ReadonlyArray<StoredOrder>, never>> =>
  ask(wanted, (rows) => Effect.succeed(rows.map(orderFrom)))
