import { problemCatalogue } from "@docdata/contract"
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"

const page = readFileSync(new URL("../../../docs/reference/http.md", import.meta.url), "utf8")

it("the reference page lists exactly the problems of the catalogue, with status, title, retry and exit code", () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (\d{3}) +\| (.+?) +\| (yes|no) +\| (\d) +\|$/gm)].map((
    [, code, status, title, retry, exit]
  ) => [
    code,
    Number(status),
    title,
    retry === "yes",
    Number(exit)
  ])
  expect(rows).toEqual(
    Object.entries(problemCatalogue).map((
      [code, { exit, retryable, status, title }]
    ) => [code, status, title, retryable, exit])
  )
})
