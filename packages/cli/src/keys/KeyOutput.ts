/**
 * API keys as `docdata keys` prints them.
 */
import * as Schema from "effect/Schema"
import { apiKeyScopes } from "../choices.ts"

const scope = Schema.Literals(apiKeyScopes).annotate({ description: "What it may do" })

const merchants = Schema.Union([Schema.Literal("all"), Schema.Array(Schema.String)])
  .annotate({ description: "The accounts it speaks for" })

/** What `keys create --json` prints. */
export const NewKeyOutput = Schema.Struct({
  name: Schema.String,
  key: Schema.String.annotate({ description: "The key itself. It is kept nowhere" }),
  scope,
  merchants
}).annotate({ identifier: "NewKeyOutput" })

/** What each line of `keys list --json` is. */
export const KeyOutput = Schema.Struct({
  name: Schema.String,
  scope,
  merchants,
  created: Schema.optionalKey(Schema.String).annotate({ description: "ISO 8601 instant, if the file tells" })
}).annotate({ identifier: "KeyOutput" })
