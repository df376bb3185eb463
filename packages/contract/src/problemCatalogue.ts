/**
 * Everything that the HTTP API can refuse with, as data: a closed list of codes.
 *
 * Programs match on `code`. A code never changes its meaning or status; new ones may come.
 */

/**
 * How a command ends that got the problem: 1 the command failed, 2 its input is wrong, 3 the payment provider refused,
 * 4 not possible now, 5 nothing was done and repeating is safe, 6 it may have been done.
 */
export type ProblemExit = 1 | 2 | 3 | 4 | 5 | 6

interface Entry {
  readonly status: number
  readonly title: string
  /** What the caller does next. */
  readonly nextStep: string
  /** Whether the same request may be sent again: nothing was done, and it may succeed later. */
  readonly retryable: boolean
  readonly exit: ProblemExit
}

export const problemCatalogue = {
  "bad-request": {
    status: 400,
    title: "The request does not have the expected shape",
    nextStep: "Correct the fields named in errors.",
    retryable: false,
    exit: 2
  },
  "unauthorized": {
    status: 401,
    title: "The API key is missing or not known",
    nextStep: "Send Authorization: Bearer KEY with a key of this service.",
    retryable: false,
    exit: 4
  },
  "forbidden": {
    status: 403,
    title: "The API key does not allow this",
    nextStep: "Use a key with a wider scope.",
    retryable: false,
    exit: 4
  },
  "not-found": {
    status: 404,
    title: "There is nothing at this address",
    nextStep: "See the reference at /docs, or the OpenAPI document at /openapi.json.",
    retryable: false,
    exit: 4
  },
  "order-not-found": {
    status: 404,
    title: "There is no such order",
    nextStep: "List the orders of your merchants.",
    retryable: false,
    exit: 4
  },
  "payment-not-found": {
    status: 404,
    title: "The order has no such payment",
    nextStep: "Read the order for the ids of its payments.",
    retryable: false,
    exit: 4
  },
  "modification-not-found": {
    status: 404,
    title: "The order has no such capture or refund",
    nextStep: "List the modifications of the order.",
    retryable: false,
    exit: 4
  },
  "event-not-found": {
    status: 404,
    title: "There is no such event",
    nextStep: "Read the event feed.",
    retryable: false,
    exit: 4
  },
  "anomaly-not-found": {
    status: 404,
    title: "There is no such anomaly",
    nextStep: "List the anomalies.",
    retryable: false,
    exit: 4
  },
  "notification-not-found": {
    status: 404,
    title: "There is no such dead-lettered notification",
    nextStep: "List the notifications.",
    retryable: false,
    exit: 4
  },
  "merchant-not-found": {
    status: 404,
    title: "There is no such merchant account",
    nextStep: "List the merchant accounts of your key.",
    retryable: false,
    exit: 4
  },
  "endpoint-not-found": {
    status: 404,
    title: "There is no such webhook endpoint",
    nextStep: "List the webhook endpoints.",
    retryable: false,
    exit: 4
  },
  "delivery-not-found": {
    status: 404,
    title: "The endpoint has no delivery of this event",
    nextStep: "List the deliveries of the endpoint.",
    retryable: false,
    exit: 4
  },
  "method-not-allowed": {
    status: 405,
    title: "This address takes other methods",
    nextStep: "Use a method of the header allow.",
    retryable: false,
    exit: 2
  },
  "request-timeout": {
    status: 408,
    title: "The request did not come to its end",
    nextStep: "Send the whole request again.",
    retryable: true,
    exit: 5
  },
  "idempotency-conflict": {
    status: 409,
    title: "The idempotency key was used for another request",
    nextStep: "Use a key of its own for each request.",
    retryable: false,
    exit: 4
  },
  "create-unfinished": {
    status: 409,
    title: "An earlier request with this key has not come to an end",
    nextStep: "Repeat the same request later.",
    retryable: true,
    exit: 4
  },
  "already-taken": {
    status: 409,
    title: "Something that must be unique exists already",
    nextStep: "Use another reference.",
    retryable: false,
    exit: 4
  },
  "order-not-confirmed": {
    status: 409,
    title: "The order does not exist at the payment provider",
    nextStep: "Create the order again.",
    retryable: false,
    exit: 4
  },
  "wrong-state": {
    status: 409,
    title: "Not possible in the order's state",
    nextStep: "Read the order.",
    retryable: false,
    exit: 4
  },
  "modification-failed": {
    status: 409,
    title: "The capture or refund with this reference failed",
    nextStep: "No money moved and none will: ask under a new reference.",
    retryable: false,
    exit: 4
  },
  "already-charged": {
    status: 409,
    title: "The period was charged, or nobody knows yet",
    nextStep: "Read the order that took the period.",
    retryable: false,
    exit: 4
  },
  "contended": {
    status: 409,
    title: "The order keeps changing",
    nextStep: "Nothing was lost: repeat the request.",
    retryable: true,
    exit: 4
  },
  "too-many-endpoints": {
    status: 409,
    title: "There are as many webhook endpoints as there may be",
    nextStep: "Remove one that is not needed.",
    retryable: false,
    exit: 4
  },
  "webhook-key-missing": {
    status: 409,
    title: "The service has no key to sign webhooks with",
    nextStep: "Set DOCDATA_WEBHOOK_MASTER_KEY and restart the service.",
    retryable: false,
    exit: 4
  },
  "body-too-large": {
    status: 413,
    title: "The request is too large",
    nextStep: "Send a smaller body.",
    retryable: false,
    exit: 2
  },
  "unsupported-media-type": {
    status: 415,
    title: "The request is not JSON",
    nextStep: "Send content-type: application/json.",
    retryable: false,
    exit: 2
  },
  "unknown-merchant": {
    status: 422,
    title: "There is no such merchant account",
    nextStep: "Name an account that the key speaks for.",
    retryable: false,
    exit: 4
  },
  "merchant-inactive": {
    status: 422,
    title: "The merchant account takes no new orders",
    nextStep: "Switch the account on first.",
    retryable: false,
    exit: 4
  },
  "request-refused": {
    status: 422,
    title: "The request breaks a rule of the payment provider; nothing was sent",
    nextStep: "Correct the fields named in errors.",
    retryable: false,
    exit: 2
  },
  "provider-refused": {
    status: 422,
    title: "The payment provider refused; nothing was changed",
    nextStep: "Look the provider's code up; the same request is refused again until its cause is gone.",
    retryable: false,
    exit: 3
  },
  "amount-too-large": {
    status: 422,
    title: "More than is left of the payment",
    nextStep: "Ask for less, or leave the amount out for all that is left.",
    retryable: false,
    exit: 4
  },
  "address-refused": {
    status: 422,
    title: "Webhooks cannot be sent to this address",
    nextStep: "Use an https address of a public server.",
    retryable: false,
    exit: 2
  },
  "rate-limited": {
    status: 429,
    title: "Too many requests",
    nextStep: "Repeat the request after the seconds of the header retry-after.",
    retryable: true,
    exit: 5
  },
  "headers-too-large": {
    status: 431,
    title: "The address and the headers are too large",
    nextStep: "Send fewer or shorter headers.",
    retryable: false,
    exit: 2
  },
  "internal": {
    status: 500,
    title: "A fault of this service",
    nextStep: "Read before repeating, and report it.",
    retryable: false,
    exit: 6
  },
  "outcome-unknown": {
    status: 502,
    title: "The payment provider gave no usable answer; it may have done it",
    nextStep: "Refresh the order before repeating.",
    retryable: false,
    exit: 6
  },
  "provider-unavailable": {
    status: 503,
    title: "The payment provider cannot be reached; nothing was changed",
    nextStep: "Repeat the same request later.",
    retryable: true,
    exit: 5
  },
  "store-unavailable": {
    status: 503,
    title: "The service cannot reach its store",
    nextStep: "Repeat the request later if retryable is true, else read first.",
    retryable: true,
    exit: 1
  }
} as const satisfies Readonly<Record<string, Entry>>

export type ProblemCode = keyof typeof problemCatalogue

type Status<Code extends ProblemCode> = (typeof problemCatalogue)[Code]["status"]

/** The statuses of problems. */
export type ProblemStatus = Status<ProblemCode>

/** A problem as it is sent (RFC 9457), with the code as an extension. One type per code, so that code and status fit. */
export type Problem<Code extends ProblemCode = ProblemCode> = Code extends ProblemCode ? ProblemWith<Code> : never

/** One field of a request that is wrong. */
export interface FieldError {
  /** Where, in the caller's own words: `order.total.minor`, `limit`. */
  readonly path: string
  readonly message: string
}

/** A problem with one code. */
export interface ProblemWith<Code extends ProblemCode> {
  /** `about:blank`: the code says what kind it is, there is no page to open. */
  readonly type: "about:blank"
  readonly title: string
  readonly status: Status<Code>
  readonly code: Code
  /** What exactly is the case. Never holds values of the request, secrets or personal data. */
  readonly detail: string
  readonly nextStep: string
  readonly retryable: boolean
  /** Fields of the request that are wrong, all at once. */
  readonly errors?: ReadonlyArray<FieldError>
}

/** The problem with this code. What is `more` precise than the catalogue replaces it. */
export const problem = <Code extends ProblemCode>(
  code: Code,
  detail: string,
  more: Partial<Pick<ProblemWith<Code>, "errors" | "nextStep" | "retryable">> = {}
): ProblemWith<Code> => {
  const { nextStep, retryable, status, title }: Entry & { readonly status: Status<Code> } = problemCatalogue[code]
  return { type: "about:blank", title, status, code, detail, nextStep, retryable, ...more }
}
