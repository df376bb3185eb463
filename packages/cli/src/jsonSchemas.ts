/**
 * JSON Schema (draft 2020-12) of what the commands print for machines: the contract's for commands on the REST API, their
 * own for the others.
 */
import {
  Anomaly,
  CancelResult,
  Capture,
  ChargedPayment,
  ClearedHold,
  Delivery,
  DeliverySummary,
  Event,
  Explanation,
  MenuUrl,
  Modification,
  Notification,
  Order,
  OrderSummary,
  PaymentMethods,
  Preview,
  ProceededPayment,
  Redelivered,
  Refund,
  RevealedWebhookEndpoint,
  ShopOrder,
  StartedPayment,
  Timeline,
  WebhookBody,
  WebhookEndpoint,
  WebhookTest
} from "@docdata/contract"
import * as JsonSchema from "effect/JsonSchema"
import * as Schema from "effect/Schema"
import { BackupOutput } from "./backup/BackupOutput.ts"
import { Check } from "./doctor/Check.ts"
import { ExplainOutput } from "./explain/ExplainOutput.ts"
import { ImportOutput } from "./importDjango/ImportOutput.ts"
import { KeyOutput, NewKeyOutput } from "./keys/KeyOutput.ts"
import { MerchantOutput } from "./merchants/MerchantOutput.ts"
import { MigrateOutput } from "./migrate/MigrateOutput.ts"
import { ReconcileOutput } from "./reconcile/ReconcileLine.ts"
import { ReportLine } from "./report/ReportLine.ts"
import { RetentionOutput } from "./retention/RetentionOutput.ts"
import { TriggerOutput } from "./trigger/TriggerOutput.ts"
import { ListenLine } from "./webhooks/ListenLine.ts"

const documentOf = (output: Schema.Constraint): object => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(output, { onExcessProperty: "error" })
  return { $schema: JsonSchema.META_SCHEMA_URI_DRAFT_2020_12, ...schema, $defs: definitions }
}

const outputs = {
  explain: ExplainOutput,
  reconcile: ReconcileOutput,
  "merchants-list": MerchantOutput,
  "keys-list": KeyOutput,
  "keys-create": NewKeyOutput,
  doctor: Check,
  migrate: MigrateOutput,
  backup: BackupOutput,
  "retention-run": RetentionOutput,
  "import-django": ImportOutput,
  "orders-list": OrderSummary,
  "orders-show": Order,
  "orders-explain": Explanation,
  "orders-create": Order,
  "orders-start": StartedPayment,
  "orders-proceed": ProceededPayment,
  "orders-charge": ChargedPayment,
  "orders-cancel": CancelResult,
  "orders-capture": Capture,
  "orders-refund": Refund,
  "orders-resolve": Modification,
  "orders-clear-hold": ClearedHold,
  "orders-refresh": Schema.Union([Order, Preview]),
  "orders-expire": Schema.Union([Order, Preview]),
  "orders-watch": Timeline.fields.entries.value,
  methods: PaymentMethods.fields.methods.value,
  "menu-url": MenuUrl,
  "events-tail": Event,
  "events-replay": Event,
  "anomalies-list": Anomaly,
  "anomalies-ack": Anomaly,
  "shop-orders-show": ShopOrder,
  "notifications-list": Notification,
  report: ReportLine,
  replay: Schema.Struct({ orderId: Schema.String, ...Preview.fields }),
  trigger: TriggerOutput,
  "simulator-clock": Schema.Struct({ now: Schema.String.annotate({ description: "ISO 8601, UTC" }) }),
  "simulator-faults": Schema.Record(Schema.String, Schema.Unknown),
  "webhooks-list": WebhookEndpoint,
  "webhooks-add": RevealedWebhookEndpoint,
  "webhooks-rotate": RevealedWebhookEndpoint,
  "webhooks-enable": WebhookEndpoint,
  "webhooks-disable": WebhookEndpoint,
  "webhooks-test": WebhookTest,
  "webhooks-deliveries": DeliverySummary,
  "webhooks-redeliver": Schema.Union([Redelivered, Delivery]),
  "webhooks-listen": ListenLine,
  webhook: WebhookBody
} as const

/** What has a schema: the words of a command, with hyphens. */
export type SchemaName = keyof typeof outputs

/** The schema of one command's output; of one line, if it prints lines. */
export const jsonSchemaOf = (name: SchemaName): object => documentOf(outputs[name])
