import * as Result from "effect/Result"
import * as fc from "fast-check"
import { XMLValidator } from "fast-xml-parser"
import { ParseOption, XmlDocument, XmlElement as ForeignElement } from "libxml2-wasm"
import { describe, expect, it } from "vitest"
import { readExtendedStatusReply, readStatusReply, type ReplyFailureReason } from "../src/index.ts"
import { readXml } from "../src/xml/readXml.ts"
import type { XmlElement } from "../src/xml/XmlElement.ts"
import { bytesOf, reply, valueOf } from "./replies.ts"

const names = [
  "status-1.3-paid",
  "status-1.0-bare-cancelled",
  "status-1.2-two-attempts",
  "status-1.3-prefixed",
  "status-1.3-every-modification",
  "status-1.3-extensible",
  "status-1.3-errors",
  "status-1.2-error",
  "fault",
  "extended-1.0-risk-checks"
]

/** Without what may follow the root, which no document needs. */
const withoutTail = (bytes: Uint8Array): Uint8Array =>
  bytesOf(new TextDecoder().decode(bytes).replace(/\s+(<!--[^>]*-->\s*)?$/, ""))

describe.each(names)("%s", (name) => {
  it("cut off at any byte is refused", () => {
    const whole = withoutTail(reply(name))
    expect(Result.isSuccess(readStatusReply(whole))).toBe(true)
    for (let length = 0; length < whole.length; length++) {
      if (Result.isSuccess(readXml(whole.subarray(0, length)))) throw new Error(`accepted at ${length}`)
    }
  })
})

// Bytes that mean something to XML come up more often than chance would have them.
const describing = fc.constantFrom(...bytesOf("<>/=\"'&;!?-[]: \n\0#x0aS").values(), 0x80, 0xc3, 0xe2, 0xf0, 0xff)
const byte = fc.oneof(describing, fc.integer({ min: 0, max: 255 }))
const place = fc.integer({ min: 0, max: 0xffff })
const change = fc.oneof(
  fc.record({ how: fc.constant("replace" as const), at: place, byte }),
  fc.record({ how: fc.constant("insert" as const), at: place, byte }),
  fc.record({ how: fc.constant("drop" as const), at: place, length: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ how: fc.constant("repeat" as const), at: place, length: fc.integer({ min: 1, max: 200 }), to: place })
)
type Change = typeof change extends fc.Arbitrary<infer A> ? A : never

const applied = (bytes: Uint8Array, { at: far, ...what }: Change): Uint8Array => {
  const at = far % (bytes.length + 1)
  switch (what.how) {
    case "replace":
      return bytes.with(Math.min(at, bytes.length - 1), what.byte)
    case "insert":
      return Uint8Array.from([...bytes.subarray(0, at), what.byte, ...bytes.subarray(at)])
    case "drop":
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + what.length)])
    case "repeat": {
      const to = what.to % (bytes.length + 1)
      return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(at, at + what.length), ...bytes.subarray(to)])
    }
  }
}

const mutated = fc.tuple(fc.constantFrom(...names.map(reply)), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([bytes, changes]) => changes.reduce((all, one) => all.length === 0 ? all : applied(all, one), bytes))

/**
 * What another parser, written by others in another language, makes of a document; the message of its refusal if it
 * refuses it.
 */
const foreignReading = (bytes: Uint8Array): unknown => {
  let document: XmlDocument | undefined
  try {
    document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NONET })
    return foreignShape(document.root)
  } catch (error) {
    return String(error)
  } finally {
    document?.dispose()
  }
}

type Attribute = readonly [name: string, value: string]

const byName = (attributes: Iterable<Attribute>): ReadonlyArray<Attribute> =>
  [...attributes].toSorted(([a], [b]) => a < b ? -1 : 1)

const foreignShape = (element: ForeignElement): unknown => {
  const children: Array<unknown> = []
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof ForeignElement) children.push(foreignShape(node))
  }
  const attributes = element.attrs.filter(({ prefix }) => prefix === "").map((
    { name, value }
  ): Attribute => [name, value])
  return [
    element.namespaceUri,
    element.name,
    byName(attributes),
    children.length === 0 ? element.content : children
  ]
}

const ourShape = (element: XmlElement): unknown => [
  element.namespace,
  element.name,
  byName(element.attributes),
  element.children.length === 0 ? element.text : element.children.map(ourShape)
]

describe("replies with random changes", () => {
  it("are decoded or refused, and never throw", () => {
    fc.assert(
      fc.property(mutated, (bytes) => {
        for (const result of [readStatusReply(bytes), readExtendedStatusReply(bytes)]) {
          expect(["Success", "Failure"]).toContain(result._tag)
          if (result._tag === "Failure") {
            expect(result.failure.position.byteOffset).toBeLessThanOrEqual(bytes.length)
            expect(result.failure.message).not.toMatch(/[\n<>]/)
          }
        }
      }),
      { numRuns: 3_000 }
    )
  })

  it("that are accepted are accepted by others, who read the same", () => {
    let acceptedCount = 0
    fc.assert(
      fc.property(mutated, (bytes) => {
        const result = readXml(bytes)
        if (Result.isFailure(result)) {
          expect(result.failure.reason).not.toBe("parser-disagrees")
          return
        }
        acceptedCount++
        expect(XMLValidator.validate(result.success.text)).toBe(true)
        const foreign = foreignReading(bytes)
        // It wants the names of namespaces to be addresses; XML only compares them.
        if (typeof foreign === "string" && /not a valid URI|is not absolute/.test(foreign)) return
        expect(ourShape(result.success.root)).toEqual(foreign)
      }),
      { numRuns: 3_000, seed: 1 }
    )
    expect(acceptedCount).toBeGreaterThan(100)
  })

  it("made of XML's own pieces: what is accepted means the same to others, what is refused beyond XML is documented", () => {
    const pieces = [
      "<a>",
      "<b>",
      "</a>",
      "</b>",
      "<a/>",
      `<b c="1"/>`,
      `<a c='&lt;' d="2">`,
      `<p:a xmlns:p="urn:p">`,
      "</p:a>",
      `<a xmlns="urn:q">`,
      "x",
      "0",
      " ",
      "\n",
      "\r\n",
      "&amp;",
      "&#x41;",
      "&#10;",
      "<![CDATA[",
      "]]>",
      "<![CDATA[y]]>",
      "<!-- z -->",
      "<!--",
      "-->",
      "<?p i?>",
      ">",
      "'",
      "]]",
      "é"
    ]
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 12 })
    const wrapped = fc.oneof(soup.map((all) => all.join("")), soup.map((all) => `<a>${all.join("")}</a>`))
    const documented: ReadonlyArray<ReplyFailureReason> = ["mixed-content", "processing-instruction"]
    let acceptedCount = 0
    fc.assert(
      fc.property(wrapped, (document) => {
        const bytes = bytesOf(document)
        const result = readXml(bytes)
        const foreign = foreignReading(bytes)
        if (Result.isSuccess(result)) {
          acceptedCount++
          expect(ourShape(result.success.root)).toEqual(foreign)
        } else if (typeof foreign !== "string") {
          expect(documented).toContain(result.failure.reason)
        }
      }),
      { numRuns: 5_000, seed: 1 }
    )
    expect(acceptedCount).toBeGreaterThan(100)
  })

  it("arbitrary bytes are refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(Result.isFailure(readStatusReply(bytes))).toBe(true)
      }),
      { numRuns: 1_000 }
    )
  })
})

describe("the recorded replies", () => {
  it.each([...names, "extended-1.3-every-kind"])("%s means the same to another parser", (name) => {
    expect(ourShape(valueOf(readXml(reply(name))).root)).toEqual(foreignReading(reply(name)))
  })
})
