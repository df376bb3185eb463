/**
 * The anomalies on a database. Those of an order come with its commits.
 */
import { Anomalies, type Anomaly, AnomalyNotFound, type OpenCount } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database, Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { ask, found, integer, type Row, type Script, statement, text } from "../Script.ts"
import { anomalyFrom, anomalySelection, anomalyValues, noMerchant, writtenColumns } from "./anomalyRow.ts"
import { isOpenText, listAnomalies, ofMerchants } from "./listAnomalies.ts"

type Service = Anomalies["Service"]

const openCountsStatement = statement(
  `SELECT merchant, kind, level, COUNT(*) AS open FROM docdata_anomalies
  WHERE ${isOpenText} GROUP BY merchant, kind, level ORDER BY merchant, kind, level`
)

const openCountFrom = (row: Row): OpenCount => {
  const merchant = text(row, "merchant")
  return {
    ...(merchant === noMerchant ? {} : { merchant }),
    kind: text(row, "kind") as OpenCount["kind"],
    level: text(row, "level") as OpenCount["level"],
    count: integer(row, "open")
  }
}

function* acknowledge(
  dialect: Dialect,
  { acknowledged, id, merchants }: Parameters<Service["acknowledge"]>[0]
): Script<Outcome<Anomaly, AnomalyNotFound>> {
  const [among, ...params] = merchants === undefined ? ["1 = 1"] as const : ofMerchants(dialect, merchants)
  const [changed] = yield statement(
    `UPDATE docdata_anomalies SET acknowledged_at_ms = ?, acknowledged_by = ?, note = ?
    WHERE id = ? AND acknowledged_at_ms IS NULL AND ${among} RETURNING ${anomalySelection}`,
    acknowledged.atMs,
    acknowledged.by,
    acknowledged.note ?? null,
    id,
    ...params
  )
  if (changed !== undefined) return Effect.succeed(anomalyFrom(changed))
  const [present] = yield statement(
    `SELECT ${anomalySelection} FROM docdata_anomalies WHERE id = ? AND ${among}`,
    id,
    ...params
  )
  return present === undefined ? Effect.fail(new AnomalyNotFound({ id })) : Effect.succeed(anomalyFrom(present))
}

const openText = "merchant = ? AND kind = ? AND subject = ? AND order_id IS NULL AND resolved_at_ms IS NULL"

const raiseText = `INSERT INTO docdata_anomalies (${writtenColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (merchant, kind, subject) WHERE order_id IS NULL AND resolved_at_ms IS NULL DO NOTHING
  RETURNING ${anomalySelection}`

/** Writes first. What was in the way may be resolved by the time it is read; then this one counts after all. */
function* raise(
  request: Parameters<Service["raise"]>[0]
): Script<Outcome<{ readonly raised: boolean; readonly anomaly: Anomaly }, never>> {
  const { kind, merchant = noMerchant, raisedAtMs, subject } = request
  for (;;) {
    const [written] = yield statement(raiseText, ...anomalyValues({ ...request, changedAtMs: raisedAtMs }))
    if (written !== undefined) return Effect.succeed({ raised: true, anomaly: anomalyFrom(written) })
    const [open] = yield statement(
      `SELECT ${anomalySelection} FROM docdata_anomalies WHERE ${openText}`,
      merchant,
      kind,
      subject
    )
    if (open !== undefined) return Effect.succeed({ raised: false, anomaly: anomalyFrom(open) })
  }
}

export const sqlAnomalies = ({ dialect, each, read }: Database["Service"]): Service =>
  Anomalies.of({
    list: (filter, page) => read("Anomalies.list", () => listAnomalies(dialect, filter, page)),
    acknowledge: (request) => each("Anomalies.acknowledge", () => acknowledge(dialect, request)),
    raise: (anomaly) => each("Anomalies.raise", () => raise(anomaly)),
    resolve: ({ atMs, kind, merchant = noMerchant, subject }) =>
      each("Anomalies.resolve", () =>
        ask(
          statement(
            `UPDATE docdata_anomalies SET resolved_at_ms = ? WHERE ${openText} RETURNING id`,
            atMs,
            merchant,
            kind,
            subject
          ),
          (rows) => Effect.succeed(found(rows))
        )),
    openCounts: () =>
      read("Anomalies.openCounts", () => ask(openCountsStatement, (rows) => Effect.succeed(rows.map(openCountFrom))))
  })
