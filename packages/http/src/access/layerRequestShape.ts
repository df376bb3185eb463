/**
 * Says what is wrong with a request in the caller's words: where, and what is expected there; never what was found.
 */
import { problem, RequestShape } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as SchemaIssue from "effect/SchemaIssue"

/** More than anybody reads; and a body of unknown fields must not make an answer that is larger than itself. */
const errorsMax = 50

/** Names of fields are the caller's, and may be of any length. */
const pathLengthMax = 200

const messageOf: SchemaIssue.LeafHook = (issue) => {
  switch (issue._tag) {
    case "UnexpectedKey":
      return "unknown field"
    case "MissingKey":
      return "missing"
    case "InvalidType":
    case "InvalidValue":
    case "Forbidden":
    case "OneOf":
      return SchemaIssue.defaultLeafHook(issue).replace(/^E/, "e")
  }
}

const formatted = SchemaIssue.makeFormatterStandardSchemaV1({ leafHook: messageOf })

type Step = PropertyKey | { readonly key: PropertyKey }

const pathOf = (steps: ReadonlyArray<Step> = []): string =>
  steps.map((step) => String(typeof step === "object" ? step.key : step)).join(".").slice(0, pathLengthMax)

export const layerRequestShape = HttpApiMiddleware.layerSchemaErrorTransform(RequestShape, ({ cause }) => {
  const errors = formatted(cause.issue).issues.slice(0, errorsMax).map(({ message, path }) => ({
    path: pathOf(path),
    message: message.replace(/^Expected/, "expected")
  }))
  return Effect.fail(problem("bad-request", "correct the fields named in errors", { errors }))
})
