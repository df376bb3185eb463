/**
 * The reference page of the REST API, made from its OpenAPI document: one file of HTML that works without scripts, by
 * keyboard, on paper and on a phone.
 */
import {
  type DescribedOperation,
  type JsonSchema,
  type OpenApiDocument,
  problemCatalogue,
  type ProblemCode
} from "@docdata/contract"
import { docsStyle } from "./docsStyle.ts"
import { type Html, html, nothing, prose } from "./html.ts"
import { fieldsTable, schemaText } from "./schemaText.ts"

type Response = DescribedOperation["responses"][string]
type Entry = (typeof problemCatalogue)[ProblemCode]

interface Operation extends DescribedOperation {
  readonly method: string
  readonly path: string
}

const operationsOf = ({ paths }: OpenApiDocument): ReadonlyArray<Operation> =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => Object.assign({ method: method.toUpperCase(), path }, operation))
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
          }</td><td>${parameter.required ? "yes" : "no"}</td><td>${prose(parameter.description)}</td></tr>`
        )
      }</tbody></table>`,
      `Parameters of ${operationId}`
    )
  }`

const bodyOf = ({ operationId, requestBody }: Operation): Html => {
  if (requestBody === undefined) return nothing
  const { example, schema } = requestBody.content["application/json"]
  return html`<h4>Body</h4><p>${
    schemaText(schema)
  }</p><pre tabindex="0" role="region" aria-label="Example body of ${operationId}"><code>${
    JSON.stringify(example, undefined, 2)
  }</code></pre>`
}

const answerOf = ([status, { content, description }]: readonly [string, Response]): Html => {
  const schema = content?.["application/json"]?.schema
  return schema === undefined
    ? html`<p><code>${status}</code> ${description}</p>`
    : html`<p><code>${status}</code> ${schemaText(schema)}: ${description}</p>`
}

const codeLink = (code: ProblemCode): Html => html`<a href="#problem-${code}"><code>${code}</code></a> `

/** What this operation answers: its success, and the codes that it can refuse with. */
const answersOf = ({ responses }: Operation): Html => {
  const answers = Object.entries(responses)
  const codes = answers.flatMap(([, response]) => response["x-problem-codes"] ?? [])
  return html`<h4>Answers</h4>${
    answers.filter(([, response]) => response["x-problem-codes"] === undefined).map(answerOf)
  }${html`<p class="codes">Refuses with ${codes.filter((code) => !everywhere.has(code)).map(codeLink)}</p>`}`
}

const operationSection = (operation: Operation): Html =>
  html`<section id="${operation.operationId}"><h3>${operation.summary}</h3><p><code><span class="method">${operation.method}</span> ${operation.path}</code></p><p>${
    prose(operation.description)
  }</p>${parametersOf(operation)}${bodyOf(operation)}${answersOf(operation)}</section>`

/** What the requests of all operations have in common is refused everywhere alike. */
const everywhere: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "bad-request",
  "unauthorized",
  "body-too-large",
  "unsupported-media-type",
  "rate-limited",
  "internal"
])

const problemRow = ([code, { nextStep, retryable, status, title }]: readonly [string, Entry]): Html =>
  html`<tr id="problem-${code}"><th scope="row"><code>${code}</code></th><td>${
    String(status)
  }</td><td>${title}</td><td>${prose(nextStep)}</td><td>${retryable ? "yes" : "no"}</td></tr>`

const problems = (schema: JsonSchema): Html =>
  html`<section id="problems"><h2>Refusals</h2><p>${
    prose("`application/problem+json` (RFC 9457). Programs match on `code`; no code changes its meaning or status.")
  } Besides its own codes every operation can refuse with ${[...everywhere].map(codeLink)}.</p>${
    wide(fieldsTable(schema), "Fields of a refusal")
  }${
    wide(
      html`<table><thead><tr><th scope="col">code</th><th scope="col">status</th><th scope="col">title</th><th scope="col">next step</th><th scope="col">retry</th></tr></thead><tbody>${
        Object.entries(problemCatalogue).map(problemRow)
      }</tbody></table>`,
      "Codes of refusals"
    )
  }</section>`

const webhooks = ({ webhooks: { event: { post } } }: OpenApiDocument): Html =>
  html`<section id="webhooks"><h2>Webhooks</h2><p>${prose(post.description)} The body is ${
    schemaText(post.requestBody.content["application/json"].schema)
  }.</p>${
    wide(
      html`<table><thead><tr><th scope="col">header</th><th scope="col">meaning</th></tr></thead><tbody>${
        post.parameters.map(({ description, name }) =>
          html`<tr><th scope="row"><code>${name}</code></th><td>${prose(description)}</td></tr>`
        )
      }</tbody></table>`,
      "Headers of webhooks"
    )
  }</section>`

// Folded: there are many, and a link to one opens it.
const schemaSection = ([name, schema]: readonly [string, JsonSchema]): Html =>
  html`<details><summary><code>${name}</code> ${schema.description ?? ""}</summary><div id="schema-${name}">${
    wide(schema.properties === undefined ? html`<p>${schemaText(schema)}</p>` : fieldsTable(schema), `Schema ${name}`)
  }</div></details>`

/** The page. */
export const docsPage = (document: OpenApiDocument): string => {
  const { components, info, tags } = document
  const operations = operationsOf(document)
  const groups = tags.map(({ description = "", name }) => ({
    description,
    title: name.replaceAll("-", " "),
    own: operations.filter((operation) => operation.tags.includes(name))
  }))
  // A problem looks the same under every status; it is described once.
  const schemas = Object.entries(components.schemas).filter(([name]) => !/^Problem\d/.test(name))
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
    groups.map(({ own, title }) =>
      html`<h2>${title}</h2><ul>${
        own.map(({ operationId, summary }) => html`<li><a href="#${operationId}">${summary}</a></li>`)
      }</ul>`
    )
  }<h2>More</h2><ul><li><a href="#webhooks">Webhooks</a></li><li><a href="#problems">Refusals</a></li><li><a href="#schemas">Schemas</a></li></ul></nav>
<main id="content">${
    groups.map(({ description, own, title }) =>
      html`<h2>${title}</h2><p>${description}</p>${own.map(operationSection)}`
    )
  }${webhooks(document)}${problems(components.schemas["Problem400"] ?? {})}<h2 id="schemas">Schemas</h2>${
    schemas.map(schemaSection)
  }</main></body></html>
`.html
}
