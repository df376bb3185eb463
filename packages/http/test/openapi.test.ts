/**
 * The OpenAPI document: valid for software that knows nothing of ours.
 */
import { Validator } from "@seriousme/openapi-schema-validator"
import { Ajv2020 } from "ajv/dist/2020.js"
import * as OpenApi from "effect/http-api/OpenApi"
import { expect, it } from "vitest"
import { DocdataApi } from "../src/api/DocdataApi.ts"

const document = JSON.parse(JSON.stringify(OpenApi.fromApi(DocdataApi)))

it("is valid OpenAPI 3.1", async () => {
  expect(document.openapi).toBe("3.1.0")
  expect(await new Validator().validate(document)).toEqual({ valid: true })
})

it("has schemas that compile, without a keyword that JSON Schema does not know", () => {
  const $defs = JSON.parse(JSON.stringify(document.components.schemas).replaceAll("#/components/schemas/", "#/$defs/"))
  const ajv = new Ajv2020({ strict: true, allErrors: true })
  for (const name of Object.keys($defs)) {
    expect(() => ajv.compile({ $defs, $ref: `#/$defs/${name}` }), name).not.toThrow()
  }
})
