/**
 * What a change of one order makes of the shop's order, and what the shop's order makes of it. Pure.
 */
import {
  type Attempt,
  attemptOf,
  decideShopOrder,
  isCovered,
  isSameAttempt,
  type Order,
  type OrderEvent,
  type ShopOrder,
  type ShopStep,
  waitBeside,
  withAttempt
} from "@docdata/domain"
import type {
  AnomalyDetails,
  ShopOrderChange,
  ShopOrderEvent,
  ShopStatuses,
  StoredOrder,
  StoredShopOrder
} from "../ports/index.ts"
import { refusalOf, type ShopStatus, statusAfter, stepTo } from "./shopStatus.ts"

/** One order as it was decided by itself, and the shop's order as it was before. */
export interface OwnChange {
  readonly order: StoredOrder
  /** Decided as if there were no other attempt. */
  readonly state: Order
  readonly events: ReadonlyArray<OrderEvent>
  readonly atMs: number
  readonly table: ShopStatuses | undefined
  readonly before: StoredShopOrder
  /** Where the shop's own order stands, with a table. */
  readonly shopStatus: ShopStatus
}

/** The change as it is to be stored. */
export interface ShopOrderOutcome {
  /** The order beside the others: its goods wait if another attempt was paid first. */
  readonly state: Order
  /** What is told of the order itself. */
  readonly own: ReadonlyArray<OrderEvent>
  /** What is told of the shop's order, after it. */
  readonly ofShopOrder: ReadonlyArray<ShopOrderEvent>
  readonly anomalies: ReadonlyArray<AnomalyDetails>
  /** True if the shop's own order stands where the status says, or no table is kept: what was refused is over. */
  readonly isShopFollowing: boolean
  /** Absent if the shop's order stays as it is. */
  readonly change?: ShopOrderChange
  /** Another order that leads from now on, and whose goods may have waited for this one. */
  readonly passedTo?: string
}

// Before the first change of any attempt.
const unknownShopOrder: Pick<ShopOrder, "status" | "fulfilment"> = { status: "new", fulfilment: "wait" }

/** What is told of the goods is what is stored of them, whatever the order by itself would be. */
const ownEvents = ({ events, order: { state: before } }: OwnChange, after: Order): ReadonlyArray<OrderEvent> => [
  ...events.filter(({ type }) => type !== "order.fulfilment_changed"),
  ...before.fulfilment === after.fulfilment
    ? []
    : [{ type: "order.fulfilment_changed", from: before.fulfilment, to: after.fulfilment } as const]
]

const eventsOf = (
  shopReference: string,
  { from, to }: { readonly from: Pick<ShopOrder, "status" | "fulfilment">; readonly to: ShopOrder },
  step: ShopStep | undefined
): ReadonlyArray<ShopOrderEvent> => {
  const common = { shopReference, leadingOrderId: to.leadingAttempt }
  return [
    ...from.status === to.status
      ? []
      : [
        {
          type: "shop_order.status_changed",
          ...common,
          from: from.status,
          to: to.status,
          ...(step && { shop: step })
        } as const
      ],
    ...from.fulfilment === to.fulfilment
      ? []
      : [{ type: "shop_order.fulfilment_changed", ...common, from: from.fulfilment, to: to.fulfilment } as const]
  ]
}

const paidTwice = ({ findings }: ShopOrder, orderId: string): ReadonlyArray<AnomalyDetails> =>
  findings.filter(({ attempt }) => attempt === orderId).map(({ currency, keptMinor, kind }) => ({
    kind,
    subject: "",
    level: "error",
    data: { kept: keptMinor, currency }
  }))

const isStored = ({ attempts, revision }: StoredShopOrder, after: ReadonlyArray<Attempt>): boolean =>
  revision > 0 && attempts.length === after.length &&
  after.every((attempt) => attempts.some((one) => one.id === attempt.id && isSameAttempt(one, attempt)))

/** Puts the change beside the other attempts. */
export const shopOrderAfter = (own: OwnChange): ShopOrderOutcome => {
  const { atMs, before, order, state, table } = own
  const earlier = before.attempts.find(({ id }) => id === order.id)
  // Covered since before such times were kept, if it has none.
  const coveredAtMs = earlier !== undefined && isCovered(earlier) ? earlier.coveredAtMs : atMs
  const attempt = attemptOf({ id: order.id, state }, coveredAtMs)
  const attempts = withAttempt(before.attempts, attempt)
  const from = decideShopOrder(before.attempts)
  const to = decideShopOrder(attempts)!
  const twice = paidTwice(to, order.id)
  const after = twice.length === 0 ? state : waitBeside(state)
  const { status } = from ?? unknownShopOrder
  const step = table === undefined || status === to.status ? undefined : stepTo(table, own.shopStatus, to.status)
  const shopStatus = step === undefined ? own.shopStatus : statusAfter(own.shopStatus, step)
  const hasPassed = to.leadingAttempt !== order.id && from?.leadingAttempt === order.id
  return {
    state: after,
    own: ownEvents(own, after),
    ofShopOrder: eventsOf(order.shopReference, { from: from ?? unknownShopOrder, to }, step),
    anomalies: [...twice, ...step === undefined ? [] : refusalOf(to.status, step)],
    isShopFollowing: table === undefined || step?.step === "moved" || step?.step === "stayed",
    ...(!isStored(before, attempts) && {
      change: {
        expectedRevision: before.revision,
        attempts,
        ...(shopStatus === undefined ? {} : { shopStatus })
      }
    }),
    ...(hasPassed && { passedTo: to.leadingAttempt })
  }
}
