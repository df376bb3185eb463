/**
 * Anomalies in memory. Those of an order come with its commits.
 */
import {
  Anomalies,
  type Anomaly,
  type AnomalyFilter,
  AnomalyNotFound,
  anomalyStateOf,
  isSameAnomaly,
  type OpenCount
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { MemoryState, OrderRecord } from "./MemoryState.ts"
import { pageSize } from "./reading.ts"
import { compareMoments, first } from "./SortedIndex.ts"

const momentOf = ({ id, raisedAtMs }: Pick<Anomaly, "id" | "raisedAtMs">) => ({ atMs: raisedAtMs, id })

/** Stores an anomaly of no order, or the newer state of any; the acknowledgement stays as it is stored. */
const put = ({ anomalies }: MemoryState, anomaly: Anomaly): Anomaly => {
  const { acknowledged: _, ...events } = anomaly
  const present = anomalies.byId.get(anomaly.id)
  const stored = present?.acknowledged === undefined ? events : { ...events, acknowledged: present.acknowledged }
  anomalies.byId.set(anomaly.id, stored)
  anomalies.raised.insert(momentOf(anomaly))
  return stored
}

/** Stores what a commit says about the anomalies of its order. */
export const putOfOrder = (state: MemoryState, record: OrderRecord, changed: ReadonlyArray<Anomaly>): void => {
  const { id: orderId, merchant } = record.order
  for (const anomaly of changed) {
    put(state, { ...anomaly, orderId, merchant })
    record.anomalyIds.add(anomaly.id)
  }
}

const ofRecord = ({ anomalies }: MemoryState, record: OrderRecord | undefined): ReadonlyArray<Anomaly> =>
  [...record?.anomalyIds ?? []].map((id) => anomalies.byId.get(id)!)

/** The standing ones of an order, oldest first. */
export const openOf = (state: MemoryState, record: OrderRecord | undefined): ReadonlyArray<Anomaly> => {
  const open = ofRecord(state, record).filter(({ resolvedAtMs }) => resolvedAtMs === undefined)
  return open.toSorted((a, b) => compareMoments(momentOf(a), momentOf(b)))
}

/** Takes the notes of an order's anomalies away. */
export const eraseNotes = (state: MemoryState, record: OrderRecord): void => {
  for (const anomaly of ofRecord(state, record)) {
    if (anomaly.acknowledged === undefined) continue
    const { note: _, ...acknowledged } = anomaly.acknowledged
    state.anomalies.byId.set(anomaly.id, { ...anomaly, acknowledged })
  }
}

const fits = (anomaly: Anomaly, { kind, level, merchants, orderId, state }: AnomalyFilter): boolean =>
  (merchants === undefined || (anomaly.merchant !== undefined && merchants.includes(anomaly.merchant))) &&
  (orderId === undefined || anomaly.orderId === orderId) &&
  (kind === undefined || anomaly.kind === kind) &&
  (level === undefined || anomaly.level === level) &&
  (state === undefined || anomalyStateOf(anomaly) === state)

function* fitting({ anomalies }: MemoryState, filter: AnomalyFilter, ids: Iterable<{ readonly id: string }>) {
  for (const { id } of ids) {
    const anomaly = anomalies.byId.get(id)!
    if (fits(anomaly, filter)) yield anomaly
  }
}

const list = (state: MemoryState, ...[filter, page]: Parameters<Anomalies["Service"]["list"]>) => {
  const size = pageSize(page.limit)
  const ids = state.anomalies.raised.descending(page.after && momentOf(page.after))
  const found = first(fitting(state, filter, ids), size + 1)
  const items = found.slice(0, size)
  const last = items.at(-1)
  return found.length > size && last !== undefined
    ? { items, next: { raisedAtMs: last.raisedAtMs, id: last.id } }
    : { items }
}

type Which = Pick<Anomaly, "merchant" | "kind" | "subject">

const openOfNone = ({ anomalies }: MemoryState, which: Which): Anomaly | undefined =>
  [...anomalies.byId.values()].find((anomaly) =>
    anomaly.orderId === undefined && anomaly.resolvedAtMs === undefined && anomaly.merchant === which.merchant &&
    isSameAnomaly(anomaly, which)
  )

const wordsOf = ({ kind, level, merchant = "" }: Pick<Anomaly, "kind" | "level" | "merchant">): string =>
  [merchant, kind, level].join("\0")

const openCountsOf = (anomalies: ReadonlyArray<Anomaly>): ReadonlyArray<OpenCount> => {
  const open = anomalies.filter((anomaly) => anomalyStateOf(anomaly) === "open")
  return [...Map.groupBy(open, wordsOf)].toSorted(([a], [b]) => a < b ? -1 : 1).map(([, [first, ...others]]) => {
    const { kind, level, merchant } = first!
    return Object.assign({ kind, level, count: 1 + others.length }, merchant === undefined ? {} : { merchant })
  })
}

/** The anomalies on `state`. Every method is one synchronous step. */
export const memoryAnomalies = (state: MemoryState): Anomalies["Service"] => {
  const { byId } = state.anomalies
  return Anomalies.of({
    list: (filter, page) => Effect.sync(() => list(state, filter, page)),
    acknowledge: ({ acknowledged, id, merchants }) =>
      Effect.suspend(() => {
        const anomaly = byId.get(id)
        if (anomaly === undefined || !fits(anomaly, merchants === undefined ? {} : { merchants })) {
          return Effect.fail(new AnomalyNotFound({ id }))
        }
        const after = { ...anomaly, acknowledged: anomaly.acknowledged ?? acknowledged }
        byId.set(id, after)
        return Effect.succeed(after)
      }),
    raise: (anomaly) =>
      Effect.sync(() => {
        const present = openOfNone(state, anomaly)
        return present === undefined
          ? { raised: true, anomaly: put(state, { ...anomaly, changedAtMs: anomaly.raisedAtMs }) }
          : { raised: false, anomaly: present }
      }),
    resolve: ({ atMs, ...which }) =>
      Effect.sync(() => {
        const present = openOfNone(state, which)
        if (present !== undefined) byId.set(present.id, { ...present, resolvedAtMs: atMs })
        return present !== undefined
      }),
    openCounts: () => Effect.sync(() => openCountsOf([...byId.values()]))
  })
}
