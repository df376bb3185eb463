/**
 * Everything the REST API can refuse with: a closed list of codes, each with its status and title.
 *
 * Programs match on `code`. A code never changes its meaning or status; new ones may come.
 */
export const problemCatalogue = {
  "bad-request": { status: 400, title: "The request does not have the expected shape" },
  "unauthorized": { status: 401, title: "The API key is missing or not known" },
  "forbidden": { status: 403, title: "The API key does not allow this" },
  "not-found": { status: 404, title: "There is nothing at this address" },
  "order-not-found": { status: 404, title: "There is no such order" },
  "payment-not-found": { status: 404, title: "The order has no such payment" },
  "modification-not-found": { status: 404, title: "The order has no such capture or refund" },
  "event-not-found": { status: 404, title: "There is no such event" },
  "anomaly-not-found": { status: 404, title: "There is no such anomaly" },
  "merchant-not-found": { status: 404, title: "There is no such merchant account" },
  "endpoint-not-found": { status: 404, title: "There is no such webhook endpoint" },
  "delivery-not-found": { status: 404, title: "The endpoint was not told of such an event" },
  "method-not-allowed": { status: 405, title: "This address takes other methods" },
  "request-timeout": { status: 408, title: "The request did not come to its end" },
  "idempotency-conflict": { status: 409, title: "The idempotency key was used for another request" },
  "create-unfinished": { status: 409, title: "An earlier request with this key has not come to an end" },
  "already-taken": { status: 409, title: "Something that must be unique exists already" },
  "order-not-confirmed": { status: 409, title: "The order does not exist at the payment provider" },
  "wrong-state": { status: 409, title: "Not possible in the order's state" },
  "modification-failed": { status: 409, title: "The capture or refund with this reference failed" },
  "already-charged": { status: 409, title: "The period was charged, or nobody knows yet" },
  "contended": { status: 409, title: "The order keeps changing; try again" },
  "too-many-endpoints": { status: 409, title: "There are as many webhook endpoints as there may be" },
  "webhook-key-missing": { status: 409, title: "The service has no key to sign webhooks with" },
  "body-too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "The request is not JSON" },
  "unknown-merchant": { status: 422, title: "There is no such merchant account" },
  "merchant-inactive": { status: 422, title: "The merchant account takes no new orders" },
  "request-refused": { status: 422, title: "The request breaks a rule of the payment provider; nothing was sent" },
  "provider-refused": { status: 422, title: "The payment provider refused; nothing was changed" },
  "amount-too-large": { status: 422, title: "More than is left of the payment" },
  "address-refused": { status: 422, title: "Webhooks cannot be sent to this address" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "headers-too-large": { status: 431, title: "The address and the headers are too large" },
  "internal": { status: 500, title: "A fault of this service" },
  "outcome-unknown": { status: 502, title: "The payment provider gave no usable answer; it may have done it" },
  "provider-unavailable": { status: 503, title: "The payment provider cannot be reached; nothing was changed" },
  "store-unavailable": { status: 503, title: "The service cannot reach its store" }
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>

export type ProblemCode = keyof typeof problemCatalogue

type Status<Code extends ProblemCode> = (typeof problemCatalogue)[Code]["status"]

/** The codes of a status. */
export type CodesOf<S extends Status<ProblemCode>> = {
  readonly [Code in ProblemCode]: Status<Code> extends S ? Code : never
}[ProblemCode]

/** A problem as it is sent (RFC 9457), with the code as an extension. One type per code, so that code and status fit. */
export type Problem<Code extends ProblemCode = ProblemCode> = Code extends ProblemCode ? ProblemWith<Code> : never

/** A problem with one code. */
export interface ProblemWith<Code extends ProblemCode> {
  /** `about:blank`: the code says what kind it is, there is no page to open. */
  readonly type: "about:blank"
  readonly title: string
  readonly status: Status<Code>
  readonly code: Code
  /** For people: what exactly, and what to do next. Never holds values of the request, secrets or personal data. */
  readonly detail: string
  /** Fields of the request that are wrong, all at once. */
  readonly errors?: ReadonlyArray<{ readonly path: string; readonly message: string }>
}

/** The problem with this code. */
export const problem = <Code extends ProblemCode>(
  code: Code,
  detail: string,
  errors?: ProblemWith<Code>["errors"]
): ProblemWith<Code> => {
  const { status, title }: { readonly status: Status<Code>; readonly title: string } = problemCatalogue[code]
  return { type: "about:blank", title, status, code, detail, ...(errors === undefined ? {} : { errors }) }
}
