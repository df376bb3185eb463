import { expect, it } from "vitest"
import { RequestWriter } from "../src/request/RequestWriter.ts"
import { country, text } from "../src/request/Rule.ts"

it("a field that breaks a rule in two places of a request is named once, and its neighbours all the same", () => {
  const writer = new RequestWriter({ shorten: false })
  writer.object("billTo", { country: "nl", city: "" }, (billTo) => {
    writer.checked("country", billTo.country, country)
    writer.checked("country", billTo.country, country)
    writer.checked("city", billTo.city, text(35))
  })
  writer.refuse("billTo.country", { limit: "another-rule", message: "another rule" }, "text of 2 characters")
  expect(writer.problems.map(({ limit, path }) => [path, limit])).toEqual([
    ["billTo.country", "country"],
    ["billTo.city", "text-35"]
  ])
})
