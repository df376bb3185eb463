/**
 * What `docdata trigger --json` prints: a line per scenario, or what was played.
 */
import { OrderStatus } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"

const ScenarioLine = Schema.Struct({
  kind: Schema.Literal("scenario"),
  name: Schema.String,
  expected: OrderStatus,
  meaning: Schema.String
}).annotate({ identifier: "Scenario" })

const Played = Schema.Struct({
  kind: Schema.Literal("played"),
  name: Schema.String,
  expected: OrderStatus.annotate({ description: "What a correct integration ends with" }),
  reference: Schema.String,
  orderKey: Schema.String,
  seed: Schema.Int,
  skipped: Schema.Array(Schema.String).annotate({ description: "Why steps did not fit the order" })
}).annotate({ identifier: "PlayedScenario" })

export const TriggerOutput = Schema.Union([ScenarioLine, Played])
