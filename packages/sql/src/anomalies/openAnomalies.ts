/**
 * The anomalies of an order that stand.
 */
import type { Anomaly } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import { ask, type Script, type Statement, statement } from "../Script.ts"
import { anomalyFrom, anomalySelection } from "./anomalyRow.ts"

/** Exported for the tests that look at its plan. They are few: sorting them costs nothing. */
export const openAnomaliesStatement = (orderId: string): Statement =>
  statement(
    `SELECT ${anomalySelection} FROM docdata_anomalies WHERE order_id = ? AND resolved_at_ms IS NULL
    ORDER BY raised_at_ms, id`,
    orderId
  )

export const openAnomalies = (orderId: string): Script<Outcome<ReadonlyArray<Anomaly>, never>> =>
  ask(openAnomaliesStatement(orderId), (rows) => Effect.succeed(rows.map(anomalyFrom)))
