/**
 * The OpenAPI document: valid for software that knows nothing of ours, and complete for people.
 */
import { Validator } from "@seriousme/openapi-schema-validator"
import { describe, expect, it } from "vitest"
import { document, operations, validatorOf } from "./inputs/apiDocument.ts"

it("is valid OpenAPI 3.1", async () => {
  expect(document.openapi).toBe("3.1.0")
  expect(await new Validator().validate(document)).toEqual({ valid: true })
})

it("has schemas that compile, without a keyword that JSON Schema does not know", () => {
  for (const name of Object.keys(document.components.schemas)) {
    expect(() => validatorOf({ $ref: `#/components/schemas/${name}` }), name).not.toThrow()
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
