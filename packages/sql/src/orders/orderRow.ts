/**
 * Orders, payments, observations, events and modifications as rows.
 *
 * What is asked for has columns; what is only handed back is JSON text. Text and not a JSON type: PostgreSQL's would
 * refuse characters that JSON may hold, and nothing is ever searched in there.
 */
import type {
  AbandonReason,
  Modification,
  NewObservation,
  Observation,
  StoredEvent,
  StoredOrder
} from "@docdata/application"
import { eventId, type Order, type PaymentRow, type Policy } from "@docdata/domain"
import { integer, integerOrNothing, type Row, type SqlValue, text, textOrNothing } from "../Script.ts"
import type { TableWrite } from "../Dialect.ts"

export const orderColumns = [
  "id",
  "merchant",
  "subject_merchant",
  "shop_reference",
  "order_reference",
  "idempotency_key",
  "fingerprint",
  "language",
  "bill_to_country",
  "currency",
  "gross_minor",
  "created_at_ms",
  "lease_until_ms",
  "order_attempt",
  "registration",
  "abandoned_because",
  "revision",
  "order_key",
  "state",
  "observed_from_ms",
  "next_refresh_at_ms",
  "quiet_refreshes"
]

/** The columns that {@link orderFrom} reads, of `docdata_orders` under its own name. */
export const orderSelection = orderColumns.join(", ")

/** The kernel's state as text. The key has a column of its own. */
export const stateText = (state: Order): string => JSON.stringify({ ...state, key: undefined })

export const orderFrom = (row: Row): StoredOrder => {
  const subjectMerchant = textOrNothing(row, "subject_merchant")
  const abandonedBecause = textOrNothing(row, "abandoned_because")
  const observedFromMs = integerOrNothing(row, "observed_from_ms")
  const nextRefreshAtMs = integerOrNothing(row, "next_refresh_at_ms")
  return {
    id: text(row, "id"),
    merchant: text(row, "merchant"),
    ...(subjectMerchant === undefined ? {} : { subjectMerchant }),
    shopReference: text(row, "shop_reference"),
    orderReference: text(row, "order_reference"),
    idempotencyKey: text(row, "idempotency_key"),
    fingerprint: text(row, "fingerprint"),
    language: text(row, "language"),
    billToCountry: text(row, "bill_to_country"),
    currency: text(row, "currency"),
    grossMinor: integer(row, "gross_minor"),
    createdAtMs: integer(row, "created_at_ms"),
    leaseUntilMs: integer(row, "lease_until_ms"),
    orderAttempt: integer(row, "order_attempt"),
    registration: text(row, "registration") as StoredOrder["registration"],
    ...(abandonedBecause === undefined ? {} : { abandonedBecause: JSON.parse(abandonedBecause) as AbandonReason }),
    revision: integer(row, "revision"),
    state: { ...JSON.parse(text(row, "state")) as Omit<Order, "key">, key: textOrNothing(row, "order_key") ?? "" },
    ...(observedFromMs === undefined ? {} : { observedFromMs }),
    ...(nextRefreshAtMs === undefined ? {} : { nextRefreshAtMs }),
    quietRefreshes: integer(row, "quiet_refreshes")
  }
}

export const paymentsTable: TableWrite = {
  table: "docdata_payments",
  columns: {
    order_id: "text",
    payment_id: "text",
    payment_method: "text",
    status: "text",
    confidence_level: "text",
    currency: "text",
    allocated_minor: "number",
    debited_minor: "number",
    refunded_minor: "number",
    charged_back_minor: "number",
    reversed_minor: "number"
  },
  ofGuard: ["merchant"],
  onConflict: `ON CONFLICT (order_id, payment_id) DO UPDATE SET
    payment_method = excluded.payment_method, status = excluded.status,
    confidence_level = excluded.confidence_level, currency = excluded.currency,
    allocated_minor = excluded.allocated_minor, debited_minor = excluded.debited_minor,
    refunded_minor = excluded.refunded_minor, charged_back_minor = excluded.charged_back_minor,
    reversed_minor = excluded.reversed_minor`
}

export const paymentValues = (orderId: string, row: PaymentRow): ReadonlyArray<SqlValue> => [
  orderId,
  row.paymentId,
  row.paymentMethod,
  row.status,
  row.confidenceLevel,
  row.currency ?? null,
  row.allocatedMinor,
  row.debitedMinor,
  row.refundedMinor,
  row.chargedBackMinor,
  row.reversedMinor
]

/** The columns of `docdata_payments p` under names that no column of an order has. */
export const paymentSelection = `p.payment_id AS payment_id, p.payment_method AS payment_method,
  p.status AS payment_status, p.confidence_level AS confidence_level, p.currency AS payment_currency,
  p.allocated_minor AS allocated_minor, p.debited_minor AS debited_minor, p.refunded_minor AS refunded_minor,
  p.charged_back_minor AS charged_back_minor, p.reversed_minor AS reversed_minor`

export const paymentFrom = (row: Row): PaymentRow => {
  const orderKey = textOrNothing(row, "owner_key")
  const currency = textOrNothing(row, "payment_currency")
  return {
    paymentId: text(row, "payment_id"),
    ...(orderKey === undefined ? {} : { orderKey }),
    paymentMethod: text(row, "payment_method"),
    status: text(row, "payment_status"),
    confidenceLevel: text(row, "confidence_level"),
    ...(currency === undefined ? {} : { currency }),
    allocatedMinor: integer(row, "allocated_minor"),
    debitedMinor: integer(row, "debited_minor"),
    refundedMinor: integer(row, "refunded_minor"),
    chargedBackMinor: integer(row, "charged_back_minor"),
    reversedMinor: integer(row, "reversed_minor")
  }
}

export const observationsTable: TableWrite = {
  table: "docdata_observations",
  columns: {
    order_id: "text",
    revision: "number",
    observed_by: "text",
    asked_at_ms: "number",
    answered_at_ms: "number",
    body: "text",
    policy: "text",
    request_text: "text",
    reply_text: "text"
  }
}

/** What an observation says besides who, when and by which words. */
export const observationBody = (seen: NewObservation): string => {
  const { decision, findings, intent, report, rules } = seen
  return JSON.stringify({ report, intent, rules, decision, findings })
}

export const observationValues = (
  orderId: string,
  revision: number,
  seen: NewObservation
): ReadonlyArray<SqlValue> => [
  orderId,
  revision,
  seen.observedBy,
  seen.askedAtMs,
  seen.answeredAtMs,
  observationBody(seen),
  seen.policy === undefined ? null : JSON.stringify(seen.policy),
  seen.exchange?.requestText ?? null,
  seen.exchange?.replyText ?? null
]

export const observationFrom = (row: Row): Observation => {
  const requestText = textOrNothing(row, "request_text")
  const replyText = textOrNothing(row, "reply_text")
  const policy = textOrNothing(row, "policy")
  return {
    observedBy: text(row, "observed_by") as Observation["observedBy"],
    askedAtMs: integer(row, "asked_at_ms"),
    answeredAtMs: integer(row, "answered_at_ms"),
    ...JSON.parse(text(row, "body")) as Pick<Observation, "report" | "intent" | "rules" | "decision" | "findings">,
    ...(policy === undefined ? {} : { policy: JSON.parse(policy) as Policy }),
    ...(requestText === undefined
      ? {}
      : { exchange: replyText === undefined ? { requestText } : { requestText, replyText } }),
    orderId: text(row, "order_id"),
    revision: integer(row, "revision")
  }
}

export const eventsTable: TableWrite = {
  table: "docdata_events",
  columns: {
    order_id: "text",
    revision: "number",
    position: "number",
    occurred_at_ms: "number",
    payload: "text",
    traceparent: "text"
  }
}

/** The columns that {@link eventFrom} reads, of `docdata_events e` and its order `o`. */
export const eventSelection =
  "e.order_id, e.revision, e.position, e.occurred_at_ms, e.payload, e.traceparent, o.merchant"

export const eventFrom = (row: Row): StoredEvent => {
  const orderId = text(row, "order_id")
  const revision = integer(row, "revision")
  const position = integer(row, "position")
  const traceparent = textOrNothing(row, "traceparent")
  return {
    id: eventId(orderId, revision, position),
    merchant: text(row, "merchant"),
    orderId,
    revision,
    position,
    occurredAtMs: integer(row, "occurred_at_ms"),
    ...(traceparent === undefined ? {} : { traceparent }),
    payload: JSON.parse(text(row, "payload")) as StoredEvent["payload"]
  }
}

export const modificationsTable: TableWrite = {
  table: "docdata_modifications",
  columns: {
    order_id: "text",
    kind: "text",
    reference: "text",
    payment_id: "text",
    amount_minor: "number",
    currency: "text",
    state: "text",
    requested_at_ms: "number",
    changed_at_ms: "number",
    final: "number"
  },
  onConflict: `ON CONFLICT (order_id, kind, reference) DO UPDATE SET
    payment_id = excluded.payment_id, amount_minor = excluded.amount_minor, currency = excluded.currency,
    state = excluded.state, requested_at_ms = excluded.requested_at_ms, changed_at_ms = excluded.changed_at_ms,
    final = excluded.final`
}

export const modificationValues = (modification: Modification): ReadonlyArray<SqlValue> => [
  modification.orderId,
  modification.kind,
  modification.reference,
  modification.paymentId,
  modification.amountMinor,
  modification.currency,
  modification.state,
  modification.requestedAtMs,
  modification.changedAtMs,
  modification.final === true ? 1 : null
]

export const modificationFrom = (row: Row): Modification => ({
  orderId: text(row, "order_id"),
  kind: text(row, "kind") as Modification["kind"],
  reference: text(row, "reference"),
  paymentId: text(row, "payment_id"),
  amountMinor: integer(row, "amount_minor"),
  currency: text(row, "currency"),
  state: text(row, "state") as Modification["state"],
  ...(row["final"] === null ? {} : { final: true }),
  requestedAtMs: integer(row, "requested_at_ms"),
  changedAtMs: integer(row, "changed_at_ms")
})
