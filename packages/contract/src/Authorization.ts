/**
 * What every group of the REST API asks of a request before its own: who calls, and that it has the expected shape.
 */
import * as Context from "effect/Context"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import { problems } from "./problems.ts"

/**
 * What keys are for, each with all before it: `read` sees; `operate` also creates orders, moves money and acknowledges;
 * `admin` also changes how the service works.
 */
export const apiKeyScopes = ["read", "operate", "admin"] as const

/** One of {@link apiKeyScopes}. */
export type ApiKeyScope = (typeof apiKeyScopes)[number]

/** Who calls, as its API key says. */
export class Caller extends Context.Service<Caller, {
  readonly keyId: string
  /** The merchants it may speak for; `all` for every one. */
  readonly merchants: ReadonlyArray<string> | "all"
  readonly scope: ApiKeyScope
}>()("@docdata/contract/Caller") {}

/** Lets only holders of an API key in: `Authorization: Bearer KEY`. */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: Caller }>()(
  "@docdata/contract/Authorization",
  { error: problems("unauthorized", "rate-limited"), security: { key: HttpApiSecurity.bearer } }
) {}

/** Says in one shape what is wrong with a request, or that the service failed. */
export class RequestShape extends HttpApiMiddleware.Service<RequestShape>()("@docdata/contract/RequestShape", {
  error: problems("bad-request", "body-too-large", "unsupported-media-type", "internal")
}) {}
