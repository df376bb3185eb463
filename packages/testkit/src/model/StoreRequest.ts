/**
 * What a stream requests for, before it is known what there is: a kind of command and some numbers.
 *
 * Numbers are turned into names by what the model holds at that moment, so that a request makes sense in every stream it
 * is part of, also when fast-check leaves others out to make a failing stream shorter.
 */
import fc from "fast-check"

/** Every method of the three ports with its share. Shares follow what a shop does, with more trouble. */
const shares = {
  reserve: 5,
  confirm: 6,
  renew: 1,
  abandon: 2,
  read: 6,
  paymentsElsewhere: 4,
  shopOrder: 3,
  commit: 16,
  list: 4,
  due: 2,
  staleReservations: 2,
  observations: 3,
  events: 3,
  intend: 5,
  resolve: 3,
  withdraw: 1,
  modifications: 2,
  anomalies: 2,
  takePeriod: 2,
  erase: 1,
  receive: 10,
  itemMerchants: 2,
  claimItems: 12,
  acknowledge: 5,
  putBackItem: 2,
  deadLetterItem: 2,
  deadLetteredItems: 1,
  retryDeadLetter: 2,
  itemBacklog: 1,
  claimDeliveries: 8,
  delivered: 9,
  putBackDelivery: 3,
  deadLetterDelivery: 2,
  deadLetteredDeliveries: 1,
  redeliver: 2,
  deliveryBacklog: 1
} as const

/** A kind of command. */
export type RequestKind = keyof typeof shares

export interface Request {
  readonly kind: RequestKind
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  /** Milliseconds that pass before. */
  readonly stepMs: number
}

const number = fc.nat({ max: 999_983 })

/** A request for anything. */
export const request: fc.Arbitrary<Request> = fc.record({
  kind: fc.oneof(
    ...Object.entries(shares).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as RequestKind) }))
  ),
  a: number,
  b: number,
  c: number,
  d: number,
  stepMs: fc.nat({ max: 4_000 })
})
