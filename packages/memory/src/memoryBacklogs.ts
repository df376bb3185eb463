/**
 * How much waits in memory. Whoever measures does so seldom, so nothing is kept for it.
 */
import { type Backlog, Backlogs } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { MemoryState } from "./MemoryState.ts"

const since = (moments: Iterable<number>): Pick<Backlog, "oldestAtMs"> => {
  let oldestAtMs: number | undefined
  for (const atMs of moments) if (oldestAtMs === undefined || atMs < oldestAtMs) oldestAtMs = atMs
  return oldestAtMs === undefined ? {} : { oldestAtMs }
}

const inboxOf = ({ inbox }: MemoryState): Backlog => {
  const open = [...inbox.byId.values()].filter(({ queueState }) => queueState.at !== "dead-lettered")
  return {
    open: open.length,
    deadLettered: inbox.deadLettered.size,
    ...since(open.map(({ firstReceivedAtMs }) => firstReceivedAtMs))
  }
}

const outboxOf = ({ subscribers }: MemoryState, subscriber: string): Backlog => {
  const tables = subscribers.get(subscriber)
  if (tables === undefined) return { open: 0, deadLettered: 0 }
  const open = [...tables.openByOrder.values()].flat()
  return {
    open: open.length,
    deadLettered: tables.deadLettered.size,
    ...since(open.map(({ event }) => event.occurredAtMs))
  }
}

const refreshesOf = ({ orders }: MemoryState, merchant: string, nowMs: number): Omit<Backlog, "deadLettered"> => {
  const due: Array<number> = []
  for (const { atMs } of orders.due.get(merchant)?.ascending() ?? []) {
    if (atMs > nowMs) break
    due.push(atMs)
  }
  return { open: due.length, ...since(due) }
}

export const memoryBacklogs = (state: MemoryState): Backlogs["Service"] =>
  Backlogs.of({
    inbox: () => Effect.sync(() => inboxOf(state)),
    outbox: (subscriber) => Effect.sync(() => outboxOf(state, subscriber)),
    refreshes: ({ merchant, nowMs }) => Effect.sync(() => refreshesOf(state, merchant, nowMs))
  })
