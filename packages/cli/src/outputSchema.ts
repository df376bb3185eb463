/**
 * JSON Schema (draft 2020-12) of what the commands print for machines, made from the schemas they are typed by.
 */
import { WebhookPayload } from "@docdata/http"
import * as JsonSchema from "effect/JsonSchema"
import * as Schema from "effect/Schema"
import { Check } from "./doctor/Check.ts"
import { AnomalyLine } from "./anomalies/AnomalyLine.ts"
import { EventLine } from "./events/EventLine.ts"
import { ExplainOutput } from "./explain/ExplainOutput.ts"
import { KeyOutput, NewKeyOutput } from "./keys/KeyOutput.ts"
import { ImportOutput } from "./importDjango/ImportOutput.ts"
import { MerchantOutput } from "./merchants/MerchantOutput.ts"
import { MigrateOutput } from "./migrate/MigrateOutput.ts"
import { RetentionOutput } from "./retention/RetentionOutput.ts"
import { NotificationLine } from "./notifications/NotificationLine.ts"
import { ExportOutput } from "./orders/ExportOutput.ts"
import { OrderExplanation } from "./orders/OrderExplanation.ts"
import {
  BatchLine,
  CancelOutput,
  ChargeOutput,
  ClearHoldOutput,
  CreateOutput,
  MenuUrlOutput,
  MethodOutput,
  ModificationOutput,
  OrderDetail,
  OrderLine,
  ProceedOutput,
  StartOutput
} from "./orders/OrderOutput.ts"
import { ReplayOutput } from "./orders/ReplayOutput.ts"
import { WatchLine } from "./orders/WatchLine.ts"
import { ReconcileOutput } from "./reconcile/ReconcileLine.ts"
import { ReportLine } from "./report/ReportLine.ts"
import { TriggerOutput } from "./trigger/TriggerOutput.ts"
import { EndpointOutput, ListenLine, NewEndpointOutput, RedeliverOutput, TestOutput } from "./webhooks/WebhookOutput.ts"

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
  "retention-run": RetentionOutput,
  "import-django": ImportOutput,
  "orders-list": OrderLine,
  "orders-show": OrderDetail,
  "orders-explain": OrderExplanation,
  "orders-create": CreateOutput,
  "orders-start": StartOutput,
  "orders-proceed": ProceedOutput,
  "orders-charge": ChargeOutput,
  "orders-cancel": CancelOutput,
  "orders-capture": ModificationOutput,
  "orders-refund": ModificationOutput,
  "orders-resolve": ModificationOutput,
  "orders-clear-hold": ClearHoldOutput,
  "orders-refresh": BatchLine,
  "orders-expire": BatchLine,
  "orders-watch": WatchLine,
  "orders-export": ExportOutput,
  methods: MethodOutput,
  "menu-url": MenuUrlOutput,
  "events-tail": EventLine,
  "events-replay": EventLine,
  "anomalies-list": AnomalyLine,
  "anomalies-ack": AnomalyLine,
  "notifications-list": NotificationLine,
  report: ReportLine,
  replay: ReplayOutput,
  trigger: TriggerOutput,
  "webhooks-list": EndpointOutput,
  "webhooks-add": NewEndpointOutput,
  "webhooks-test": TestOutput,
  "webhooks-redeliver": RedeliverOutput,
  "webhooks-listen": ListenLine,
  webhook: WebhookPayload
} as const

/** What has a schema: the words of a command, with hyphens. */
export type OutputName = keyof typeof outputs

/** The schema of one command's output; of one line, if it prints lines. */
export const outputSchema = (name: OutputName): object => documentOf(outputs[name])
