/**
 * The inbox in memory.
 */
import { type ClaimedItem, Inbox, type InboxItem, inboxItemMoves, pageSizeMax } from "@docdata/application"
import { stateAfter } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { entryOf, type InboxTables, type ItemPlace, type ItemRecord, type MemoryState, within } from "./MemoryState.ts"
import { ReadyQueue } from "./ReadyQueue.ts"
import { compareText, first } from "./SortedIndex.ts"

const orderOf = (item: Pick<ItemRecord, "merchant" | "reference">): string => within(item.merchant, item.reference)

const itemOf = (item: ItemRecord): InboxItem => ({
  id: item.id,
  merchant: item.merchant,
  reference: item.reference,
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
  switch (item.place.at) {
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
    case "parked":
      tables.parked.remove({ atMs: item.place.parkedAtMs, id: item.id })
  }
}

/** Gives an item its place. */
const place = (tables: InboxTables, item: ItemRecord, to: ItemPlace): void => {
  item.place = to
  switch (to.at) {
    case "waiting":
      queue(tables, item, to.notBeforeMs)
      tables.waitingIdByOrder.set(orderOf(item), item.id)
      return
    case "claimed":
      queue(tables, item, to.leaseUntilMs)
      entryOf(tables.claimedIdsByOrder, orderOf(item), () => new Set<string>()).add(item.id)
      return
    case "parked":
      tables.parked.insert({ atMs: to.parkedAtMs, id: item.id })
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
  place(tables, waiting, waiting.place)
}

const waitingOf = (tables: InboxTables, order: string): ItemRecord | undefined =>
  tables.byId.get(tables.waitingIdByOrder.get(order) ?? "")

type Received = Parameters<Inbox["Service"]["receive"]>[0]

const receive = (tables: InboxTables, { id, merchant, receivedAtMs, reference, traceparent }: Received) => {
  if (tables.byId.has(id)) return { id, coalesced: false }
  const share = {
    firstReceivedAtMs: receivedAtMs,
    lastReceivedAtMs: receivedAtMs,
    notificationCount: 1,
    attempts: 0
  }
  const waiting = waitingOf(tables, within(merchant, reference))
  if (waiting !== undefined) {
    fold(tables, waiting, share)
    return { id: waiting.id, coalesced: true }
  }
  const to: ItemPlace = { at: "waiting", notBeforeMs: Number.NEGATIVE_INFINITY }
  const traced = traceparent === undefined ? {} : { traceparent }
  const item: ItemRecord = { id, merchant, reference, ...share, ...traced, place: to }
  tables.byId.set(id, item)
  place(tables, item, to)
  return { id, coalesced: false }
}

/** The item waits again, or what it stands for is folded into the one that waits already. */
const wait = (tables: InboxTables, item: ItemRecord, notBeforeMs: number): void => {
  unplace(tables, item)
  const waiting = waitingOf(tables, orderOf(item))
  if (waiting === undefined) {
    place(tables, item, { at: "waiting", notBeforeMs })
  } else {
    tables.byId.delete(item.id)
    fold(tables, waiting, item)
  }
}

const isHeld = (tables: InboxTables, order: string, nowMs: number): boolean =>
  [...tables.claimedIdsByOrder.get(order) ?? []].some((id) => {
    const { place } = tables.byId.get(id)!
    return place.at === "claimed" && place.leaseUntilMs > nowMs
  })

type Wish = Parameters<Inbox["Service"]["claim"]>[0]

const byFirstNotification = (a: ItemRecord, b: ItemRecord): number =>
  a.firstReceivedAtMs - b.firstReceivedAtMs || compareText(a.id, b.id)

/** Whether nothing of its order is claimed, and nothing of it that goes first may be taken. */
const isFree = (tables: InboxTables, item: ItemRecord, nowMs: number): boolean => {
  const order = orderOf(item)
  if (isHeld(tables, order, nowMs)) return false
  const waiting = waitingOf(tables, order)
  const isReady = waiting?.place.at === "waiting" && waiting.place.notBeforeMs <= nowMs
  // Of those claimed, which none holds, the time is over.
  const others = [...tables.claimedIdsByOrder.get(order) ?? []].map((id) => tables.byId.get(id)!)
  return [...isReady ? [waiting] : [], ...others].every((other) => byFirstNotification(item, other) <= 0)
}

const claim = (
  tables: InboxTables,
  { claim, leaseUntilMs, limit, merchant, nowMs }: Wish
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
    place(tables, item, { at: "claimed", claim, leaseUntilMs })
    return { ...itemOf(item), claim }
  }
  return chosen.toSorted(byFirstNotification).map(take)
}

/** The item, if this claim of it has not ended. */
const heldBy = (tables: InboxTables, { claim, id }: Pick<ClaimedItem, "id" | "claim">): ItemRecord | undefined => {
  const item = tables.byId.get(id)
  return item?.place.at === "claimed" && item.place.claim === claim ? item : undefined
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
    claim: (wish) => Effect.sync(() => claim(tables, wish)),
    acknowledge: (name) =>
      step(name, (item) => {
        unplace(tables, item)
        tables.byId.delete(item.id)
      }),
    putBack: (name, notBeforeMs) => step(name, (item) => wait(tables, item, notBeforeMs)),
    park: (name, { atMs, reason }) =>
      step(name, (item) => {
        unplace(tables, item)
        place(tables, item, { at: "parked", parkedAtMs: atMs, reason })
      }),
    parked: (limit) =>
      Effect.sync(() =>
        first(tables.parked.descending(), Math.min(limit, pageSizeMax)).flatMap(({ id }) => {
          const item = tables.byId.get(id)!
          return item.place.at === "parked"
            ? [{ ...itemOf(item), parkedAtMs: item.place.parkedAtMs, reason: item.place.reason }]
            : []
        })
      ),
    unpark: (id, notBeforeMs) =>
      Effect.sync(() => {
        const item = tables.byId.get(id)
        if (item === undefined || stateAfter(inboxItemMoves, item.place.at, "unparked") === undefined) return false
        wait(tables, item, notBeforeMs)
        return true
      }),
    backlog: () => Effect.sync(() => tables.byId.size - tables.parked.size)
  })
}
