/**
 * The reference for people at /docs, and for programs at /openapi.json. Both are for everybody.
 */
import { createHash } from "node:crypto"
import { openApiDocument } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { docsPage } from "./docsPage.ts"
import { docsStyle } from "./docsStyle.ts"

/** As strict as everywhere else, but for this one style, by its hash. */
const policy = `default-src 'none'; style-src 'sha256-${
  createHash("sha256").update(docsStyle).digest("base64")
}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

let page: string | undefined
let document: string | undefined

// Made when somebody asks for the first time; they never change.
const pageAnswer = Effect.sync(() => {
  page ??= docsPage(openApiDocument())
  return HttpServerResponse.text(page, {
    contentType: "text/html; charset=utf-8",
    headers: { "content-security-policy": policy }
  })
})

const documentAnswer = Effect.sync(() => {
  document ??= JSON.stringify(openApiDocument())
  return HttpServerResponse.text(document, { contentType: "application/json" })
})

export const docsRoutes = Layer.merge(
  HttpRouter.add("GET", "/docs", pageAnswer),
  HttpRouter.add("GET", "/openapi.json", documentAnswer)
)
