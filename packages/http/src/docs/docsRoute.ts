/**
 * The reference page at /docs. It says nothing that /openapi.json does not, so it is for everybody.
 */
import { DocdataApi } from "@docdata/contract"
import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as OpenApi from "effect/http-api/OpenApi"
import { docsPage } from "./docsPage.ts"
import { docsStyle } from "./docsStyle.ts"

/** As strict as everywhere else, but for this one style, by its hash. */
const policy = `default-src 'none'; style-src 'sha256-${
  createHash("sha256").update(docsStyle).digest("base64")
}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

let page: string | undefined

// Made when somebody asks for the first time; it never changes.
const answer = Effect.sync(() => {
  page ??= docsPage(OpenApi.fromApi(DocdataApi))
  return HttpServerResponse.text(page, {
    contentType: "text/html; charset=utf-8",
    headers: { "content-security-policy": policy }
  })
})

export const docsRoute = HttpRouter.add("GET", "/docs", answer)
