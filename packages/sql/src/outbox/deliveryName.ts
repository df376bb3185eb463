/**
 * The row that an event id stands for. Ids are made by the domain from order id, revision and position; deliveries are
 * kept under these three, so that their order is that of the events.
 */
import { eventId } from "@docdata/domain"

export interface EventIndex {
  readonly orderId: string
  readonly revision: number
  readonly position: number
}

/** Undefined if no event can have this id. */
export const eventIndex = (id: string): EventIndex | undefined => {
  const parts = /^(.*)-(\d{1,15})-(\d{1,15})$/s.exec(id)
  if (parts === null) return undefined
  const index = { orderId: parts[1]!, revision: Number(parts[2]), position: Number(parts[3]) }
  // "-01-0" would be read as a place whose id is another.
  return eventId(index.orderId, index.revision, index.position) === id ? index : undefined
}
