/**
 * Reading a status reply: the strict pass and typed decoding, against the parser's own validation and
 * parse of the same bytes, which gives an untyped tree. Figures for a person to look at; nothing is asserted.
 */
import { defaultXmlLimits, readStatusReply } from "@docdata/soap"
import { XMLParser, XMLValidator } from "fast-xml-parser"
import { test } from "vitest"
import { statusReply } from "./statusReplies.ts"

// What its documentation advises for untrusted input, and its defaults; but for attributes, without which no reply
// could be read.
const careful = new XMLParser({ ignoreAttributes: false, parseTagValue: false, processEntities: false })
const plain = new XMLParser({ ignoreAttributes: false })
const utf8 = new TextDecoder("utf-8", { fatal: true })

const validateAndParse = (parser: XMLParser, bytes: Uint8Array): unknown => {
  const text = utf8.decode(bytes)
  if (XMLValidator.validate(text) !== true) throw new Error("the reply is malformed")
  return parser.parse(text)
}

// Imports of source modules are getters here; a local is what an importer of the built package has.
const read = readStatusReply

// The last is a reply of 8.5 MB, beyond what a gateway reads by default.
const limits = { ...defaultXmlLimits, bytesMax: 9 * 1024 * 1024, elementsMax: 300_000, attributesMax: 100_000 }

for (const paymentCount of [1, 50, 2_000, 9_500]) {
  test(`${paymentCount} payments`, { timeout: 300_000 }, async ({ bench }) => {
    const bytes = statusReply(paymentCount)
    const results = await bench.compare(
      bench("read", () => read(bytes, limits)),
      bench("validate and parse, careful", () => validateAndParse(careful, bytes)),
      bench("validate and parse, plain", () => validateAndParse(plain, bytes)),
      { time: 2_000, warmupTime: 500, iterations: 16, warmupIterations: 4 }
    )
    const microseconds = (name: "read" | "validate and parse, careful" | "validate and parse, plain") =>
      results.get(name).latency.p50 * 1_000
    const ours = microseconds("read")
    for (const theirs of ["validate and parse, careful", "validate and parse, plain"] as const) {
      const ratio = (ours / microseconds(theirs)).toFixed(2)
      console.log(
        `${paymentCount} payments, ${bytes.length} bytes: read ${ours.toFixed(0)} us ` +
          `(${(ours * 1_000 / bytes.length).toFixed(1)} ns a byte), ` +
          `${theirs} ${microseconds(theirs).toFixed(0)} us, ratio ${ratio}`
      )
    }
  })
}
