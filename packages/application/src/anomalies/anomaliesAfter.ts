/**
 * Which anomalies of an order stand after a look at it.
 */
import { type Finding, findingCatalogue, levelOf, type Outcome } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { shopRefusal } from "../shopOrders/index.ts"
import { newId } from "../identifiers.ts"
import {
  type Anomaly,
  type AnomalyKind,
  type AnomalyRaised,
  type Concern,
  isSameConcern,
  type Movement,
  type StoredOrder
} from "../ports/index.ts"

const subjectOf = (finding: Finding): string =>
  "paymentId" in finding ? finding.paymentId : "total" in finding ? finding.total : ""

const ofFinding = (finding: Finding): ReadonlyArray<Concern> => {
  const level = levelOf(finding)
  const { kind, ...data } = finding
  return level === "info" ? [] : [{ kind, subject: subjectOf(finding), level, data }]
}

/** What an unclear movement gives cause to. */
export const movementConcern = ({ amountMinor, currency, kind, paymentId, reference }: Movement): Concern => ({
  kind: "movement-unclear",
  // One reference may name a capture and a refund.
  subject: `${kind} ${reference}`,
  level: "error",
  data: { movement: kind, reference, paymentId, amountMinor, currency }
})

const ofMovement = (movement: Movement): ReadonlyArray<Concern> =>
  movement.state === "unclear" ? [movementConcern(movement)] : []

/**
 * What a look gave cause to look at: findings above the record, a hold that stands whether or not this report tells of
 * it, and movements of which nobody knows what became of them. Each kind and subject once.
 */
export const concernsOf = (
  { findings, order: { hold } }: Pick<Outcome, "findings" | "order">,
  movements: ReadonlyArray<Movement>
): ReadonlyArray<Concern> => {
  const held: ReadonlyArray<Concern> = hold === undefined ? [] : [{ kind: hold, subject: "", level: "error", data: {} }]
  const all = [...findings.flatMap(ofFinding), ...held, ...movements.flatMap(ofMovement)]
  return all.filter((concern, index) => all.findIndex((other) => isSameConcern(other, concern)) === index)
}

// The shop's own affair: it is over when the shop follows again, whatever the next report says.
const outlastsLooks: ReadonlySet<AnomalyKind> = new Set([shopRefusal])

// Found in a report alone. A hold that is gone is over, whatever the report says.
const isOfReport = ({ kind }: Anomaly): boolean =>
  Object.hasOwn(findingCatalogue, kind) && kind !== "cancel-not-confirmed" && kind !== "paid-after-close"

const isUnchanged = (anomaly: Anomaly, { data, level }: Concern): boolean =>
  anomaly.level === level && JSON.stringify(anomaly.data) === JSON.stringify(data)

/** A new anomaly of an order. */
const anomalyOf = (
  { id: orderId, merchant }: Pick<StoredOrder, "id" | "merchant">,
  concern: Concern,
  atMs: number
): Effect.Effect<Anomaly> =>
  Effect.map(newId("anm"), (id) => ({ id, merchant, orderId, ...concern, raisedAtMs: atMs, changedAtMs: atMs }))

/** The news of it. */
export const raisedNews = ({ data, id, kind, level, subject }: Anomaly): AnomalyRaised => ({
  type: "anomaly.raised",
  anomalyId: id,
  kind,
  subject,
  level,
  data
})

/** Anomalies for those concerns of which none stands yet. */
export const anomaliesFor = (
  standing: ReadonlyArray<Anomaly>,
  concerns: ReadonlyArray<Concern>,
  { atMs, order }: { readonly order: Pick<StoredOrder, "id" | "merchant">; readonly atMs: number }
): Effect.Effect<ReadonlyArray<Anomaly>> =>
  Effect.forEach(
    concerns.filter((concern) => !standing.some((anomaly) => isSameConcern(anomaly, concern))),
    (concern) => anomalyOf(order, concern, atMs)
  )

/** The anomalies to store with the look, and those among them that are new. */
export const anomaliesAfter = Effect.fnUntraced(function*(
  standing: ReadonlyArray<Anomaly>,
  concerns: ReadonlyArray<Concern>,
  { atMs, isRefused, isShopFollowing, order }: {
    readonly order: Pick<StoredOrder, "id" | "merchant">
    readonly atMs: number
    /** The report was refused: it found nothing, and says nothing is over. */
    readonly isRefused: boolean
    readonly isShopFollowing: boolean
  }
) {
  const kept = standing.flatMap((anomaly): ReadonlyArray<Anomaly> => {
    const concern = concerns.find((other) => isSameConcern(other, anomaly))
    if (concern !== undefined) {
      return isUnchanged(anomaly, concern) ? [] : [{ ...anomaly, ...concern, changedAtMs: atMs }]
    }
    const outlasts = (isRefused && isOfReport(anomaly)) || (outlastsLooks.has(anomaly.kind) && !isShopFollowing)
    return outlasts ? [] : [{ ...anomaly, resolvedAtMs: atMs }]
  })
  const raised = yield* anomaliesFor(standing, concerns, { atMs, order })
  return { changed: [...kept, ...raised], raised }
})
