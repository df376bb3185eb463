/**
 * Events as the API and the webhooks tell them: the same data in both.
 */
import type { EventPayload, ModificationEnded, StoredEvent } from "@docdata/application"
import type { Event } from "@docdata/contract"
import type { ComparedField } from "@docdata/domain"
import { instantView, moneyView } from "./moneyView.ts"
import { dataView } from "./observationView.ts"
import { paymentView } from "./orderView.ts"

type Published = typeof Event.Type
type Changed = Extract<Published, { readonly type: "payment.updated" }>["data"]["changed"][number]

const changedNames: Readonly<Record<ComparedField, Changed>> = {
  paymentMethod: "paymentMethod",
  status: "status",
  confidenceLevel: "confidenceLevel",
  allocatedMinor: "allocated",
  debitedMinor: "debited",
  refundedMinor: "refunded",
  chargedBackMinor: "chargedBack",
  reversedMinor: "reversed"
}

/** Type and data of one kind of event, for each kind. */
type EventSaying = Published extends infer One ? One extends Published ? Pick<One, "type" | "data"> : never : never

const endedView = ({ amountMinor, currency, paymentId }: ModificationEnded) => ({
  paymentId,
  amount: moneyView(amountMinor, currency)
})

/** What an event says besides where and when. */
const eventSaying = (events: EventPayload): EventSaying => {
  switch (events.type) {
    case "order.created":
      return { type: events.type, data: { orderReference: events.orderReference } }
    case "order.status_changed": {
      const { captured, chargedBack, closed, currency, from, net, refunded, rule, shop, to } = events
      const data = {
        from,
        to,
        rule,
        captured: moneyView(captured, currency),
        refunded: moneyView(refunded, currency),
        chargedBack: moneyView(chargedBack, currency),
        net: moneyView(net, currency),
        ...(closed === undefined ? {} : { closed }),
        ...(shop === undefined ? {} : { shop })
      }
      return { type: events.type, data }
    }
    case "order.fulfilment_changed":
      return { type: events.type, data: { from: events.from, to: events.to } }
    case "shop_order.status_changed": {
      const { from, leadingOrderId, shop, shopReference, to } = events
      return {
        type: events.type,
        data: { shopReference, from, to, leadingOrderId, ...(shop === undefined ? {} : { shop }) }
      }
    }
    case "shop_order.fulfilment_changed": {
      const { from, leadingOrderId, shopReference, to } = events
      return { type: events.type, data: { shopReference, from, to, leadingOrderId } }
    }
    case "payment.added":
      return { type: events.type, data: { paymentId: events.paymentId, payment: paymentView(events.payment) } }
    case "payment.updated": {
      const { changed, payment, paymentId } = events
      const names = changed.map((name) => changedNames[name])
      return { type: events.type, data: { paymentId, payment: paymentView(payment), changed: names } }
    }
    case "payment.proceeded":
    case "payment.not_proceeded":
      return { type: events.type, data: { paymentId: events.paymentId } }
    case "notification.received":
      return { type: events.type, data: {} }
    case "return.visited":
      return { type: events.type, data: { callback: events.callback } }
    case "capture.confirmed":
    case "capture.failed":
      return { type: events.type, data: { captureReference: events.reference, ...endedView(events) } }
    case "refund.confirmed":
    case "refund.failed":
      return { type: events.type, data: { refundReference: events.reference, ...endedView(events) } }
    case "modification.resolved": {
      const { by, evidence, kind, outcome, reference } = events
      return { type: events.type, data: { kind, reference, outcome, by, evidence } }
    }
    case "anomaly.raised": {
      const { anomalyId, data, kind, level, subject } = events
      return { type: events.type, data: { anomalyId, kind, subject, level, data: dataView(data) } }
    }
  }
}

export const eventView = (
  { id, merchant, payload, occurredAtMs, orderId, position, revision }: StoredEvent
): Published => ({
  id,
  merchant,
  orderId,
  revision,
  position,
  occurredAt: instantView(occurredAtMs),
  ...eventSaying(payload)
})
