import { describe, expect, it } from "vitest"
import { rejectionKind } from "../src/gateway/rejectionKind.ts"

describe("error codes of Docdata", () => {
  it.each([
    ["refused", ["REQUEST_DATA_INCORRECT"]],
    ["refused", ["REQUEST_DATA_INCORRECT", "REQUEST_DATA_MISSING"]],
    ["credentials", ["SECURITY_ERROR"]],
    ["credentials", ["REQUEST_DATA_INCORRECT", "SECURITY_ERROR"]],
    ["internal", ["REQUEST_DATA_INCORRECT", "INTERNAL_ERROR"]],
    ["internal", ["REQUEST_DATA_BRAND_NEW"]],
    ["internal", [""]]
  ])("mean %s for %j", (kind, codes) => {
    expect(rejectionKind(codes)).toBe(kind)
  })
})
