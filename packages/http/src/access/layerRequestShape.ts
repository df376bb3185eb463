/**
 * Says what is wrong with a request in the caller's words: where, and what is expected there; never what was found.
 */
import { type Problem, problem, RequestShape } from "@docdata/contract"
import * as Effect from "effect/Effect"
import { HttpApiSchemaError } from "effect/http-api/HttpApiError"
import * as Layer from "effect/Layer"
import type { SchemaError } from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { logRefusal } from "./logRefusal.ts"

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

const refused = ({ issue }: SchemaError): Problem<"bad-request"> => {
  const errors = formatted(issue).issues.slice(0, errorsMax).map(({ message, path }) => ({
    path: pathOf(path),
    message: message.replace(/^Expected/, "expected")
  }))
  return problem("bad-request", "correct the fields named in errors", { errors })
}

/** Around the check of keys too, so that every refusal comes by here as a problem. */
export const layerRequestShape = Layer.succeed(RequestShape, (answer, { endpoint, group }) =>
  logRefusal(
    Effect.mapError(answer, (failure) => HttpApiSchemaError.is(failure) ? refused(failure.cause) : failure),
    { operation: `${group.identifier}.${endpoint.identifier}`, onlyReads: endpoint.method === "GET" }
  ))
