/**
 * What happened to an order, in the order it happened: its events, the looks at it, and money asked for or given back.
 */
import { Amount, type ComparedField, type PaymentRow, type PaymentUpdated, type ShopStep } from "@docdata/domain"
import { anomalyCatalogue, type Movement, type Observation, type StoredEvent } from "../ports/index.ts"

/** One thing that happened, in words for people. Names nobody. */
export interface TimelineEntry {
  readonly atMs: number
  readonly kind: "event" | "look" | "movement"
  readonly text: string
  /** Of the order, if it has one. */
  readonly revision?: number
  /** Of an event. */
  readonly eventId?: string
  readonly type?: StoredEvent["news"]["type"]
}

/** What a timeline is made of. */
export interface OrderHistory {
  readonly events: ReadonlyArray<StoredEvent>
  readonly looks: ReadonlyArray<Observation>
  readonly movements: ReadonlyArray<Movement>
}

const shopText = (shop: ShopStep | undefined): string => {
  switch (shop?.step) {
    case undefined:
    case "ignored":
      return ""
    case "moved":
      return `; in the shop ${shop?.status}`
    case "stayed":
      return `; in the shop still ${shop?.status}`
    case "refused":
      return `; the shop does not go from ${shop?.from} to ${shop?.status}`
  }
}

const amountText = (word: string, minor: number, { currency }: PaymentRow): string =>
  currency === undefined ? word : `${word} ${Amount.format({ minor, currency })}`

const fieldText = (field: Exclude<ComparedField, "status">, row: PaymentRow): string => {
  switch (field) {
    case "paymentMethod":
      return `by ${row.paymentMethod}`
    case "confidenceLevel":
      return row.confidenceLevel
    case "allocatedMinor":
      return amountText("allocated", row.allocatedMinor, row)
    case "debitedMinor":
      return amountText("debited", row.debitedMinor, row)
    case "refundedMinor":
      return amountText("refunded", row.refundedMinor, row)
    case "chargedBackMinor":
      return amountText("charged back", row.chargedBackMinor, row)
    case "reversedMinor":
      return amountText("reversed", row.reversedMinor, row)
  }
}

/** The status word stands first anyway; what else changed follows in brackets. */
const paymentText = ({ changed, payment, paymentId }: PaymentUpdated): string => {
  const others = changed.filter((field) => field !== "status").map((field) => fieldText(field, payment))
  return `payment ${paymentId}: ${payment.status}${others.length === 0 ? "" : ` (${others.join(", ")})`}`
}

const eventText = ({ news }: StoredEvent): string => {
  switch (news.type) {
    case "order.created":
      return "the payment provider knows the order"
    case "notification.received":
      return "the payment provider said that something changed"
    case "return.visited":
      return `the shopper came back (${news.callback})`
    case "payment.proceeded":
      return `payment ${news.paymentId}: what the shopper brought is handed in`
    case "payment.not_proceeded":
      return `payment ${news.paymentId}: what the shopper brought did not arrive, and may be handed in again`
    case "payment.added":
      return `payment ${news.paymentId} by ${news.payment.paymentMethod}: ${news.payment.status}`
    case "payment.updated":
      return paymentText(news)
    case "order.status_changed":
      return `${news.from} became ${news.to}, by the rule ${news.rule}${shopText(news.shop)}`
    case "order.fulfilment_changed":
      return `goods: ${news.from} became ${news.to}`
    case "movement.settled":
      return `${news.kind} ${news.reference}: ${news.by} said that it ${
        news.outcome === "confirmed" ? "was done" : "failed"
      }, from: ${news.evidence}`
    case "anomaly.raised":
      return `${news.kind}: ${anomalyCatalogue[news.kind].meaning}`
  }
}

const ofEvent = (event: StoredEvent): TimelineEntry => ({
  atMs: event.occurredAtMs,
  kind: "event",
  text: eventText(event),
  revision: event.revision,
  eventId: event.id,
  type: event.news.type
})

const ofLook = ({ answeredAtMs, decision, findings, observedBy, revision }: Observation): TimelineEntry => ({
  atMs: answeredAtMs,
  kind: "look",
  text: `looked (${observedBy}): ${decision.status}, goods ${decision.fulfilment}, by the rule ${decision.rule}${
    findings.length === 0 ? "" : `; ${findings.map(({ kind }) => kind).join(", ")}`
  }`,
  revision
})

const ofMovement = ({ amountMinor, changedAtMs, currency, kind, reference, state }: Movement): TimelineEntry => ({
  atMs: changedAtMs,
  kind: "movement",
  text: `${kind} ${reference} of ${Amount.format({ minor: amountMinor, currency })} is ${state}`
})

/** The entries, oldest first; of one revision the look comes before the events it led to. */
export const timelineOf = ({ events, looks, movements }: OrderHistory): ReadonlyArray<TimelineEntry> => {
  const entries = [...looks.map(ofLook), ...events.map(ofEvent), ...movements.map(ofMovement)]
  // Sorting keeps what is equal as it is, and looks come first above.
  return entries.toSorted((a, b) => a.atMs - b.atMs || (a.revision ?? Infinity) - (b.revision ?? Infinity))
}
