/**
 * Events as the API and the webhooks tell them: the same data in both.
 */
import type { OrderNews, StoredEvent } from "@docdata/application"
import type { Event } from "@docdata/contract"
import type { ComparedField } from "@docdata/domain"
import { instantView, moneyView } from "./moneyView.ts"
import { dataView } from "./observationView.ts"
import { paymentView } from "./orderView.ts"

type Told = typeof Event.Type
type Changed = Extract<Told, { readonly type: "payment.updated" }>["data"]["changed"][number]

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
type EventSaying = Told extends infer One ? One extends Told ? Pick<One, "type" | "data"> : never : never

/** What an event says besides where and when. */
const eventSaying = (news: OrderNews): EventSaying => {
  switch (news.type) {
    case "order.created":
      return { type: news.type, data: { orderReference: news.reference } }
    case "order.status_changed": {
      const { captured, chargedBack, currency, from, net, refunded, rule, shop, to } = news
      const data = {
        from,
        to,
        rule,
        captured: moneyView(captured, currency),
        refunded: moneyView(refunded, currency),
        chargedBack: moneyView(chargedBack, currency),
        net: moneyView(net, currency),
        ...(shop === undefined ? {} : { shop })
      }
      return { type: news.type, data }
    }
    case "order.fulfilment_changed":
      return { type: news.type, data: { from: news.from, to: news.to } }
    case "payment.added":
      return { type: news.type, data: { paymentId: news.paymentId, payment: paymentView(news.payment) } }
    case "payment.updated": {
      const { changed, payment, paymentId } = news
      const names = changed.map((name) => changedNames[name])
      return { type: news.type, data: { paymentId, payment: paymentView(payment), changed: names } }
    }
    case "payment.proceeded":
    case "payment.not_proceeded":
      return { type: news.type, data: { paymentId: news.paymentId } }
    case "notification.received":
      return { type: news.type, data: {} }
    case "return.visited":
      return { type: news.type, data: { callback: news.callback } }
    case "movement.settled": {
      const { by, evidence, kind, outcome, reference } = news
      return { type: news.type, data: { kind, reference, outcome, by, evidence } }
    }
    case "anomaly.raised": {
      const { anomalyId, data, kind, level, subject } = news
      return { type: news.type, data: { anomalyId, kind, subject, level, data: dataView(data) } }
    }
  }
}

export const eventView = ({ id, merchant, news, occurredAtMs, orderId, position, revision }: StoredEvent): Told => ({
  id,
  merchant,
  orderId,
  revision,
  position,
  occurredAt: instantView(occurredAtMs),
  ...eventSaying(news)
})
