/**
 * Which anomalies of an order stand after a refresh of it.
 */
import { type Finding, findingCatalogue, levelOf, type Outcome } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { newId } from "../identifiers.ts"
import {
  type Anomaly,
  type AnomalyDetails,
  type AnomalyKind,
  type AnomalyRaised,
  isSameAnomaly,
  type Modification,
  type StoredOrder
} from "../ports/index.ts"

const subjectOf = (finding: Finding): string =>
  "paymentId" in finding ? finding.paymentId : "total" in finding ? finding.total : ""

const ofFinding = (finding: Finding): ReadonlyArray<AnomalyDetails> => {
  const level = levelOf(finding)
  const { kind, ...data } = finding
  return level === "info" ? [] : [{ kind, subject: subjectOf(finding), level, data }]
}

/** What an unclear modification gives cause to. */
export const unclearAnomaly = (
  { amountMinor, currency, kind, paymentId, reference }: Modification
): AnomalyDetails => ({
  kind: "modification-unclear",
  // One reference may name a capture and a refund.
  subject: `${kind} ${reference}`,
  level: "error",
  data: { modification: kind, reference, paymentId, amountMinor, currency }
})

const ofModification = (modification: Modification): ReadonlyArray<AnomalyDetails> => {
  switch (modification.state) {
    case "unclear":
      return [unclearAnomaly(modification)]
    case "failed":
      return [{ ...unclearAnomaly(modification), kind: "modification-failed" }]
    case "intended":
    case "filed":
    case "confirmed":
      return []
  }
}

// A part that the bank took back is a finding; all of it leaves nothing that a decision could remark on.
const ofChargeback = ({ findings, order }: Pick<Outcome, "findings" | "order">): ReadonlyArray<AnomalyDetails> => {
  const { currency, totals: { chargedBack } = { chargedBack: 0 } } = order
  // A refused report says nothing: what stood before stands.
  const isFoundOtherwise = findings.some(({ kind }) =>
    kind === "partial-chargeback" || kind === "report-refused" || kind === "legacy-report-refused"
  )
  return chargedBack === 0 || isFoundOtherwise
    ? []
    : [{ kind: "chargeback", subject: "", level: "warning", data: { chargedBack, currency } }]
}

/**
 * What a refresh gave cause to look at: findings above the record, a hold that stands whether or not this report tells of
 * it, modifications of which nobody knows what became of them, and what the other attempts at the shop's order give cause
 * to (`besides`). Each kind and subject once.
 */
export const detectAnomalies = (
  { findings, order }: Pick<Outcome, "findings" | "order">,
  modifications: ReadonlyArray<Modification>,
  besides: ReadonlyArray<AnomalyDetails> = []
): ReadonlyArray<AnomalyDetails> => {
  const held: ReadonlyArray<AnomalyDetails> = order.hold === undefined
    ? []
    : [{ kind: order.hold, subject: "", level: "error", data: {} }]
  const all = [
    ...findings.flatMap(ofFinding),
    ...ofChargeback({ findings, order }),
    ...besides,
    ...held,
    ...modifications.flatMap(ofModification)
  ]
  return all.filter((details, index) => all.findIndex((other) => isSameAnomaly(other, details)) === index)
}

// The shop's own affair: it is over when the shop follows again, whatever the next report says.
const outlastsRefreshes: ReadonlySet<AnomalyKind> = new Set(["shop-transition-refused"])

// Found in a report alone. A hold that is gone is over, whatever the report says.
const isOfReport = ({ kind }: Anomaly): boolean =>
  (kind === "chargeback" || Object.hasOwn(findingCatalogue, kind)) && kind !== "cancel-not-confirmed" &&
  kind !== "paid-after-close"

const isUnchanged = (anomaly: Anomaly, { data, level }: AnomalyDetails): boolean =>
  anomaly.level === level && JSON.stringify(anomaly.data) === JSON.stringify(data)

/** A new anomaly of an order. */
const anomalyOf = (
  { id: orderId, merchant }: Pick<StoredOrder, "id" | "merchant">,
  details: AnomalyDetails,
  atMs: number
): Effect.Effect<Anomaly> =>
  Effect.map(newId("anm"), (id) => ({ id, merchant, orderId, ...details, raisedAtMs: atMs, changedAtMs: atMs }))

/** The events of it. */
export const raisedEvent = ({ data, id, kind, level, subject }: Anomaly): AnomalyRaised => ({
  type: "anomaly.raised",
  anomalyId: id,
  kind,
  subject,
  level,
  data
})

/** Anomalies for those concerns of which none stands yet. */
export const anomaliesFor = (
  open: ReadonlyArray<Anomaly>,
  detected: ReadonlyArray<AnomalyDetails>,
  { atMs, order }: { readonly order: Pick<StoredOrder, "id" | "merchant">; readonly atMs: number }
): Effect.Effect<ReadonlyArray<Anomaly>> =>
  Effect.forEach(
    detected.filter((details) => !open.some((anomaly) => isSameAnomaly(anomaly, details))),
    (details) => anomalyOf(order, details, atMs)
  )

/** The anomalies to store with the refresh, and those among them that are new. */
export const anomaliesAfter = Effect.fnUntraced(function*(
  open: ReadonlyArray<Anomaly>,
  detected: ReadonlyArray<AnomalyDetails>,
  { atMs, isRefused, isShopFollowing, order }: {
    readonly order: Pick<StoredOrder, "id" | "merchant">
    readonly atMs: number
    /** The report was refused: it found nothing, and says nothing is over. */
    readonly isRefused: boolean
    readonly isShopFollowing: boolean
  }
) {
  const kept = open.flatMap((anomaly): ReadonlyArray<Anomaly> => {
    const details = detected.find((other) => isSameAnomaly(other, anomaly))
    if (details !== undefined) {
      return isUnchanged(anomaly, details) ? [] : [{ ...anomaly, ...details, changedAtMs: atMs }]
    }
    const outlasts = (isRefused && isOfReport(anomaly)) || (outlastsRefreshes.has(anomaly.kind) && !isShopFollowing)
    return outlasts ? [] : [{ ...anomaly, resolvedAtMs: atMs }]
  })
  const raised = yield* anomaliesFor(open, detected, { atMs, order })
  return { changed: [...kept, ...raised], raised }
})
