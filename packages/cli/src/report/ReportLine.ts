/**
 * A line of `docdata report --json`: one month and currency, amounts in minor units.
 */
import { Minor } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

export const ReportLine = Schema.Struct({
  month: Schema.String.annotate({ description: "Of creation, in the zone: 2026-01" }),
  currency: Schema.String,
  orders: Schema.Int,
  registered: Minor,
  captured: Minor,
  difference: Minor.annotate({ description: "registered less captured" }),
  refunded: Minor,
  chargedBack: Minor
}).annotate({ identifier: "ReportLine" })
