/**
 * JSON Schema (draft 2020-12) of what the commands print for machines, made from the schemas they are typed by.
 */
import * as JsonSchema from "effect/JsonSchema"
import * as Schema from "effect/Schema"
import { ExplainOutput } from "./explain/ExplainOutput.ts"
import { KeyOutput, NewKeyOutput } from "./keys/KeyOutput.ts"
import { MerchantOutput } from "./merchants/MerchantOutput.ts"
import { ReconcileOutput } from "./reconcile/ReconcileLine.ts"

const documentOf = (output: Schema.Constraint): object => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(output, { onExcessProperty: "error" })
  return { $schema: JsonSchema.META_SCHEMA_URI_DRAFT_2020_12, ...schema, $defs: definitions }
}

/** The schema of one command's output. */
export const outputSchema = (command: "explain" | "reconcile" | "merchants" | "keys" | "key"): object => {
  switch (command) {
    case "explain":
      return documentOf(ExplainOutput)
    case "merchants":
      return documentOf(MerchantOutput)
    case "keys":
      return documentOf(KeyOutput)
    case "key":
      return documentOf(NewKeyOutput)
    case "reconcile":
      return documentOf(ReconcileOutput)
  }
}
