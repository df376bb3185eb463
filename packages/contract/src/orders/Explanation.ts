/**
 * Why an order has its status: decisions, findings, observations and the timeline.
 */
import { Comparison, CoverPolicy, Fulfilment, OrderStatus, Policy, RuleId } from "@docdata/domain/schema"
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
  released: optional(Money, "What the shop gave up by a final capture; it is not due. Absent when it gave nothing up."),
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

const coverWhen = field(
  CoverPolicy.fields.default,
  "Captured money alone, also what the acquirer guarantees, also what is promised, or Docdata's own verdict.",
  "captured"
)

const CoverView = Schema.Struct({
  default: coverWhen,
  rules: field(
    Schema.Array(Schema.Struct({
      paymentMethod: optional(Schema.String, "Of this payment method only.", "VISA"),
      currency: optional(Schema.String, "Of payments in this currency only.", "EUR"),
      when: coverWhen
    })),
    "Exceptions; the first that fits counts.",
    [{ paymentMethod: "VISA", when: "approved" }]
  )
}).annotate({ identifier: "DecisionCover", description: "What covers an order." })

/** The policy that a decision was taken under. */
export const PolicyView = Schema.Struct({
  rules: field(Policy.fields.rules, "The rule set that decided.", "strict"),
  paidWhen: field(CoverView, "What covers an order, so that it is paid.", {
    default: "captured",
    rules: []
  }),
  shipWhen: field(CoverView, "What covers an order, so that the goods may leave.", {
    default: "captured",
    rules: []
  }),
  margins: field(Schema.Array(Money), "How much of a converted amount may be missing, by currency.", [
    { minor: 100, currency: "SEK" }
  ]),
  expireAfterDays: field(Policy.fields.expireAfterDays, "After how many days an unfinished order is over.", 21)
}).annotate({ identifier: "DecisionPolicy", description: "The policy that a decision was taken under." })

const Missing = Schema.Struct({
  text: field(Schema.String, "What would have to be so.", "the captured money covers the order"),
  comparison: optional(
    Schema.String,
    "The comparison that failed, in words.",
    "covered 0.00 EUR is at least 49.90 EUR"
  ),
  by: optional(Money, "How much the left side of the comparison lacks; negative: exceeds.")
}).annotate({ identifier: "MissingCondition", description: "A condition that did not hold." })

const outcome = field(Schema.String, "The status that the rule leads to, or `keep`: the status before.", "paid")
const ruleText = field(Schema.String, "What the rule means, in one sentence.", "The order is covered in full.")

const AlternativeView = Schema.Struct({
  rule: field(RuleId, "The rule that would decide.", "paid-in-full"),
  meaning: ruleText,
  outcome,
  missing: field(Schema.Array(Missing), "What the rule lacks; all of it would have to be so.")
}).annotate({ identifier: "ExplanationAlternative", description: "A rule that would lead to another status." })

const OtherwiseView = Schema.Struct({
  rule: field(RuleId, "The rule that would decide.", "money-may-be-held"),
  meaning: ruleText,
  outcome,
  unless: field(Schema.Array(Schema.String), "It decides unless all of these are so.", ["the order is covered"])
}).annotate({ identifier: "ExplanationOtherwise", description: "The rule that decides once amounts change." })

/** Why an order has its status. */
export const Explanation = Schema.Struct({
  status: field(OrderStatus, "The status that was decided.", "paid"),
  fulfilment: field(Fulfilment, "Whether the goods may leave.", "ship"),
  rule: field(RuleId, "The rule that decided.", "paid-in-full"),
  meaning: field(Schema.String, "What the rule means, in one sentence.", "The order is covered in full."),
  because: field(Schema.Array(Schema.String), "What was compared, in words.", ["captured 4990 >= order amount 4990"]),
  findings: field(Schema.Array(FindingView), "What deserves attention."),
  rules: field(Schema.String, "The rule set that decided.", "strict"),
  policy: optional(
    PolicyView,
    "The policy that decided, whatever the account's is by now. Absent if an earlier version stored the decision, which " +
      "did not record the policy."
  ),
  alternatives: field(
    Schema.Array(AlternativeView),
    "What would change the answer, nearest first. Empty if the policy was not recorded."
  ),
  otherwise: optional(OtherwiseView, "The rule that decides once amounts no longer meet this one."),
  askedAt,
  observedBy
}).annotate({ identifier: "Explanation", description: "Why an order has its status, as it was decided and stored." })

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
