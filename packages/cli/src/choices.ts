/**
 * The values that flags take, repeated here so that `--help` does not load the packages that define them: a bundler
 * keeps together what a package exports together.
 */
import type { Operation } from "@docdata/application"
import type { Anomaly, ApiKeyScope, DeliverySummary, EventType, Modification, ResolveRequest } from "@docdata/contract"
import type { OrderStatus, PaidWhen, RuleSetName } from "@docdata/domain"

// As keys of a record, so that a missing value breaks the build as a wrong one does.
const ruleSetRecord: Readonly<Record<RuleSetName, true>> = { strict: true, "legacy-2016": true, "legacy-2013": true }

const paidWhenRecord: Readonly<Record<PaidWhen, true>> = {
  captured: true,
  approved: true,
  promised: true,
  "considered-safe": true
}

export const ruleSetChoices = Object.keys(ruleSetRecord)

export const paidWhenChoices = Object.keys(paidWhenRecord)

const statusRecord: Readonly<Record<OrderStatus, true>> = {
  new: true,
  in_progress: true,
  pending: true,
  paid: true,
  paid_refunded: true,
  cancelled: true,
  charged_back: true,
  refunded: true,
  expired: true,
  unknown: true
}

export const statusChoices = Object.keys(statusRecord) as ReadonlyArray<OrderStatus>

const operationRecord: Readonly<Record<Operation, true>> = {
  create: true,
  start: true,
  proceed: true,
  cancel: true,
  capture: true,
  refund: true,
  status: true,
  statusExtended: true,
  listPaymentMethods: true
}

export const operationChoices = Object.keys(operationRecord) as ReadonlyArray<Operation>

const apiKeyScopeRecord: Readonly<Record<ApiKeyScope, true>> = { read: true, operate: true, admin: true }

export const apiKeyScopes = Object.keys(apiKeyScopeRecord) as ReadonlyArray<ApiKeyScope>

const eventTypeRecord: Readonly<Record<EventType, true>> = {
  "order.created": true,
  "order.status_changed": true,
  "order.fulfilment_changed": true,
  "shop_order.status_changed": true,
  "shop_order.fulfilment_changed": true,
  "payment.added": true,
  "payment.updated": true,
  "payment.proceeded": true,
  "payment.not_proceeded": true,
  "notification.received": true,
  "return.visited": true,
  "capture.confirmed": true,
  "capture.failed": true,
  "refund.confirmed": true,
  "refund.failed": true,
  "modification.resolved": true,
  "anomaly.raised": true
}

export const eventTypeChoices = Object.keys(eventTypeRecord) as ReadonlyArray<EventType>

type ModificationKind = (typeof Modification.Type)["kind"]

const modificationKindRecord: Readonly<Record<ModificationKind, true>> = { capture: true, refund: true }

export const modificationKindChoices = Object.keys(modificationKindRecord)

const outcomeRecord: Readonly<Record<(typeof ResolveRequest.Type)["outcome"], true>> = { confirmed: true, failed: true }

export const outcomeChoices = Object.keys(outcomeRecord)

const evidenceRecord: Readonly<Record<(typeof ResolveRequest.Type)["evidence"], true>> = {
  "back-office": true,
  provider: true,
  bank: true
}

export const evidenceChoices = Object.keys(evidenceRecord)

type AnomalyState = (typeof Anomaly.Type)["state"]

const anomalyStateRecord: Readonly<Record<AnomalyState, true>> = { open: true, acknowledged: true, resolved: true }

export const anomalyStateChoices = Object.keys(anomalyStateRecord) as ReadonlyArray<AnomalyState>

type DeliveryState = (typeof DeliverySummary.Type)["state"]

const deliveryStateRecord: Readonly<Record<DeliveryState, true>> = {
  waiting: true,
  "dead-lettered": true,
  delivered: true
}

export const deliveryStateChoices = Object.keys(deliveryStateRecord) as ReadonlyArray<DeliveryState>
