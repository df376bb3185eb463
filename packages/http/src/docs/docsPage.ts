/**
 * The reference page of the REST API, made from its OpenAPI document: one file of HTML that works without scripts, by
 * keyboard, on paper and on a phone.
 */
import { problemCatalogue } from "@docdata/contract"
import type { OpenAPISpec, OpenAPISpecOperation } from "effect/http-api/OpenApi"
import { docsStyle } from "./docsStyle.ts"
import { type Html, html, nothing, prose } from "./html.ts"
import { fieldsTable, type SchemaPart, schemaText } from "./schemaText.ts"

interface Operation extends OpenAPISpecOperation {
  readonly method: string
  readonly path: string
}

const operationsOf = ({ paths }: OpenAPISpec): ReadonlyArray<Operation> =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      typeof operation === "object" && "operationId" in operation
        ? [{ ...operation, method: method.toUpperCase(), path }]
        : []
    )
  )

const wide = (table: Html, label: string): Html =>
  html`<div class="wide" tabindex="0" role="region" aria-label="${label}">${table}</div>`

const parametersOf = ({ operationId, parameters }: Operation): Html =>
  parameters.length === 0 ? nothing : html`<h4>Parameters</h4>${
    wide(
      html`<table><thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">value</th><th scope="col">needed</th><th scope="col">meaning</th></tr></thead><tbody>${
        parameters.map((parameter) =>
          html`<tr><th scope="row"><code>${parameter.name}</code></th><td>${parameter.in}</td><td>${
            schemaText(parameter.schema)
          }</td><td>${parameter.required ? "yes" : "no"}</td><td>${parameter.description ?? ""}</td></tr>`
        )
      }</tbody></table>`,
      `Parameters of ${operationId}`
    )
  }`

const bodyOf = ({ operationId, requestBody }: Operation): Html => {
  const json = requestBody?.content["application/json"]
  if (json === undefined) return nothing
  const example = "example" in json ? JSON.stringify(json.example, undefined, 2) : undefined
  return html`<h4>Body</h4><p>JSON: ${schemaText(json.schema)}.</p>${
    example === undefined
      ? nothing
      : html`<pre tabindex="0" role="region" aria-label="Example body of ${operationId}"><code>${example}</code></pre>`
  }`
}

const answersOf = ({ operationId, responses }: Operation): Html =>
  html`<h4>Answers</h4>${
    wide(
      html`<table><thead><tr><th scope="col">status</th><th scope="col">meaning</th><th scope="col">body</th></tr></thead><tbody>${
        Object.entries(responses).map(([status, { content = {}, description }]) =>
          html`<tr><th scope="row">${status}</th><td>${
            "application/problem+json" in content
              ? html`${description} in <a href="#problems">the list</a>`
              : description
          }</td><td>${Object.values(content).map(({ schema }) => schemaText(schema as SchemaPart))}</td></tr>`
        )
      }</tbody></table>`,
      `Answers of ${operationId}`
    )
  }`

const operationSection = (operation: Operation): Html =>
  html`<section id="${operation.operationId}"><h3>${
    operation.summary ?? operation.operationId
  }</h3><p><code><span class="method">${operation.method}</span> ${operation.path}</code></p><p>${
    prose(operation.description ?? "")
  }</p>${parametersOf(operation)}${bodyOf(operation)}${answersOf(operation)}</section>`

const problems = html`<section id="problems"><h2>Refusals</h2><p>${
  prose("`application/problem+json` (RFC 9457). Programs match on `code`; no code changes its meaning or status.")
}</p>${
  wide(
    html`<table><thead><tr><th scope="col">code</th><th scope="col">status</th><th scope="col">title</th></tr></thead><tbody>${
      Object.entries(problemCatalogue).map(([code, { status, title }]) =>
        html`<tr><th scope="row"><code>${code}</code></th><td>${String(status)}</td><td>${title}</td></tr>`
      )
    }</tbody></table>`,
    "Codes of refusals"
  )
}</section>`

const schemaSection = ([name, schema]: readonly [string, SchemaPart]): Html =>
  html`<section id="schema-${name}"><h3>${name}</h3>${
    schema.description === undefined ? nothing : html`<p>${prose(schema.description)}</p>`
  }${
    wide(schema.properties === undefined ? html`<p>${schemaText(schema)}</p>` : fieldsTable(schema), `Schema ${name}`)
  }</section>`

/** The page. */
export const docsPage = (document: OpenAPISpec): string => {
  const { components, info, tags } = document
  const operations = operationsOf(document)
  const groups = tags.map(({ name }) =>
    [name.replaceAll("-", " "), operations.filter((operation) => operation.tags.includes(name))] as const
  )
  const schemas = Object.entries(components.schemas as Readonly<Record<string, SchemaPart>>)
    .toSorted(([a], [b]) => a < b ? -1 : 1)
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${info.title}: REST API</title><style>${{
    html: docsStyle
  }}</style></head>
<body><a class="skip" href="#content">To the operations</a>
<header><h1>${info.title}</h1>${
    (info.description ?? "").split("\n\n").map((paragraph) => html`<p>${prose(paragraph)}</p>`)
  }<p>${
    prose("Send `Authorization: Bearer KEY`. The same in a form for programs:")
  } <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1, version ${info.version}).</p></header>
<nav aria-label="Contents">${
    groups.map(([name, own]) =>
      html`<h2>${name}</h2><ul>${
        own.map(({ operationId, summary }) => html`<li><a href="#${operationId}">${summary ?? operationId}</a></li>`)
      }</ul>`
    )
  }<h2>More</h2><ul><li><a href="#problems">Refusals</a></li><li><a href="#schemas">Schemas</a></li></ul></nav>
<main id="content">${
    groups.map(([name, own]) => html`<h2>${name}</h2>${own.map(operationSection)}`)
  }${problems}<h2 id="schemas">Schemas</h2>${schemas.map(schemaSection)}</main></body></html>
`.html
}
