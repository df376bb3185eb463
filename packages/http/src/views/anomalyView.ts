/**
 * Anomalies as the API tells them.
 */
import { type Anomaly as StoredAnomaly, anomalyCatalogue, anomalyStateOf } from "@docdata/application"
import type { Anomaly } from "@docdata/contract"
import { instantField, instantView } from "./moneyView.ts"
import { dataView } from "./observationView.ts"

export const anomalyView = (anomaly: StoredAnomaly): typeof Anomaly.Type => {
  const { acknowledged, changedAtMs, data, id, kind, level, merchant, orderId, raisedAtMs, resolvedAtMs, subject } =
    anomaly
  return {
    id,
    ...(merchant === undefined ? {} : { merchant }),
    ...(orderId === undefined ? {} : { orderId }),
    kind,
    subject,
    level,
    state: anomalyStateOf(anomaly),
    data: dataView(data),
    ...anomalyCatalogue[kind],
    raisedAt: instantView(raisedAtMs),
    changedAt: instantView(changedAtMs),
    ...(acknowledged === undefined ? {} : {
      acknowledged: {
        at: instantView(acknowledged.atMs),
        by: acknowledged.by,
        ...(acknowledged.note === undefined ? {} : { note: acknowledged.note })
      }
    }),
    ...instantField("resolvedAt", resolvedAtMs)
  }
}
