/**
 * Why an order has its status: decisions, findings, observations and the timeline.
 */
import { Comparison, Fulfilment, OrderStatus, RuleId } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import { field, optional } from "../field.ts"
import { Instant } from "../Instant.ts"
import { Money } from "../Money.ts"
import { Count } from "../paging.ts"
import { Totals } from "./Order.ts"

/** Data whose fields depend on a kind; amounts in it are {@link Money}. */
export const OpenData = Schema.Record(Schema.String, Schema.Unknown)

/** A remark of the decision on one report. */
export const FindingView = Schema.Struct({
  kind: field(Schema.String, "The kind of finding; new ones may come.", "underpaid"),
  level: field(
    Schema.Literals(["error", "warning", "info"]),
    "An error needs somebody before the goods leave; a warning deserves a glance; info is for the record.",
    "warning"
  ),
  meaning: field(Schema.String, "What it means, for people.", "Less was paid than the order costs."),
  action: field(Schema.String, "What to do about it.", "Ask the shopper for the outstanding amount."),
  data: field(OpenData, "The figures, by the kind; amounts are Money.", {
    outstanding: { minor: 990, currency: "EUR" }
  })
}).annotate({ identifier: "Finding", description: "A remark of the decision on one report." })

const Figures = Schema.Struct({
  ...Totals.fields,
  gross: optional(Money, "What the order costs, as the shop said."),
  margin: field(Money, "How much may be missing."),
  paidCover: field(Money, "What counts towards paid."),
  shipCover: field(Money, "What counts towards ship."),
  kept: field(Money, "What is captured and not on its way back."),
  net: field(Money, "Captured less refunded and charged back.")
}).annotate({ identifier: "Figures", description: "The figures that a decision compared." })

/** What was decided, and from what. */
export const DecisionView = Schema.Struct({
  status: field(OrderStatus, "The status that was decided.", "paid"),
  fulfilment: field(Fulfilment, "Whether the goods may leave.", "ship"),
  rule: field(RuleId, "The rule that decided.", "paid-in-full"),
  afterwards: optional(RuleId, "The rule that decided after a lost promise."),
  figures: field(Figures, "The figures of the report."),
  compared: field(Schema.Array(Comparison), "What the rule compared.", [
    { left: "paidCover", operator: ">=", right: "gross" }
  ])
}).annotate({ identifier: "Decision", description: "A decision and what it rests on." })

const revision = field(Count, "The revision of the order that it led to.", 3)
const observedBy = field(Schema.String, "What asked for the refresh.", "notification")
const askedAt = field(Instant, "When Docdata was asked. What it said is as old as this.")
const answeredAt = field(Instant, "When Docdata's answer was complete.")

/** The stored record of one status report and its decision. */
export const Observation = Schema.Struct({
  revision,
  observedBy,
  askedAt,
  answeredAt,
  rules: field(Schema.String, "The rule set that decided.", "strict"),
  decision: field(DecisionView, "What was decided."),
  findings: field(Schema.Array(FindingView), "What deserves attention."),
  report: optional(
    OpenData,
    "The redacted report; present when asked for with a key of the scope admin. Its texts may name people."
  ),
  exchange: optional(
    Schema.Struct({
      requestText: field(Schema.String, "The redacted request.", "<request/>"),
      replyText: optional(Schema.String, "The redacted reply.", "<reply/>")
    }),
    "The redacted texts on the wire; present when asked for with a key of the scope admin."
  )
}).annotate({ identifier: "Observation", description: "The stored record of one status report and its decision." })

/** One page of observations. */
export const ObservationPage = Schema.Struct({
  observations: field(Schema.Array(Observation), "Newest first."),
  next: optional(Count, "The `before` of the following page; absent on the last one.", 2)
}).annotate({ identifier: "ObservationPage", description: "One page of observations." })

/** Why an order has its status. */
export const Explanation = Schema.Struct({
  status: field(OrderStatus, "The status that was decided.", "paid"),
  fulfilment: field(Fulfilment, "Whether the goods may leave.", "ship"),
  rule: field(RuleId, "The rule that decided.", "paid-in-full"),
  meaning: field(Schema.String, "What the rule means, in one sentence.", "The order is covered in full."),
  because: field(Schema.Array(Schema.String), "What was compared, in words.", ["captured 4990 >= order amount 4990"]),
  findings: field(Schema.Array(FindingView), "What deserves attention."),
  askedAt,
  observedBy
}).annotate({ identifier: "Explanation", description: "Why an order has its status." })

/** What other rules or the newest report would make of an order. */
export const Preview = Schema.Struct({
  before: field(
    Schema.Struct({
      status: field(OrderStatus, "The status that is stored.", "pending"),
      rule: optional(RuleId, "The rule that decided; absent if nothing was decided yet.", "money-may-be-held")
    }),
    "How the order is stored."
  ),
  after: field(
    Schema.Struct({
      status: field(OrderStatus, "The status that the order would have.", "paid"),
      fulfilment: field(Fulfilment, "Whether the goods might leave.", "ship"),
      rule: field(RuleId, "The rule that would decide.", "paid-in-full")
    }),
    "What the order would be."
  ),
  findings: field(Schema.Array(FindingView), "What would deserve attention.")
}).annotate({ identifier: "Preview", description: "What an order would be; nothing is changed." })

const TimelineEntry = Schema.Struct({
  at: field(Instant, "When it happened."),
  kind: field(Schema.Literals(["event", "refresh", "modification"]), "What kind of entry it is.", "event"),
  text: field(Schema.String, "What happened, for people.", "pending became paid, by the rule paid-in-full"),
  revision: optional(Count, "The revision of the order that it belongs to.", 3),
  eventId: optional(Schema.String, "The id of the event.", "ord_4K7Q2M-3-0"),
  type: optional(Schema.String, "The type of the event.", "order.status_changed")
}).annotate({ identifier: "TimelineEntry", description: "One thing that happened to an order." })

/** What happened to an order. */
export const Timeline = Schema.Struct({
  entries: field(Schema.Array(TimelineEntry), "Oldest first.")
}).annotate({ identifier: "Timeline", description: "What happened to an order." })
