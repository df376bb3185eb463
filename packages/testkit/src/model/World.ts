/**
 * What a stream of commands knows while it runs: the time, the names in use, and who claimed what lately.
 */
import type { ClaimedItem, Delivery, StoredOrder } from "@docdata/application"
import { emptyModel, type Model } from "./Model.ts"
import type { ModelOrder } from "./ModelState.ts"

/** When streams begin: Monday, 5 January 2026, noon. */
export const streamStartMs = Date.UTC(2026, 0, 5, 12)

/** Claims that commands may still speak of; older ones have long ended. */
const recentClaimsMax = 64

/** Orders that commands prefer, so that changes meet each other. */
const recentOrdersMax = 12

export interface World {
  readonly model: Model
  nowMs: number
  /** Commands so far: every name that has to be fresh is made of it. */
  commandCount: number
  readonly orderIds: Array<string>
  readonly claimedItems: Array<Pick<ClaimedItem, "id" | "claim">>
  readonly claimedDeliveries: Array<Pick<Delivery, "subscriber" | "claim"> & { readonly eventId: string }>
}

export const newWorld = (): World => ({
  model: emptyModel(),
  nowMs: streamStartMs,
  commandCount: 0,
  orderIds: [],
  claimedItems: [],
  claimedDeliveries: []
})

/** Adds to a list of which only the end counts. */
export const remember = <Item>(items: Array<Item>, item: Item): void => {
  items.push(item)
  if (items.length > recentClaimsMax) items.shift()
}

/** One of several, the number taken round and round. */
export const pick = <Item>(items: ReadonlyArray<Item>, number: number): Item => items[number % items.length]!

/** An order for every number: three times in four one of the latest. Undefined while there is none. */
export const pickOrder = ({ model, orderIds }: World, number: number): ModelOrder | undefined => {
  if (orderIds.length === 0) return undefined
  const rest = Math.floor(number / 4)
  const id = number % 4 === 0
    ? pick(orderIds, rest)
    : orderIds[orderIds.length - 1 - rest % Math.min(orderIds.length, recentOrdersMax)]!
  return model.state.orders.get(id)
}

/** The stored order for a number. */
export const pickStored = (world: World, number: number): StoredOrder | undefined => pickOrder(world, number)?.order
