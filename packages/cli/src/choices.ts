/**
 * The values that flags take, repeated here so that `--help` does not load the packages that define them: a bundler
 * keeps together what a package exports together.
 */
import type { AnomalyState, EventPayload, Modification, ModificationVerdict, Operation } from "@docdata/application"
import type { OrderStatus, PaidWhen, RuleSetName } from "@docdata/domain"
import type { ApiKey } from "@docdata/http"

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

const apiKeyScopeRecord: Readonly<Record<ApiKey["scope"], true>> = { read: true, operate: true, admin: true }

export const apiKeyScopes = Object.keys(apiKeyScopeRecord) as ReadonlyArray<ApiKey["scope"]>

const eventTypeRecord: Readonly<Record<EventPayload["type"], true>> = {
  "order.created": true,
  "order.status_changed": true,
  "order.fulfilment_changed": true,
  "payment.added": true,
  "payment.updated": true,
  "payment.proceeded": true,
  "payment.not_proceeded": true,
  "notification.received": true,
  "return.visited": true,
  "modification.resolved": true,
  "anomaly.raised": true
}

export const eventTypeChoices = Object.keys(eventTypeRecord) as ReadonlyArray<EventPayload["type"]>

const modificationKindRecord: Readonly<Record<Modification["kind"], true>> = { capture: true, refund: true }

export const modificationKindChoices = Object.keys(modificationKindRecord) as ReadonlyArray<Modification["kind"]>

const outcomeRecord: Readonly<Record<ModificationVerdict["outcome"], true>> = { confirmed: true, failed: true }

export const outcomeChoices = Object.keys(outcomeRecord) as ReadonlyArray<ModificationVerdict["outcome"]>

const evidenceRecord: Readonly<Record<ModificationVerdict["evidence"], true>> = {
  "back-office": true,
  provider: true,
  bank: true
}

export const evidenceChoices = Object.keys(evidenceRecord) as ReadonlyArray<ModificationVerdict["evidence"]>

const anomalyStateRecord: Readonly<Record<AnomalyState, true>> = { open: true, acknowledged: true, resolved: true }

export const anomalyStateChoices = Object.keys(anomalyStateRecord)
