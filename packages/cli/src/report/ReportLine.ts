/**
 * A line of `docdata report --json`: one month and currency.
 */
import { Money } from "@docdata/contract"
import * as Schema from "effect/Schema"

export const ReportLine = Schema.Struct({
  month: Schema.String.annotate({ description: "Of creation, in the zone: 2026-01" }),
  orders: Schema.Int,
  registered: Money,
  captured: Money,
  difference: Money.annotate({ description: "registered less captured" }),
  refunded: Money,
  chargedBack: Money
}).annotate({ identifier: "ReportLine" })
