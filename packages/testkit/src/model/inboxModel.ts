/**
 * The inbox of the plain model.
 */
import { type ClaimedItem, type Inbox, type InboxItem, pageSizeMax } from "@docdata/application"
import { compareText, mayBeTaken, type ModelItem, type ModelState, type Plain } from "./ModelState.ts"

type Named = Pick<InboxItem, "merchant" | "orderReference">

const isSameOrder = (a: Named, b: Named): boolean => a.merchant === b.merchant && a.orderReference === b.orderReference

const waitingOf = (state: ModelState, order: Named): ModelItem | undefined =>
  state.items.find(({ item, queueState }) => queueState.at === "waiting" && isSameOrder(item, order))

const together = (waiting: InboxItem, other: Omit<InboxItem, "id">): InboxItem => ({
  ...waiting,
  firstReceivedAtMs: Math.min(waiting.firstReceivedAtMs, other.firstReceivedAtMs),
  lastReceivedAtMs: Math.max(waiting.lastReceivedAtMs, other.lastReceivedAtMs),
  notificationCount: waiting.notificationCount + other.notificationCount,
  attempts: Math.max(waiting.attempts, other.attempts)
})

const receive = (state: ModelState, request: Parameters<Inbox["Service"]["receive"]>[0]) => {
  const { id, merchant, receivedAtMs, orderReference } = request
  if (state.items.some(({ item }) => item.id === id)) return { id, coalesced: false }
  const item: InboxItem = {
    id,
    merchant,
    orderReference,
    firstReceivedAtMs: receivedAtMs,
    lastReceivedAtMs: receivedAtMs,
    notificationCount: 1,
    attempts: 0
  }
  const waiting = waitingOf(state, request)
  if (waiting !== undefined) {
    waiting.item = together(waiting.item, item)
    return { id: waiting.item.id, coalesced: true }
  }
  state.items = [...state.items, { item, queueState: { at: "waiting", notBeforeMs: Number.NEGATIVE_INFINITY } }]
  return { id, coalesced: false }
}

const wait = (state: ModelState, found: ModelItem, notBeforeMs: number): void => {
  const waiting = waitingOf(state, found.item)
  if (waiting === undefined) {
    found.queueState = { at: "waiting", notBeforeMs }
  } else {
    waiting.item = together(waiting.item, found.item)
    state.items = state.items.filter((each) => each !== found)
  }
}

const byFirstNotification = (a: ModelItem, b: ModelItem): number =>
  a.item.firstReceivedAtMs - b.item.firstReceivedAtMs || compareText(a.item.id, b.item.id)

/** Since when it could be taken: a new one from the beginning. */
const sinceMs = ({ item, queueState }: ModelItem): number => {
  const readyAtMs = queueState.at === "claimed"
    ? queueState.leaseUntilMs
    : queueState.at === "waiting"
    ? queueState.notBeforeMs
    : 0
  return readyAtMs === Number.NEGATIVE_INFINITY ? item.firstReceivedAtMs : readyAtMs
}

const byTurn = (a: ModelItem, b: ModelItem): number => sinceMs(a) - sinceMs(b) || compareText(a.item.id, b.item.id)

const claim = (
  state: ModelState,
  { claim, leaseUntilMs, limit, merchant, nowMs }: Parameters<Inbox["Service"]["claim"]>[0]
): ReadonlyArray<ClaimedItem> => {
  const isHeld = (order: Named): boolean =>
    state.items.some(({ item, queueState }) =>
      queueState.at === "claimed" && queueState.leaseUntilMs > nowMs && isSameOrder(item, order)
    )
  const takeable = state.items
    .filter(({ item, queueState }) => item.merchant === merchant && mayBeTaken(queueState, nowMs) && !isHeld(item))
    .toSorted(byFirstNotification)
  const chosen = takeable.filter(({ item }, position) =>
    !takeable.slice(0, position).some((earlier) => isSameOrder(earlier.item, item))
  ).toSorted(byTurn).slice(0, Math.max(0, Math.min(limit, pageSizeMax)))
  return chosen.toSorted(byFirstNotification).map((found): ClaimedItem => {
    found.item = { ...found.item, attempts: found.item.attempts + 1 }
    found.queueState = { at: "claimed", claim, leaseUntilMs }
    return Object.assign({ claim }, found.item)
  })
}

/** Removes an item if this claim of it has not ended. */
export const acknowledge = (state: ModelState, name: Parameters<Inbox["Service"]["acknowledge"]>[0]): boolean => {
  const others = state.items.filter(({ item, queueState }) =>
    item.id !== name.id || queueState.at !== "claimed" || queueState.claim !== name.claim
  )
  const isHeld = others.length < state.items.length
  state.items = others
  return isHeld
}

export const inboxModel = (state: ModelState): Plain<Inbox["Service"]> => {
  const withClaimed = (name: Pick<ClaimedItem, "id" | "claim">, change: (found: ModelItem) => void): boolean => {
    const found = state.items.find(({ item, queueState }) =>
      item.id === name.id && queueState.at === "claimed" && queueState.claim === name.claim
    )
    if (found !== undefined) change(found)
    return found !== undefined
  }
  return {
    receive: (notification) => receive(state, notification),
    merchants: (nowMs) =>
      [...new Set(state.items.flatMap(({ item, queueState }) => mayBeTaken(queueState, nowMs) ? [item.merchant] : []))]
        .toSorted(compareText),
    claim: (request) => claim(state, request),
    acknowledge: (name) => acknowledge(state, name),
    retryLater: (name, notBeforeMs) => withClaimed(name, (found) => wait(state, found, notBeforeMs)),
    deadLetter: (name, { atMs, reason }) =>
      withClaimed(name, (found) => {
        found.queueState = { at: "dead-lettered", deadLetteredAtMs: atMs, reason }
      }),
    deadLettered: (limit) =>
      state.items.flatMap(({ item, queueState }) =>
        queueState.at === "dead-lettered"
          ? [{ ...item, deadLetteredAtMs: queueState.deadLetteredAtMs, reason: queueState.reason }]
          : []
      ).toSorted((a, b) => b.deadLetteredAtMs - a.deadLetteredAtMs || compareText(b.id, a.id))
        .slice(0, Math.max(0, Math.min(limit, pageSizeMax))),
    retryDeadLetter: (id, notBeforeMs) => {
      const found = state.items.find(({ item, queueState }) => item.id === id && queueState.at === "dead-lettered")
      if (found !== undefined) wait(state, found, notBeforeMs)
      return found !== undefined
    },
    backlog: () => state.items.filter(({ queueState }) => queueState.at !== "dead-lettered").length
  }
}
