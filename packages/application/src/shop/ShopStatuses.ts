/**
 * What the ten statuses of an order are in the shop, and from where to where a shop's order may go.
 */
import { type OrderStatus, orderStatuses } from "@docdata/domain"

/** The shop's own statuses. */
export interface ShopStatuses {
  /** The shop's status for each of ours; `null` where the shop deliberately does not follow. */
  readonly statuses: Readonly<Record<OrderStatus, string | null>>
  /** For each of the shop's statuses those that may follow; an empty list ends it. All may follow all when absent. */
  readonly moves?: Readonly<Record<string, ReadonlyArray<string>>>
}

/** The same as somebody wrote it, which may be anything. */
export interface WrittenShopStatuses {
  readonly statuses: Readonly<Record<string, string | null>>
  readonly moves?: Readonly<Record<string, ReadonlyArray<string>>>
}

/** Shops have words for their statuses, not sentences. */
const statusLengthMax = 50

const isStatus = (name: string): name is OrderStatus => (orderStatuses as ReadonlyArray<string>).includes(name)

const moveViolations = (
  moves: Readonly<Record<string, ReadonlyArray<string>>>,
  inUse: ReadonlySet<string>
): ReadonlyArray<string> => {
  const named = [...new Set([...Object.keys(moves), ...Object.values(moves).flat()])]
  return [
    ...named.filter((status) => !inUse.has(status)).map((status) => `no status is mapped to ${status}`),
    ...[...inUse].filter((status) => !Object.hasOwn(moves, status))
      .map((status) => `it is not said where ${status} may go to`)
  ]
}

/**
 * Everything that is wrong, a line each: a status that is neither mapped nor ignored, one that does not exist, a word that
 * is none; moves of statuses that nothing is mapped to, and statuses without a word on where they may go.
 */
export const shopStatusesViolations = ({ moves, statuses }: WrittenShopStatuses): ReadonlyArray<string> => {
  const words = Object.values(statuses).filter((word) => word !== null)
  return [
    ...orderStatuses.filter((status) => !Object.hasOwn(statuses, status))
      .map((status) => `${status} is neither mapped nor ignored`),
    ...Object.keys(statuses).filter((name) => !isStatus(name)).map((name) => `${name} is no status of an order`),
    ...new Set(
      words.filter((word) => word.trim() === "" || word.length > statusLengthMax)
        .map(() => `a status of the shop is 1 to ${statusLengthMax} characters`)
    ),
    ...(moves === undefined ? [] : moveViolations(moves, new Set(words)))
  ]
}

/** True if nothing is wrong with it. */
export const isShopStatuses = (written: WrittenShopStatuses): written is ShopStatuses =>
  shopStatusesViolations(written).length === 0
