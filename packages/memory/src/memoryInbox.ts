/**
 * The inbox in memory.
 */
import { type ClaimedItem, Inbox, type InboxItem, inboxItemMoves, pageSizeMax } from "@docdata/application"
import { stateAfter } from "@docdata/domain"
import * as Effect from "effect/Effect"
import {
  entryOf,
  type InboxTables,
  type ItemQueueState,
  type ItemRecord,
  type MemoryState,
  within
} from "./MemoryState.ts"
import { ReadyQueue } from "./ReadyQueue.ts"
import { compareText, first } from "./SortedIndex.ts"

const orderOf = (item: Pick<ItemRecord, "merchant" | "orderReference">): string =>
  within(item.merchant, item.orderReference)

const itemOf = (item: ItemRecord): InboxItem => ({
  id: item.id,
  merchant: item.merchant,
  orderReference: item.orderReference,
  firstReceivedAtMs: item.firstReceivedAtMs,
  lastReceivedAtMs: item.lastReceivedAtMs,
  notificationCount: item.notificationCount,
  attempts: item.attempts,
  ...(item.traceparent === undefined ? {} : { traceparent: item.traceparent })
})

const openOf = (tables: InboxTables, merchant: string): ReadyQueue =>
  entryOf(tables.open, merchant, () => new ReadyQueue())

/** Its turn is by since when it could be taken. */
const queue = (tables: InboxTables, { firstReceivedAtMs, id, merchant }: ItemRecord, readyAtMs: number): void => {
  const atMs = readyAtMs === Number.NEGATIVE_INFINITY ? firstReceivedAtMs : readyAtMs
  openOf(tables, merchant).put({ id, atMs, readyAtMs })
}

/** Takes an item out of the indexes that its place puts it in. */
const unplace = (tables: InboxTables, item: ItemRecord): void => {
  switch (item.queueState.at) {
    case "waiting":
      openOf(tables, item.merchant).remove(item.id)
      tables.waitingIdByOrder.delete(orderOf(item))
      return
    case "claimed": {
      openOf(tables, item.merchant).remove(item.id)
      const claimed = tables.claimedIdsByOrder.get(orderOf(item))!
      claimed.delete(item.id)
      if (claimed.size === 0) tables.claimedIdsByOrder.delete(orderOf(item))
      return
    }
    case "dead-lettered":
      tables.deadLettered.remove({ atMs: item.queueState.deadLetteredAtMs, id: item.id })
  }
}

/** Gives an item its place. */
const queueState = (tables: InboxTables, item: ItemRecord, to: ItemQueueState): void => {
  item.queueState = to
  switch (to.at) {
    case "waiting":
      queue(tables, item, to.notBeforeMs)
      tables.waitingIdByOrder.set(orderOf(item), item.id)
      return
    case "claimed":
      queue(tables, item, to.leaseUntilMs)
      entryOf(tables.claimedIdsByOrder, orderOf(item), () => new Set<string>()).add(item.id)
      return
    case "dead-lettered":
      tables.deadLettered.insert({ atMs: to.deadLetteredAtMs, id: item.id })
  }
}

/** What a waiting item takes over from another one of its order. */
type Share = Pick<ItemRecord, "firstReceivedAtMs" | "lastReceivedAtMs" | "notificationCount" | "attempts">

const fold = (tables: InboxTables, waiting: ItemRecord, share: Share): void => {
  unplace(tables, waiting)
  waiting.firstReceivedAtMs = Math.min(waiting.firstReceivedAtMs, share.firstReceivedAtMs)
  waiting.lastReceivedAtMs = Math.max(waiting.lastReceivedAtMs, share.lastReceivedAtMs)
  waiting.notificationCount += share.notificationCount
  waiting.attempts = Math.max(waiting.attempts, share.attempts)
  queueState(tables, waiting, waiting.queueState)
}

const waitingOf = (tables: InboxTables, order: string): ItemRecord | undefined =>
  tables.byId.get(tables.waitingIdByOrder.get(order) ?? "")

type Received = Parameters<Inbox["Service"]["receive"]>[0]

const receive = (tables: InboxTables, { id, merchant, receivedAtMs, orderReference, traceparent }: Received) => {
  if (tables.byId.has(id)) return { id, coalesced: false }
  const share = {
    firstReceivedAtMs: receivedAtMs,
    lastReceivedAtMs: receivedAtMs,
    notificationCount: 1,
    attempts: 0
  }
  const waiting = waitingOf(tables, within(merchant, orderReference))
  if (waiting !== undefined) {
    fold(tables, waiting, share)
    return { id: waiting.id, coalesced: true }
  }
  const to: ItemQueueState = { at: "waiting", notBeforeMs: Number.NEGATIVE_INFINITY }
  const traced = traceparent === undefined ? {} : { traceparent }
  const item: ItemRecord = { id, merchant, orderReference, ...share, ...traced, queueState: to }
  tables.byId.set(id, item)
  queueState(tables, item, to)
  return { id, coalesced: false }
}

/** The item waits again, or what it stands for is folded into the one that waits already. */
const wait = (tables: InboxTables, item: ItemRecord, notBeforeMs: number): void => {
  unplace(tables, item)
  const waiting = waitingOf(tables, orderOf(item))
  if (waiting === undefined) {
    queueState(tables, item, { at: "waiting", notBeforeMs })
  } else {
    tables.byId.delete(item.id)
    fold(tables, waiting, item)
  }
}

const isHeld = (tables: InboxTables, order: string, nowMs: number): boolean =>
  [...tables.claimedIdsByOrder.get(order) ?? []].some((id) => {
    const { queueState } = tables.byId.get(id)!
    return queueState.at === "claimed" && queueState.leaseUntilMs > nowMs
  })

type Request = Parameters<Inbox["Service"]["claim"]>[0]

const byFirstNotification = (a: ItemRecord, b: ItemRecord): number =>
  a.firstReceivedAtMs - b.firstReceivedAtMs || compareText(a.id, b.id)

/** Whether nothing of its order is claimed, and nothing of it that goes first may be taken. */
const isFree = (tables: InboxTables, item: ItemRecord, nowMs: number): boolean => {
  const order = orderOf(item)
  if (isHeld(tables, order, nowMs)) return false
  const waiting = waitingOf(tables, order)
  const isReady = waiting?.queueState.at === "waiting" && waiting.queueState.notBeforeMs <= nowMs
  // Of those claimed, which none holds, the time is over.
  const others = [...tables.claimedIdsByOrder.get(order) ?? []].map((id) => tables.byId.get(id)!)
  return [...isReady ? [waiting] : [], ...others].every((other) => byFirstNotification(item, other) <= 0)
}

const claim = (
  tables: InboxTables,
  { claim, leaseUntilMs, limit, merchant, nowMs }: Request
): ReadonlyArray<ClaimedItem> => {
  const size = Math.min(limit, pageSizeMax)
  const chosen: Array<ItemRecord> = []
  for (const id of openOf(tables, merchant).ready(nowMs)) {
    if (chosen.length >= size) break
    const item = tables.byId.get(id)!
    if (isFree(tables, item, nowMs)) chosen.push(item)
  }
  const take = (item: ItemRecord): ClaimedItem => {
    unplace(tables, item)
    item.attempts++
    queueState(tables, item, { at: "claimed", claim, leaseUntilMs })
    return { ...itemOf(item), claim }
  }
  return chosen.toSorted(byFirstNotification).map(take)
}

/** The item, if this claim of it has not ended. */
const heldBy = (tables: InboxTables, { claim, id }: Pick<ClaimedItem, "id" | "claim">): ItemRecord | undefined => {
  const item = tables.byId.get(id)
  return item?.queueState.at === "claimed" && item.queueState.claim === claim ? item : undefined
}

/** Removes an item, if this claim of it has not ended. */
export const acknowledge = (tables: InboxTables, name: Pick<ClaimedItem, "id" | "claim">): boolean => {
  const item = heldBy(tables, name)
  if (item === undefined) return false
  unplace(tables, item)
  tables.byId.delete(item.id)
  return true
}

/** An inbox on `state`. Every method is one synchronous step. */
export const memoryInbox = ({ inbox: tables }: MemoryState): Inbox["Service"] => {
  const step = (name: Pick<ClaimedItem, "id" | "claim">, change: (item: ItemRecord) => void) =>
    Effect.sync(() => {
      const item = heldBy(tables, name)
      if (item !== undefined) change(item)
      return item !== undefined
    })
  return Inbox.of({
    receive: (notification) => Effect.sync(() => receive(tables, notification)),
    merchants: (nowMs) =>
      Effect.sync(() =>
        [...tables.open].flatMap(([merchant, open]) => first(open.ready(nowMs), 1).map(() => merchant))
          .toSorted(compareText)
      ),
    claim: (request) => Effect.sync(() => claim(tables, request)),
    acknowledge: (name) => Effect.sync(() => acknowledge(tables, name)),
    retryLater: (name, notBeforeMs) => step(name, (item) => wait(tables, item, notBeforeMs)),
    deadLetter: (name, { atMs, reason }) =>
      step(name, (item) => {
        unplace(tables, item)
        queueState(tables, item, { at: "dead-lettered", deadLetteredAtMs: atMs, reason })
      }),
    deadLettered: (limit) =>
      Effect.sync(() =>
        first(tables.deadLettered.descending(), Math.min(limit, pageSizeMax)).flatMap(({ id }) => {
          const item = tables.byId.get(id)!
          return item.queueState.at === "dead-lettered"
            ? [{ ...itemOf(item), deadLetteredAtMs: item.queueState.deadLetteredAtMs, reason: item.queueState.reason }]
            : []
        })
      ),
    retryDeadLetter: (id, notBeforeMs) =>
      Effect.sync(() => {
        const item = tables.byId.get(id)
        if (item === undefined || stateAfter(inboxItemMoves, item.queueState.at, "retried") === undefined) return false
        wait(tables, item, notBeforeMs)
        return true
      }),
    backlog: () => Effect.sync(() => tables.byId.size - tables.deadLettered.size)
  })
}
