/**
 * What happened to an order, in the order it happened: its events, the looks at it, and money asked for or given back.
 */
import { Amount, type ComparedField, type PaymentRow, type PaymentUpdated, type ShopStep } from "@docdata/domain"
import {
  type AdjustedField,
  anomalyCatalogue,
  type Modification,
  type Observation,
  type StoredEvent
} from "../ports/index.ts"

/** One thing that happened, in words for people. Names nobody. */
export interface TimelineEntry {
  readonly atMs: number
  readonly kind: "event" | "refresh" | "modification"
  readonly text: string
  /** Of the order, if it has one. */
  readonly revision?: number
  /** Of an event. */
  readonly eventId?: string
  readonly type?: StoredEvent["payload"]["type"]
}

/** What a timeline is made of. */
export interface OrderHistory {
  readonly events: ReadonlyArray<StoredEvent>
  readonly refreshes: ReadonlyArray<Observation>
  readonly modifications: ReadonlyArray<Modification>
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

const adjustedText = ({ fromLength, path, toLength }: AdjustedField): string =>
  toLength === undefined
    ? `${path} of ${fromLength} characters left out`
    : `${path} shortened from ${fromLength} characters to ${toLength}`

const eventText = ({ payload }: StoredEvent): string => {
  switch (payload.type) {
    case "order.created":
      return ["the payment provider knows the order", ...(payload.adjusted ?? []).map(adjustedText)].join("; ")
    case "notification.received":
      return "the payment provider said that something changed"
    case "return.visited":
      return `the shopper came back (${payload.callback})`
    case "payment.proceeded":
      return `payment ${payload.paymentId}: the shopper's callback parameters is submitted`
    case "payment.not_proceeded":
      return `payment ${payload.paymentId}: the shopper's callback parameters did not arrive, and may be submitted again`
    case "payment.added":
      return `payment ${payload.paymentId} by ${payload.payment.paymentMethod}: ${payload.payment.status}`
    case "payment.updated":
      return paymentText(payload)
    case "order.status_changed":
      return `${payload.from} became ${payload.to}, by the rule ${payload.rule}${shopText(payload.shop)}`
    case "order.fulfilment_changed":
      return `goods: ${payload.from} became ${payload.to}`
    case "shop_order.status_changed":
      return `the shop's order: ${payload.from} became ${payload.to}, by ${payload.leadingOrderId}${
        shopText(payload.shop)
      }`
    case "shop_order.fulfilment_changed":
      return `goods of the shop's order: ${payload.from} became ${payload.to}`
    case "capture.confirmed":
    case "capture.failed":
    case "refund.confirmed":
    case "refund.failed":
      return `${payload.type.replace(".", " ")}: ${payload.reference} of ${
        Amount.format({ minor: payload.amountMinor, currency: payload.currency })
      }`
    case "modification.resolved":
      return `${payload.kind} ${payload.reference}: ${payload.by} said that it ${
        payload.outcome === "confirmed" ? "was done" : "failed"
      }, from: ${payload.evidence}`
    case "anomaly.raised":
      return `${payload.kind}: ${anomalyCatalogue[payload.kind].meaning}`
  }
}

const ofEvent = (event: StoredEvent): TimelineEntry => ({
  atMs: event.occurredAtMs,
  kind: "event",
  text: eventText(event),
  revision: event.revision,
  eventId: event.id,
  type: event.payload.type
})

const ofRefresh = ({ answeredAtMs, decision, findings, observedBy, revision }: Observation): TimelineEntry => ({
  atMs: answeredAtMs,
  kind: "refresh",
  text: `refreshed (${observedBy}): ${decision.status}, goods ${decision.fulfilment}, by the rule ${decision.rule}${
    findings.length === 0 ? "" : `; ${findings.map(({ kind }) => kind).join(", ")}`
  }`,
  revision
})

const ofModification = (
  { amountMinor, changedAtMs, currency, kind, reference, state }: Modification
): TimelineEntry => ({
  atMs: changedAtMs,
  kind: "modification",
  text: `${kind} ${reference} of ${Amount.format({ minor: amountMinor, currency })} is ${state}`
})

// What made somebody look. It is stored with the refresh it led to, and dated by that.
const leadsToRefresh: ReadonlySet<StoredEvent["payload"]["type"]> = new Set(["notification.received", "return.visited"])

const isTrigger = ({ type }: TimelineEntry): boolean => type !== undefined && leadsToRefresh.has(type)

// It happened no later than the answer to the refresh it led to.
const datedByRefresh = (refreshes: ReadonlyArray<Observation>) => {
  const answeredAt = new Map(refreshes.map(({ answeredAtMs, revision }) => [revision, answeredAtMs]))
  return (entry: TimelineEntry): TimelineEntry =>
    isTrigger(entry) && entry.revision !== undefined
      ? { ...entry, atMs: Math.min(entry.atMs, answeredAt.get(entry.revision) ?? entry.atMs) }
      : entry
}

/** The entries, oldest first; of one revision what led to the refresh, the refresh, then the events it led to. */
export const timelineOf = ({ events, refreshes, modifications }: OrderHistory): ReadonlyArray<TimelineEntry> => {
  const dated = events.map(ofEvent).map(datedByRefresh(refreshes))
  const entries = [
    ...dated.filter(isTrigger),
    ...refreshes.map(ofRefresh),
    ...dated.filter((entry) => !isTrigger(entry)),
    ...modifications.map(ofModification)
  ]
  // Sorting keeps what is equal as it is, in the order above.
  return entries.toSorted((a, b) => a.atMs - b.atMs || (a.revision ?? Infinity) - (b.revision ?? Infinity))
}
