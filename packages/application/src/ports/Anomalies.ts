/**
 * Anomalies, as those see them who look after them.
 *
 * Those of an order are stored with the commit that raised them, see `OrderStore.commit`; those of no order come in
 * here. What every adapter keeps:
 *
 * - **Once while it stands.** Of one merchant, kind and subject without an order at most one stands, also when several
 *   raise it at once.
 * - **Merchants are apart.** With `merchants` given, nothing of any other merchant is seen or changed.
 * - **An acknowledgement stays.** Nothing that is stored later about the anomaly takes it away, and the first one counts.
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Acknowledgement, Anomaly, AnomalyKind, AnomalyLevel } from "./records/Anomaly.ts"
import type { Page } from "./OrderStore.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** No anomaly of these merchants has this id. */
export class AnomalyNotFound extends Data.TaggedError("AnomalyNotFound")<{ readonly id: string }> {
  override get message(): string {
    return `there is no anomaly ${this.id}`
  }
}

/** `open`: stands and nobody acknowledged it. `acknowledged`: stands. `resolved`: over, acknowledged or not. */
export type AnomalyState = "open" | "acknowledged" | "resolved"

/** Where an anomaly stands. */
export const anomalyStateOf = ({ acknowledged, resolvedAtMs }: Anomaly): AnomalyState =>
  resolvedAtMs !== undefined ? "resolved" : acknowledged === undefined ? "open" : "acknowledged"

/** Which anomalies a list shows; every given field narrows it. An empty list of merchants fits none. */
export interface AnomalyFilter {
  readonly merchants?: ReadonlyArray<string>
  readonly orderId?: string
  readonly kind?: AnomalyKind
  readonly level?: AnomalyLevel
  readonly state?: AnomalyState
}

/** Where a list goes on: after this anomaly. */
export interface AnomalyCursor {
  readonly raisedAtMs: number
  readonly id: string
}

/** An anomaly of no order, about to be raised. */
export type OrderlessAnomaly = Omit<Anomaly, "orderId" | "changedAtMs" | "acknowledged" | "resolvedAtMs">

/** How many anomalies of a merchant and kind are open. */
export interface OpenCount extends Pick<Anomaly, "merchant" | "kind" | "level"> {
  /** At least 1. */
  readonly count: number
}

export class Anomalies extends Context.Service<Anomalies, {
  /** Newest first (raised, then id, descending), at most `pageSizeMax`. */
  readonly list: (
    filter: AnomalyFilter,
    page: { readonly after?: AnomalyCursor; readonly limit: number }
  ) => Effect.Effect<Page<Anomaly, AnomalyCursor>, StoreFailure>
  /** Writes down that somebody knows. Safe to repeat: the first acknowledgement stays, and the answer shows it. */
  readonly acknowledge: (
    request: { readonly id: string; readonly merchants?: ReadonlyArray<string>; readonly acknowledged: Acknowledgement }
  ) => Effect.Effect<Anomaly, AnomalyNotFound | StoreFailure>
  /** Raises one of no order, or answers the one that stands, unchanged; `raised` says which. */
  readonly raise: (
    anomaly: OrderlessAnomaly
  ) => Effect.Effect<{ readonly raised: boolean; readonly anomaly: Anomaly }, StoreFailure>
  /** Resolves the standing one of no order. False if none stands. */
  readonly resolve: (
    which: Pick<Anomaly, "merchant" | "kind" | "subject"> & { readonly atMs: number }
  ) => Effect.Effect<boolean, StoreFailure>
  /** How many are open, of each merchant and kind, by merchant (those of the whole service first), kind and level. */
  readonly openCounts: () => Effect.Effect<ReadonlyArray<OpenCount>, StoreFailure>
}>()("@docdata/application/Anomalies") {}
