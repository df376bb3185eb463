/**
 * What a stream wishes for, before it is known what there is: a kind of command and some numbers.
 *
 * Numbers are turned into names by what the model holds at that moment, so that a wish makes sense in every stream it
 * is part of, also when fast-check leaves others out to make a failing stream shorter.
 */
import fc from "fast-check"

/** Every method of the three ports with its share. Shares follow what a shop does, with more trouble. */
const shares = {
  reserve: 5,
  confirm: 6,
  abandon: 1,
  read: 6,
  commit: 16,
  list: 4,
  due: 2,
  unsettled: 2,
  observations: 3,
  events: 3,
  intend: 5,
  settle: 3,
  movements: 2,
  anomalies: 2,
  takePeriod: 2,
  erase: 1,
  receive: 10,
  itemMerchants: 2,
  claimItems: 12,
  acknowledge: 5,
  putBackItem: 2,
  parkItem: 2,
  parkedItems: 1,
  unpark: 2,
  itemBacklog: 1,
  claimDeliveries: 8,
  delivered: 9,
  putBackDelivery: 3,
  parkDelivery: 2,
  parkedDeliveries: 1,
  redeliver: 2,
  deliveryBacklog: 1
} as const

/** A kind of command. */
export type WishKind = keyof typeof shares

export interface Wish {
  readonly kind: WishKind
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  /** Milliseconds that pass before. */
  readonly stepMs: number
}

const number = fc.nat({ max: 999_983 })

/** A wish for anything. */
export const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.oneof(
    ...Object.entries(shares).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as WishKind) }))
  ),
  a: number,
  b: number,
  c: number,
  d: number,
  stepMs: fc.nat({ max: 4_000 })
})
