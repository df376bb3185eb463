/**
 * Something that a person has to look at, from the moment it was noticed until it is over.
 *
 * One stands at most once per order, kind and subject: it is raised, may be acknowledged, and is resolved when it is no
 * longer so. Acknowledging says that somebody knows; it ends nothing, and what stands is not raised again.
 */
import type { Finding, FindingLevel } from "@docdata/domain"
import type { OwnAnomalyKind } from "./anomalyTexts.ts"

/** A finding of the decision, or something that was noticed elsewhere. A hold has the kind of its finding. */
export type AnomalyKind = Finding["kind"] | OwnAnomalyKind

/** Findings for the record raise nothing. */
export type AnomalyLevel = Exclude<FindingLevel, "info">

/** What is wrong. */
export interface AnomalyDetails {
  readonly kind: AnomalyKind
  /** What it is about within the order: a payment id, the name of a total, a reference. Empty when about all of it. */
  readonly subject: string
  readonly level: AnomalyLevel
  /** The figures, as JSON; amounts in minor units. No personal data, no secrets, no text of Docdata. */
  readonly data: Readonly<Record<string, unknown>>
}

/** That somebody knows of it. */
export interface Acknowledgement {
  readonly atMs: number
  /** Who: the id of an API key, or another name that the caller vouches for. */
  readonly by: string
  /** A person's own words, 1 to 500 characters; gone when the order is erased. */
  readonly note?: string
}

/** One anomaly as it is stored. */
export interface Anomaly extends AnomalyDetails {
  readonly id: string
  /** Absent when it concerns the whole service: then only those who may see every merchant see it. */
  readonly merchant?: string
  readonly orderId?: string
  readonly raisedAtMs: number
  /** When its level or data last changed; at first {@link raisedAtMs}. */
  readonly changedAtMs: number
  readonly acknowledged?: Acknowledgement
  /** When it was found to be over; absent while it stands. */
  readonly resolvedAtMs?: number
}

/** True for two that may not stand at once. Both are of one order, or of none and of one merchant. */
export const isSameAnomaly = (
  a: Pick<AnomalyDetails, "kind" | "subject">,
  b: Pick<AnomalyDetails, "kind" | "subject">
): boolean => a.kind === b.kind && a.subject === b.subject
