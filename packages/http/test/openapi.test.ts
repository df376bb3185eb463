/**
 * The OpenAPI document: valid for software that knows nothing of ours, and complete for people.
 */
import { Validator } from "@seriousme/openapi-schema-validator"
import { describe, expect, it } from "vitest"
import { document, type JsonSchema, operations, validatorOf } from "./inputs/apiDocument.ts"

it("is valid OpenAPI 3.1", async () => {
  expect(document.openapi).toBe("3.1.0")
  expect(await new Validator().validate(document)).toEqual({ valid: true })
})

it("has schemas that compile, without a keyword that JSON Schema does not know", () => {
  for (const name of Object.keys(document.components.schemas)) {
    expect(() => validatorOf({ $ref: `#/components/schemas/${name}` }), name).not.toThrow()
  }
})

const text = JSON.stringify(document)

it("says where the service is, its licence and what each tag is about", () => {
  expect(document.servers).toEqual([{ url: "/", description: expect.stringMatching(/\.$/) }])
  expect(document.info.license).toMatchObject({ name: "MIT" })
  for (const { description } of document.tags) expect(description).toMatch(/\.$/)
})

it("asks for no Unicode property, no bound that is none, and no union of one", () => {
  expect(text).not.toContain("\\\\p{")
  expect(text).not.toMatch(/"(minimum|maximum)":-?9007199254740991/)
  expect(text).not.toMatch(/"(anyOf|oneOf|allOf)":\[[^[\]{}]*\{[^{}]*\}\]/)
})

it.each(["Event", "WebhookBody", "Modification", "Buyer"])("tells the kinds of %s apart by a discriminator", (name) => {
  const { discriminator, oneOf } = document.components.schemas[name]
  expect(oneOf.length).toBeGreaterThan(1)
  expect(Object.values(discriminator.mapping)).toEqual(oneOf.map(({ $ref }: { readonly $ref: string }) => $ref))
})

it("describes every field of every schema, each amount by Money and each moment as ISO 8601", () => {
  const missing: Array<string> = []
  for (const [name, schema] of Object.entries<JsonSchema>(document.components.schemas)) {
    // What the kernel compares is described by its own words.
    if (name === "Comparison") continue
    for (const [field, part] of Object.entries(schema.properties ?? {})) {
      if (part.description === undefined) missing.push(`${name}.${field}`)
      if (/Ms$|Minor$/.test(field) && field !== "durationMs") missing.push(`${name}.${field}: its name has a unit`)
      if (/^(at|since)$|At$|Until$/.test(field) && part.format !== "date-time") {
        missing.push(`${name}.${field}: no moment`)
      }
    }
  }
  expect(missing).toEqual([])
})

it("shows webhooks that their own schema allows, one of each type", () => {
  const { examples, schema } = document.webhooks.event.post.requestBody.content["application/json"]
  const validate = validatorOf(schema)
  expect(Object.keys(examples)).toHaveLength(document.components.schemas.WebhookBody.oneOf.length)
  for (const [type, { value }] of Object.entries<{ readonly value: unknown }>(examples)) {
    expect([type, validate(value), validate.errors]).toEqual([type, true, null])
  }
})

it("names every operation once", () => {
  const ids = operations.map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(operations.map((operation) => [operation.operationId, operation] as const))("%s", (_id, operation) => {
  it("says what it does, what it takes and how it refuses", () => {
    expect(operation.summary ?? "").toMatch(/^[A-Z].{3,60}$/)
    expect((operation.description ?? "").length).toBeGreaterThan(20)
    for (const { description, name } of operation.parameters) expect(description ?? "", name).toMatch(/^[A-Z].+\.$/)
    for (const { description } of Object.values(operation.responses)) expect(description).toMatch(/^.+\.$/)
    expect(Object.keys(operation.responses)).toEqual(
      expect.arrayContaining(["400", "401", "413", "415", "429", "500"])
    )
  })

  it("shows answers that their own schemas allow", () => {
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      for (const { example, examples = {}, schema } of Object.values(content)) {
        const validate = validatorOf(schema!)
        const shown = example === undefined ? Object.values(examples).map(({ value }) => value) : [example]
        expect(shown.length).toBeGreaterThan(0)
        for (const value of shown) expect([status, validate(value), validate.errors]).toEqual([status, true, null])
      }
    }
  })

  it("is for holders of a key", () => {
    expect(operation.security).toEqual([{ key: [] }])
  })

  it("shows a body that its own schema allows, if it takes one", () => {
    const content = operation.requestBody?.content["application/json"]
    if (content?.schema === undefined) return
    const validate = validatorOf(content.schema)
    expect(content.example).toBeDefined()
    expect([validate(content.example), validate.errors]).toEqual([true, null])
  })
})
