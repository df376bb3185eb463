/**
 * What every group of the REST API asks of a request before its own: who calls, and that it has the expected shape.
 */
import * as Context from "effect/Context"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import type { ApiKey } from "../access/ApiKeys.ts"
import { Problem400, Problem401, Problem413, Problem415, Problem429, Problem500 } from "./problems.ts"

/** Who calls, as its API key says. */
export class Caller extends Context.Service<Caller, {
  readonly keyId: string
  /** The merchants it may speak for; `all` for every one. */
  readonly merchants: ReadonlyArray<string> | "all"
  readonly scope: ApiKey["scope"]
}>()("@docdata/http/Caller") {}

/** Lets only holders of an API key in: `Authorization: Bearer KEY`. */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: Caller }>()(
  "@docdata/http/Authorization",
  { error: [Problem401, Problem429], security: { key: HttpApiSecurity.bearer } }
) {}

/** Says in one shape what is wrong with a request, or that the service failed. */
export class RequestShape extends HttpApiMiddleware.Service<RequestShape>()("@docdata/http/RequestShape", {
  error: [Problem400, Problem413, Problem415, Problem500]
}) {}
