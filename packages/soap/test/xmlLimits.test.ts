import { describe, expect, it } from "vitest"
import { defaultXmlLimits, readStatusReply, type XmlLimits } from "../src/index.ts"
import { readXml } from "./readTree.ts"
import { bytesOf, refusalOf, reply, valueOf } from "./replies.ts"

const megabyte = 1_000_000
const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length))

/**
 * A limit is hit while the text is read, before fast-xml-parser gets to see any of it, so what matters is
 * how far the scan came: that far it cost, and no further.
 */
describe("hostile documents are refused by a partial scan of their text", () => {
  it.each<[what: string, document: string, limit: keyof XmlLimits, byteOffset: number]>([
    ["a megabyte of empty siblings", `<a>${fill("<b/>", megabyte)}</a>`, "elementsMax", 3 + 4 * (65_000 - 1)],
    ["a megabyte of small siblings", `<a>${fill("<b>1</b>", megabyte)}</a>`, "elementsMax", 3 + 8 * (65_000 - 1)],
    ["20,000 deep", "<a>".repeat(20_000) + "</a>".repeat(20_000), "depthMax", 3 * 16],
    ["20,000 deep and never closed", "<a>".repeat(20_000), "depthMax", 3 * 16],
    [
      "50,000 attributes on one element",
      `<a ${Array.from({ length: 50_000 }, (_, index) => `a${10_000 + index}=""`).join(" ")}/>`,
      "attributesPerElementMax",
      3 + 10 * 16
    ],
    [
      "50,000 attributes on as many elements",
      `<a>${`<b c=""/>`.repeat(50_000)}</a>`,
      "attributesMax",
      3 + 9 * 20_000 + 3
    ],
    ["a megabyte of text", `<a>${fill("1", megabyte)}</a>`, "textLengthMax", 3],
    ["a megabyte of references", `<a>${fill("&amp;", megabyte)}</a>`, "textLengthMax", 3],
    ["a megabyte of sections", `<a>${fill("<![CDATA[xx]]>", megabyte)}</a>`, "textLengthMax", 3 + 14 * 1170],
    ["a megabyte in one section", `<a><![CDATA[${fill("1", megabyte)}]]></a>`, "textLengthMax", 3],
    ["a megabyte of white space", `<a>${fill(" ", megabyte)}<b/></a>`, "textLengthMax", 3],
    ["a megabyte of attribute", `<a b="${fill("1", megabyte)}"/>`, "textLengthMax", 6]
  ])("%s", (_what, document, name, byteOffset) => {
    const refused = refusalOf(readXml(bytesOf(document)))
    expect({ limit: refused.limit, byteOffset: refused.position.byteOffset }).toEqual({
      limit: { name, max: defaultXmlLimits[name] },
      byteOffset
    })
  })

  it("more bytes than allowed are not even decoded", () => {
    const refused = refusalOf(readStatusReply(new Uint8Array(defaultXmlLimits.bytesMax + 1)))
    expect(refused).toMatchObject({
      reason: "too-many-bytes",
      limit: { name: "bytesMax", max: 4_194_304 },
      position: { byteOffset: 4_194_304 }
    })
    expect(refused.message).toBe("the reply is too large (bytesMax is 4194304): line 1, column 4194305")
  })

  it("comments cost nothing but their scan", () => {
    expect(valueOf(readXml(bytesOf(`<a>${fill("<!---->", megabyte)}</a>`))).root.children).toEqual([])
  })
})

describe("limits are inclusive and the caller's to set", () => {
  it.each<[limit: keyof XmlLimits, max: number, document: string]>([
    ["bytesMax", 10, "<a>123</a>"],
    ["depthMax", 3, "<a><b><c/></b></a>"],
    ["elementsMax", 4, "<a><b/><c/><d/></a>"],
    ["attributesPerElementMax", 2, `<a b="" c=""/>`],
    ["attributesMax", 3, `<a b="" c=""><d e=""/></a>`],
    ["textLengthMax", 5, `<a b="12345">&lt;6</a>`],
    ["textLengthMax", 17, "<a>12345<![CDATA[]]></a>"],
    ["textLengthMax", 4, "<a>    <b/>    </a>"]
  ])("%s of %d", (limit, max, document) => {
    const bytes = bytesOf(document)
    expect(valueOf(readXml(bytes, { [limit]: max })).root.name).toBe("a")
    expect(refusalOf(readXml(bytes, { [limit]: max - 1 })).limit).toEqual({ name: limit, max: max - 1 })
  })

  it("a depth above 64 is read as 64", () => {
    const deep = (depth: number) => bytesOf("<a>".repeat(depth) + "</a>".repeat(depth))
    expect(valueOf(readXml(deep(64), { depthMax: 1_000_000 })).root.name).toBe("a")
    expect(refusalOf(readXml(deep(65), { depthMax: 1_000_000 })).limit).toEqual({ name: "depthMax", max: 64 })
  })

  it("reach every operation", () => {
    expect(refusalOf(readStatusReply(reply("status-1.3-paid"), { elementsMax: 5 })).reason).toBe("too-many-elements")
  })

  it("text is counted anew for each element", () => {
    const { root } = valueOf(readXml(bytesOf("<a><b>123</b><b>456</b></a>"), { textLengthMax: 3 }))
    expect(root.children.map(({ text }) => text)).toEqual(["123", "456"])
  })
})
