/**
 * The problems as schemas for the definition of the API: each operation names the codes that it answers with.
 */
import * as Schema from "effect/Schema"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { type Problem, problemCatalogue, type ProblemCode } from "./problemCatalogue.ts"

const FieldError = Schema.Struct({
  path: Schema.String.annotate({ examples: ["order.total.minor"] })
    .annotateKey({ description: "Where, in the request's own words; empty for the whole body." }),
  message: Schema.String.annotate({ examples: ["missing"] }).annotateKey({ description: "What is expected there." })
}).annotate({ identifier: "FieldError", description: "One field of a request that is wrong." })

/** The body of problems with these codes, which have one status. */
const problemBody = (status: number, codes: ReadonlyArray<ProblemCode>) => {
  const [first = "internal"] = codes
  const { nextStep, retryable, title } = problemCatalogue[first]
  return Schema.Struct({
    type: Schema.Literal("about:blank").annotateKey({ description: "Always `about:blank`: the code says the kind." }),
    title: Schema.String.annotate({ examples: [title] }).annotateKey({ description: "The code in words." }),
    status: Schema.Literal(status).annotateKey({ description: "The HTTP status." }),
    code: Schema.Literals(codes).annotateKey({ description: "The kind of problem; programs match on it." }),
    detail: Schema.String.annotate({ examples: [title] })
      .annotateKey({ description: "What exactly is the case. Holds no values of the request." }),
    nextStep: Schema.String.annotate({ examples: [nextStep] })
      .annotateKey({ description: "What the caller does next." }),
    retryable: Schema.Boolean.annotate({ examples: [retryable] })
      .annotateKey({ description: "True: nothing was done, and the same request may succeed later." }),
    errors: Schema.optionalKey(Schema.Array(FieldError))
      .annotateKey({ description: "The fields that are wrong, all at once." })
  })
}

const codesByStatus = (codes: ReadonlyArray<ProblemCode>): ReadonlyMap<number, ReadonlyArray<ProblemCode>> =>
  Map.groupBy(codes, (code) => problemCatalogue[code].status)

/** A problem with one of some codes, as a schema. */
type ProblemSchema<Code extends ProblemCode> = Schema.Codec<Problem<Code>>

/** The problems with these codes, one schema per status, as the `error` of an endpoint. */
export const problems = <const Codes extends ReadonlyArray<ProblemCode>>(
  ...codes: Codes
): ReadonlyArray<ProblemSchema<Codes[number]>> =>
  [...codesByStatus([...new Set(codes)])].map(([status, own]) =>
    // One schema per status has the codes of that status only; together they are what the type says.
    problemBody(status, own).annotate({ httpApiStatus: status })
      .pipe(HttpApiSchema.asJson({ contentType: "application/problem+json" })) as unknown as ProblemSchema<
        Codes[number]
      >
  )

const everyCode = Object.keys(problemCatalogue) as ReadonlyArray<ProblemCode>

/** All codes of each status under one name, for the OpenAPI document. */
export const problemComponents = [...codesByStatus(everyCode)].map(([status, codes]) =>
  problemBody(status, codes).annotate({
    identifier: `Problem${status}`,
    description: `A problem of status ${status} (RFC 9457).`
  })
)

/** Why an order cannot be worked on. */
export const openCodes = [
  "order-not-found",
  "unknown-merchant",
  "wrong-state",
  "order-not-confirmed",
  "store-unavailable"
] as const

/** How a call of the payment provider ends without success. */
export const providerCodes = ["request-refused", "provider-refused", "outcome-unknown", "provider-unavailable"] as const
