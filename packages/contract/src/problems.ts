/**
 * The problems as schemas, one per status, for the definition of the API.
 */
import * as Schema from "effect/Schema"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { type CodesOf, problemCatalogue, type ProblemCode } from "./problemCatalogue.ts"

type ProblemStatus = (typeof problemCatalogue)[ProblemCode]["status"]

// The catalogue is the only place that pairs codes and statuses; its keys are what the type says they are.
const codesOf = <S extends ProblemStatus>(status: S): ReadonlyArray<CodesOf<S>> =>
  Object.entries(problemCatalogue).filter(([, entry]) => entry.status === status).map(([code]) => code as CodesOf<S>)

const withStatus = <S extends ProblemStatus>(status: S) =>
  Schema.Struct({
    type: Schema.Literal("about:blank"),
    title: Schema.String,
    status: Schema.Literal(status),
    code: Schema.Literals(codesOf(status)),
    detail: Schema.String,
    errors: Schema.optionalKey(Schema.Array(Schema.Struct({ path: Schema.String, message: Schema.String })))
  }).annotate({ identifier: `Problem${status}`, httpApiStatus: status })
    .pipe(HttpApiSchema.asJson({ contentType: "application/problem+json" }))

export const Problem400 = withStatus(400)
export const Problem401 = withStatus(401)
export const Problem403 = withStatus(403)
export const Problem404 = withStatus(404)
const Problem409 = withStatus(409)
export const Problem413 = withStatus(413)
export const Problem415 = withStatus(415)
export const Problem422 = withStatus(422)
export const Problem429 = withStatus(429)
export const Problem500 = withStatus(500)
const Problem502 = withStatus(502)
export const Problem503 = withStatus(503)

/** What an operation on webhooks can be refused with. */
export const webhookProblems = [Problem403, Problem404, Problem409, Problem422, Problem503] as const

/** What an operation on an order can be refused with. */
export const orderProblems = [Problem403, Problem404, Problem409, Problem422, Problem502, Problem503] as const
