import { expect, it } from "vitest"
import { requestBytesMax } from "../src/limits.ts"
import { readXml } from "../src/xml/readXml.ts"

/** Below this, what is measured is the scheduler and the garbage collector. */
const leastMs = 5
const roundsMax = 8

it.each<[what: string, document: (size: number) => string]>([
  ["blanks", (size) => `<a>${" ".repeat(size)}</a>`],
  ["blanks within a tag", (size) => `<a${" ".repeat(size)}/>`],
  ["blanks within a tag that never ends", (size) => `<a${" ".repeat(size)}`],
  ["one attribute", (size) => `<a b="${"'".repeat(size)}"/>`],
  ["one name", (size) => `<${"a".repeat(size)}/>`],
  ["one comment", (size) => `<a><!--${"- ".repeat(size / 2)}--></a>`],
  ["one section", (size) => `<a><![CDATA[${"]".repeat(size)} ]]></a>`],
  ["a section that never ends", (size) => `<a><![CDATA[${"] ".repeat(size / 2)}`],
  ["references", (size) => `<a>${"&#32;".repeat(size / 5)}</a>`],
  ["small elements", (size) => `<a>${"<b c=\"1\">2</b>".repeat(size / 40)}</a>`]
])("the work of reading a request made of %s grows with its size and no faster", (_what, document) => {
  const documents = [8, 4, 2, 1].map((part) => document(requestBytesMax / part))
  const best = documents.map(() => Number.POSITIVE_INFINITY)
  let ratio = Number.POSITIVE_INFINITY
  // The best times of all rounds count: one that met a pause of the machine is mended by a later one.
  for (let round = 0; round < roundsMax && ratio >= 27; round++) {
    for (const [index, text] of documents.entries()) {
      const startedAt = performance.now()
      readXml(text)
      best[index] = Math.min(best[index]!, performance.now() - startedAt)
    }
    ratio = best.at(-1)! / Math.max(best[0]!, leastMs)
  }
  // Three times as long for twice the size, three times over.
  expect(ratio, `milliseconds at each size: ${best.map((ms) => ms.toFixed(1)).join(", ")}`).toBeLessThan(27)
})
