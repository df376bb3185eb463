/**
 * What views do with amounts: every one has its currency.
 */
import { Finding } from "@docdata/domain/schema"
import { describe, expect, it } from "vitest"
import { dataView } from "../src/views/observationView.ts"

/** Whole numbers of findings that are no amounts. */
const counts = new Set(["ageDays", "position"])
const instants = new Set(["lapsesAtMs"])

interface Field {
  readonly ast: { readonly _tag: string }
}

const numbers = Finding.members.flatMap(({ fields }) =>
  Object.entries<Field>(fields).filter(([, field]) => field.ast._tag === "Number").map(([name]) => name)
)

describe("the data of a finding", () => {
  it("has amounts", () => {
    expect(numbers.length).toBeGreaterThan(10)
  })

  it("tells an instant as one", () => {
    expect(dataView({ lapsesAtMs: 990, currency: "EUR" })).toEqual({ lapsesAt: "1970-01-01T00:00:00.990Z" })
  })

  it.each([...new Set(numbers)].filter((name) => !instants.has(name)))(
    "tells %s with its currency, if it is an amount",
    (name) => {
      const published = dataView({ [name]: 990, currency: "EUR" })
      expect(published).toEqual({ [name]: counts.has(name) ? 990 : { minor: 990, currency: "EUR" } })
    }
  )

  it("takes the order's currency where the finding names none", () => {
    expect(dataView({ registered: 1, gross: 2 }, "JPY")).toEqual({
      registered: { minor: 1, currency: "JPY" },
      gross: { minor: 2, currency: "JPY" }
    })
  })
})
