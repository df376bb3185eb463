/**
 * Some groups of the contract as an API of their own, so that whoever serves or calls one group loads no other.
 */
import * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { RequestShape } from "./Authorization.ts"

/** The API of these groups, with what holds for every group. */
export const apiOf = <const Groups extends readonly [HttpApiGroup.Constraint, ...Array<HttpApiGroup.Constraint>]>(
  ...groups: Groups
) =>
  HttpApi.make("docdata").add(...groups)
    .middleware(RequestShape)
    .annotate(HttpApi.PayloadParseOptions, { onExcessProperty: "error", errors: "all" })
    // A filter that is misspelt would show everything.
    .annotate(HttpApi.QueryParseOptions, { onExcessProperty: "error", errors: "all" })
