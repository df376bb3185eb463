import { problemCatalogue } from "@docdata/contract"
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"

const page = readFileSync(new URL("../../../docs/reference/http.md", import.meta.url), "utf8")

it("the reference page lists exactly the problems of the catalogue, with their status and title", () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (\d{3}) +\| (.+?) +\|$/gm)].map(([, code, status, title]) => [
    code,
    Number(status),
    title
  ])
  expect(rows).toEqual(Object.entries(problemCatalogue).map(([code, { status, title }]) => [code, status, title]))
})
