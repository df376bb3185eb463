/**
 * The OpenAPI 3.1 document: the definition as effect writes it, in the form that foreign tools read best, with examples,
 * webhooks, and per operation the problems that it can answer with.
 */
import * as OpenApi from "effect/http-api/OpenApi"
import type { OpenAPISpec, OpenAPISpecOperation, OpenAPISpecParameter } from "effect/http-api/OpenApi"
import { DocdataApi } from "../DocdataApi.ts"
import { type DescribedResponse, describeResponses } from "./describeResponses.ts"
import { exampleOf } from "./exampleOf.ts"
import { type Components, type JsonSchema, nameOf, tidySchema, withDiscriminator } from "./tidySchema.ts"
import { webhookOperations } from "./webhookOperations.ts"

const options: OpenApi.FromApiOptions = { includeAnnotationKey: (key) => key === "x-integer" }

/** One operation of the document. */
export interface DescribedOperation {
  readonly tags: ReadonlyArray<string>
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly security: ReadonlyArray<unknown>
  readonly parameters: ReadonlyArray<ReturnType<typeof describeParameter>>
  readonly requestBody?: { readonly required: boolean; readonly content: JsonContent }
  readonly responses: Readonly<Record<string, DescribedResponse>>
}

/** A body in JSON. */
interface JsonContent {
  readonly "application/json": { readonly schema: JsonSchema; readonly example: unknown }
}

const describeParameter = ({ in: place, name, required, schema }: OpenAPISpecParameter) => {
  const { description = "", examples, ...rest } = tidySchema(schema)
  const [example] = examples ?? []
  return { name, in: place, required, description, schema: rest, ...(example === undefined ? {} : { example }) }
}

const describeBody = (
  { requestBody }: OpenAPISpecOperation,
  components: Components
): Pick<DescribedOperation, "requestBody"> => {
  const json = requestBody?.content["application/json"]
  if (json === undefined || !("schema" in json)) return {}
  const schema = tidySchema(json.schema)
  const content: JsonContent = { "application/json": { schema, example: exampleOf(schema, components) } }
  return { requestBody: { required: true, content } }
}

const describeOperation = (operation: OpenAPISpecOperation, components: Components): DescribedOperation => ({
  tags: operation.tags,
  operationId: operation.operationId,
  summary: operation.summary ?? operation.operationId,
  description: operation.description ?? "",
  security: operation.security,
  parameters: operation.parameters.map(describeParameter),
  ...describeBody(operation, components),
  responses: describeResponses(operation.responses, components)
})

/** The names of schemas that a part of the document leads to. */
const referred = (part: unknown): ReadonlyArray<string> =>
  [...JSON.stringify(part).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => nameOf(ref!))

/** Without schemas that nothing leads to: most problems have a status that no operation answers with. */
const reachable = (components: Components, from: unknown): Components => {
  const names = new Set(referred(from))
  for (const name of names) for (const further of referred(components[name] ?? {})) names.add(further)
  return Object.fromEntries(
    Object.entries(components).filter(([name]) => names.has(name)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  )
}

const isOperation = (part: unknown): part is OpenAPISpecOperation =>
  typeof part === "object" && part !== null && "operationId" in part

const tidyComponents = (schemas: Components): Components => {
  const tidied = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, tidySchema(schema)]))
  return Object.fromEntries(
    Object.entries(tidied).map(([name, schema]) => [name, withDiscriminator(schema, tidied)])
  )
}

const documentOf = ({ components, info, openapi, paths, security, servers, tags }: OpenAPISpec) => {
  const schemas = tidyComponents(components.schemas)
  const operations = Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const own = Object.entries(item).flatMap(([method, part]) =>
        isOperation(part) ? [[method, describeOperation(part, schemas)] as const] : []
      )
      return [path, Object.fromEntries(own)]
    })
  )
  const webhooks = webhookOperations(schemas)
  return {
    openapi,
    info,
    servers,
    tags,
    security,
    paths: operations,
    webhooks,
    components: { ...components, schemas: reachable(schemas, [operations, webhooks]) }
  }
}

/** The document, ready to be written as JSON. */
export type OpenApiDocument = ReturnType<typeof documentOf>

/** Makes the document. */
export const openApiDocument = (): OpenApiDocument => documentOf(OpenApi.fromApi(DocdataApi, options))
