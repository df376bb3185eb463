/**
 * Lists of anomalies, by keyset.
 */
import type { Anomalies, Anomaly, AnomalyCursor, AnomalyFilter, AnomalyState, Page } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { pageSize } from "../orders/listOrders.ts"
import { type Script, type SqlValue, type Statement, statement } from "../Script.ts"
import { anomalyFrom, anomalySelection } from "./anomalyRow.ts"

type Condition = readonly [sql: string, ...params: ReadonlyArray<SqlValue>]

/** Word for word what the index of open ones says. */
export const isOpenText = "resolved_at_ms IS NULL AND acknowledged_at_ms IS NULL"

const stateCondition = (state: AnomalyState): Condition => {
  switch (state) {
    case "open":
      return [isOpenText]
    case "acknowledged":
      return ["resolved_at_ms IS NULL AND acknowledged_at_ms IS NOT NULL"]
    case "resolved":
      return ["resolved_at_ms IS NOT NULL"]
  }
}

/** The rows of these merchants; one merchant alone reads its own index in order. */
export const ofMerchants = (dialect: Dialect, merchants: ReadonlyArray<string>): Condition =>
  merchants.length === 1
    ? ["merchant = ?", ...merchants]
    : [`merchant ${dialect.amongTexts}`, JSON.stringify(merchants)]

type Request = Parameters<Anomalies["Service"]["list"]>

/** Exported for the tests that look at its plan. */
export const listStatement = (dialect: Dialect, ...[filter, page]: Request): Statement => {
  const { kind, level, merchants, orderId, state }: AnomalyFilter = filter
  const { after } = page
  const conditions: ReadonlyArray<Condition> = [
    ...(merchants === undefined ? [] : [ofMerchants(dialect, merchants)]),
    ...(orderId === undefined ? [] : [["order_id = ?", orderId] as const]),
    ...(kind === undefined ? [] : [["kind = ?", kind] as const]),
    ...(level === undefined ? [] : [["level = ?", level] as const]),
    ...(state === undefined ? [] : [stateCondition(state)]),
    ...(after === undefined ? [] : [["(raised_at_ms, id) < (?, ?)", after.raisedAtMs, after.id] as const])
  ]
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.map(([sql]) => sql).join(" AND ")}`
  return statement(
    `SELECT ${anomalySelection} FROM docdata_anomalies ${where} ORDER BY raised_at_ms DESC, id DESC LIMIT ?`,
    ...conditions.flatMap(([, ...params]) => params),
    pageSize(page.limit) + 1
  )
}

export function* listAnomalies(
  dialect: Dialect,
  ...[filter, page]: Request
): Script<Outcome<Page<Anomaly, AnomalyCursor>, never>> {
  const found = (yield listStatement(dialect, filter, page)).map(anomalyFrom)
  const items = found.slice(0, pageSize(page.limit))
  const last = items.at(-1)
  return Effect.succeed(
    found.length > items.length && last !== undefined
      ? { items, next: { raisedAtMs: last.raisedAtMs, id: last.id } }
      : { items }
  )
}
