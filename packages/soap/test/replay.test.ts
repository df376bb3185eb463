import { expect, it } from "vitest"
import { replay } from "../src/xml/replay.ts"

const deaf = { start: () => undefined, end: () => undefined }

it.each([
  ["fewer elements", "<a/>", [0, 4]],
  ["more elements", "<a><b/></a>", [0]],
  ["no root", "", [0]],
  ["nothing that it can read", "<a", [0]]
])("a reply in which fast-xml-parser sees %s than the strict reader is not read", (_what, document, starts) => {
  expect(replay(document, { starts, namespaces: starts.map(() => "") }, deaf)).toBe(false)
})
