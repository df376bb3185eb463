/**
 * The reference page: complete, without scripts, and safe whatever a text holds.
 */
import { openApiDocument, problemCatalogue } from "@docdata/contract"
import { createHash } from "node:crypto"
import { afterAll, beforeAll, expect, it } from "vitest"
import { docsPage } from "../src/docs/docsPage.ts"
import { html, prose } from "../src/docs/html.ts"
import { document, operations } from "./inputs/apiDocument.ts"
import { type Answer, ask, type Service, startService } from "./support/service.ts"

let service: Service
let answer: Answer
beforeAll(async () => {
  service = await startService()
  answer = await ask(service, "GET /docs")
})
afterAll(() => service.close())

const all = (pattern: RegExp): ReadonlyArray<string> => [...answer.text.matchAll(pattern)].map(([, found]) => found!)

it("is served to everybody, with a policy that allows its one style and nothing else", () => {
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"])
  const [style] = all(/<style>([\s\S]*?)<\/style>/g)
  const hash = createHash("sha256").update(style ?? "").digest("base64")
  expect(answer.headers.get("content-security-policy")).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  )
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
  expect(answer.text).not.toMatch(/<script|<img|<link|<iframe| style=| on\w+=|https?:\/\/(?!127|shop\.example)/)
})

it("describes every operation, schema and refusal, and says nothing undefined", () => {
  for (const { method, operationId, path } of operations) {
    expect(answer.text).toContain(`<section id="${operationId}">`)
    expect(answer.text).toContain(`<span class="method">${method}</span> ${path}</code>`)
  }
  for (const name of Object.keys(document.components.schemas).filter((one) => !/^Problem\d/.test(one))) {
    expect(answer.text).toContain(`id="schema-${name}"`)
  }
  for (const code of Object.keys(problemCatalogue)) expect(answer.text).toContain(`id="problem-${code}"`)
  expect(answer.text).not.toMatch(/>undefined<|\[object|NaN/)
})

it("leads nowhere that is not there, and names no place twice", () => {
  const ids = all(/ id="([^"]+)"/g)
  expect(new Set(ids).size).toBe(ids.length)
  expect(all(/href="#([^"]+)"/g).filter((id) => !ids.includes(id))).toEqual([])
})

it("can be read by ear and by keyboard: a language, one title, a way past the contents, names for what scrolls", () => {
  expect(answer.text).toMatch(/^<!doctype html>\s<html lang="en">/)
  expect(all(/<(h1)>/g)).toHaveLength(1)
  expect(answer.text.indexOf("href=\"#content\"")).toBeLessThan(answer.text.indexOf("<nav"))
  expect(all(/tabindex="0"( role="region" aria-label="[^"]+")?/g).every((name) => name !== undefined)).toBe(true)
  // On a narrow page it comes first, too: what this is, then where to find what.
  expect(answer.text.indexOf("<h1>")).toBeLessThan(answer.text.indexOf("<nav"))
  const body = answer.text.slice(answer.text.indexOf("<body"))
  const levels = [...body.matchAll(/<h(\d)/g)].map(([, level]) => Number(level))
  expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([])
})

it("escapes what comes from texts", () => {
  const evil = "<script>\"&'</script>"
  expect(html`<p title="${evil}">${evil}</p>`.html).toBe(
    "<p title=\"&lt;script&gt;&quot;&amp;'&lt;/script&gt;\">&lt;script&gt;&quot;&amp;'&lt;/script&gt;</p>"
  )
  expect(prose(`a \`<b>\` ${evil}`).html).toContain("<code>&lt;b&gt;</code> &lt;script&gt;")
  const spec = openApiDocument()
  expect(docsPage({ ...spec, info: { ...spec.info, title: evil } })).not.toContain("<script>")
})
