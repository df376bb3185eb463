import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { readStatusReply } from "../src/index.ts"
import type { XmlReason } from "../src/index.ts"
import { readXml } from "./readTree.ts"
import { bytesOf, payment, refusalOf, reply, statusReply, valueOf } from "./replies.ts"

/** A document, the reason for which it is refused, and the byte at which. */
type Row = readonly [what: string, document: string, reason: XmlReason, byteOffset: number]

const refuses = (rows: ReadonlyArray<Row>): void => {
  it.each(rows)("%s", (_what, document, reason, byteOffset) => {
    const refused = refusalOf(readXml(bytesOf(document)))
    expect({ reason: refused.reason, byteOffset: refused.position.byteOffset }).toEqual({ reason, byteOffset })
  })
}

const textOf = (document: string): string => valueOf(readXml(bytesOf(document))).root.text

describe("what fast-xml-parser alone would have accepted", () => {
  refuses([
    ["crossed tags", "<a><b></a></b>", "mismatched-tag", 6],
    ["an end tag with a longer name", "<a></ab>", "mismatched-tag", 3],
    ["an end tag with a shorter name", "<ab></a>", "mismatched-tag", 4],
    ["an end tag in another case", "<total>1</Total>", "mismatched-tag", 8],
    ["an end tag without a start tag", "<a/></a>", "mismatched-tag", 4],
    ["two roots", "<a/><b/>", "second-root", 4],
    ["the same root twice", "<a></a><a></a>", "second-root", 7],
    ["text before the root", "x<a/>", "text-outside-root", 0],
    ["text after the root", "<a/>x", "text-outside-root", 4],
    ["a reference after the root", "<a/>&#120;", "text-outside-root", 4],
    ["a section after the root", "<a/><![CDATA[x]]>", "text-outside-root", 4],
    ["nothing at all", "", "truncated", 0],
    ["nothing but white space", " \n", "truncated", 2],
    ["nothing but a declaration", `<?xml version="1.0"?>`, "truncated", 21],
    ["a doubled attribute", `<a b="1" b="2"/>`, "duplicate-attribute", 9],
    ["a doubled attribute, not side by side", `<a b="1" bb="2" b="3"/>`, "duplicate-attribute", 16],
    ["NUL in text", "<a>1\u00002</a>", "illegal-character", 4],
    ["NUL in an attribute", `<a b="\u0000"/>`, "illegal-character", 6],
    ["NUL in a comment", "<!--\u0000--><a/>", "illegal-character", 4],
    ["NUL in a section", "<a><![CDATA[\u0000]]></a>", "illegal-character", 12],
    ["an escape character", "<a>\u001b[2J</a>", "illegal-character", 3],
    ["U+FFFE", "<a>\ufffe</a>", "illegal-character", 3],
    ["U+FFFF", "<a>\uffff</a>", "illegal-character", 3],
    ["a number between elements", "<a>1<b/>0</a>", "mixed-content", 4],
    ["text after an element", "<a><b/>0</a>", "mixed-content", 7],
    ["a section after an element", "<a><b/><![CDATA[0]]></a>", "mixed-content", 7],
    ["text around a comment", "<a>1<!-- -->0</a>", "mixed-content", 4],
    ["a processing instruction in text", "<a>1<?x?>0</a>", "processing-instruction", 4],
    ["a processing instruction before the root", "<?x y?><a/>", "processing-instruction", 0],
    ["a style sheet", `<?xml-stylesheet href="a"?><a/>`, "processing-instruction", 0]
  ])

  it("halves of surrogate pairs are no UTF-8", () => {
    const lone = Uint8Array.of(0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e)
    const refused = refusalOf(readXml(lone))
    expect(refused).toMatchObject({ reason: "not-utf-8", position: { byteOffset: 3, line: 1, column: 4 } })
  })
})

describe("document types and entities", () => {
  const report = statusReply(payment("1"))
  const withDoctype = (doctype: string, document = report): string => `${doctype}\n${document}`
  refuses([
    ["a redefined &lt;", withDoctype(`<!DOCTYPE a [<!ENTITY lt "999">]>`, "<a>&lt;</a>"), "doctype", 0],
    ["a redefined &amp;", withDoctype(`<!DOCTYPE a [<!ENTITY amp "999">]>`, "<a>&amp;</a>"), "doctype", 0],
    ["an amount as an entity", withDoctype(`<!DOCTYPE a [<!ENTITY paid "2420">]>`, "<a>&paid;</a>"), "doctype", 0],
    ["an external document type", withDoctype(`<!DOCTYPE a SYSTEM "http://example.test/a.dtd">`), "doctype", 0],
    ["an external entity", withDoctype(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>`), "doctype", 0],
    [
      "nested entities",
      withDoctype(`<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>`, "<a>&c;</a>"),
      "doctype",
      0
    ],
    ["a document type inside the root", "<a><!DOCTYPE a></a>", "doctype", 3],
    ["an entity declaration on its own", `<a><!ENTITY x "y"></a>`, "doctype", 3],
    ["an unknown entity", "<a>&paid;</a>", "reference", 3],
    ["an entity of HTML", "<a>&eacute;</a>", "reference", 3],
    ["an entity in another case", "<a>&AMP;</a>", "reference", 3],
    ["an entity named like an object's property", "<a>&constructor;</a>", "reference", 3],
    ["a bare ampersand", "<a>R&D</a>", "reference", 4],
    ["an ampersand at the end of text", "<a>R&</a>", "reference", 4],
    ["an empty reference", "<a>&;</a>", "reference", 3],
    ["a reference without digits", "<a>&#;</a>", "reference", 3],
    ["a reference with a capital X", "<a>&#X41;</a>", "reference", 3],
    ["a reference to NUL", "<a>&#0;</a>", "reference", 3],
    ["a reference to an escape character", "<a>&#27;</a>", "reference", 3],
    ["a reference to half a surrogate pair", "<a>&#xD800;</a>", "reference", 3],
    ["a reference to U+FFFE", "<a>&#xFFFE;</a>", "reference", 3],
    ["a reference beyond Unicode", "<a>&#x110000;</a>", "reference", 3],
    ["a reference with too many zeros", "<a>&#00000000065;</a>", "reference", 3],
    ["an unknown entity in an attribute", `<a b="&paid;"/>`, "reference", 6]
  ])

  it.each([
    ["the five names", "<a>&lt;&gt;&amp;&apos;&quot;</a>", `<>&'"`],
    ["decimal numbers", "<a>Caf&#233;</a>", "Café"],
    ["hexadecimal numbers", "<a>Caf&#xE9; &#x1f600;</a>", "Café 😀"],
    ["R&D", "<a>R&amp;D</a>", "R&D"],
    ["text that looks like a reference afterwards, once", "<a>&amp;lt; &#38;#60;</a>", "&lt; &#60;"],
    ["white space by number", "<a>&#9;&#10;&#13;</a>", "\t\n\r"]
  ])("decodes %s", (_what, document, text) => {
    expect(textOf(document)).toBe(text)
  })

  it("decodes references in attributes", () => {
    const { root } = valueOf(readXml(bytesOf(`<a b="R&amp;D &#xE9;" c='&quot;"'/>`)))
    expect(Object.fromEntries(root.attributes)).toEqual({ b: "R&D é", c: `""` })
  })

  it("normalises white space of attributes as written, not as referenced", () => {
    const { root } = valueOf(readXml(bytesOf(`<a b="1\t2\r\n3\n4&#10;5"/>`)))
    expect(root.attributes.get("b")).toBe("1 2 3 4\n5")
  })
})

describe("the declaration and the encoding", () => {
  refuses([
    ["XML 1.1", `<?xml version="1.1"?><a/>`, "xml-version", 0],
    ["UTF-16 declared", `<?xml version="1.0" encoding="UTF-16"?><a/>`, "xml-encoding", 0],
    ["Latin-1 declared", `<?xml version='1.0' encoding='ISO-8859-1'?><a/>`, "xml-encoding", 0],
    ["a blank line before it", `\n<?xml version="1.0"?><a/>`, "xml-declaration", 1],
    ["a second one", `<?xml version="1.0"?><?xml version="1.0"?><a/>`, "xml-declaration", 21],
    ["no version", `<?xml encoding="UTF-8"?><a/>`, "xml-declaration", 0],
    ["parts in another order", `<?xml encoding="UTF-8" version="1.0"?><a/>`, "xml-declaration", 0],
    ["an unknown part", `<?xml version="1.0" mood="good"?><a/>`, "xml-declaration", 0],
    ["one that never ends", `<?xml version="1.0"${" ".repeat(5_000)}?><a/>`, "xml-declaration", 0],
    ["one that is cut off", `<?xml version="1.0"`, "truncated", 19]
  ])

  it.each([
    ["none", "<a>1</a>"],
    ["white space instead of one", "\n<a>1</a>"],
    ["single quotes", "<?xml version='1.0' encoding='UTF-8'?><a>1</a>"],
    ["small letters and standalone", `<?xml version="1.0" encoding="utf-8" standalone="yes" ?>\n<a>1</a>`],
    ["a byte order mark", "\ufeff<?xml version=\"1.0\"?><a>1</a>"]
  ])("accepts %s", (_what, document) => {
    expect(textOf(document)).toBe("1")
  })

  it("a second byte order mark is text", () => {
    expect(refusalOf(readXml(bytesOf("\ufeff\ufeff<a/>"))).reason).toBe("text-outside-root")
  })

  it("positions count the byte order mark as bytes, not as a column", () => {
    const refused = refusalOf(readXml(bytesOf("\ufeff<a>\r\n\ré&x;</a>")))
    expect(refused.position).toEqual({ byteOffset: 11, line: 3, column: 2 })
  })

  it.each([
    ["Latin-1", [0xe9, 0x20], 0],
    ["a lone continuation byte", [0x80], 0],
    ["a character spelt too long", [0xc0, 0xaf], 0],
    ["a three-byte character spelt too long", [0xe0, 0x80, 0xaf], 0],
    ["a four-byte character spelt too long", [0xf0, 0x80, 0x80, 0xaf], 0],
    ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80], 0],
    ["a byte that no character has", [0xff], 0],
    ["a broken character after good ones", [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0x28], 9],
    ["UTF-16 with its mark", [0xff, 0xfe, 0x3c, 0x00], 0]
  ])("refuses bytes that are no UTF-8: %s", (_what, bytes, offset) => {
    const refused = refusalOf(readXml(Uint8Array.from([...bytesOf("<a>"), ...bytes, ...bytesOf("</a>")])))
    expect(refused).toMatchObject({ reason: "not-utf-8", position: { byteOffset: 3 + offset } })
  })

  it("refuses a character that the end cuts in half", () => {
    const refused = refusalOf(readXml(Uint8Array.from([...bytesOf("<a>"), 0xe2, 0x82])))
    expect(refused).toMatchObject({ reason: "not-utf-8", position: { byteOffset: 5 } })
  })

  it("UTF-16 without a mark is full of NUL", () => {
    const utf16 = Uint8Array.from([...bytesOf("<a/>")].flatMap((byte) => [byte, 0]))
    expect(refusalOf(readXml(utf16)).reason).toBe("malformed-tag")
  })
})

describe("tags, comments and sections", () => {
  refuses([
    ["a blank before the name", "< a/>", "malformed-tag", 1],
    ["a name that begins with a digit", "<1a/>", "malformed-tag", 1],
    ["a name that is not ASCII", "<é/>", "malformed-tag", 1],
    ["a name with two colons", `<a:b:c xmlns:a="x"/>`, "malformed-tag", 4],
    ["a name that ends in a colon", "<a:/>", "malformed-tag", 1],
    ["a name that begins with a colon", "<:a/>", "malformed-tag", 1],
    ["an attribute without a value", "<a b/>", "malformed-tag", 4],
    ["an attribute without quotes", "<a b=1/>", "malformed-tag", 5],
    ["attributes without a blank between", `<a b="1"c="2"/>`, "malformed-tag", 8],
    ["a tag in an attribute", `<a b="<"/>`, "malformed-tag", 6],
    ["a slash that closes nothing", "<a / >", "malformed-tag", 4],
    ["an end tag with an attribute", `<a></a b="1">`, "malformed-tag", 7],
    ["an end tag that is empty", "<a></>", "malformed-tag", 5],
    ["a tag inside a tag", "<a <b/>></a>", "malformed-tag", 3],
    ["a comment with two hyphens", "<a><!-- -- --></a>", "malformed-markup", 10],
    ["a comment that ends in three hyphens", "<a><!-- ---></a>", "malformed-markup", 10],
    ["the end of a section in text", "<a>]]></a>", "malformed-markup", 3],
    ["an unknown section", "<a><![INCLUDE[x]]></a>", "malformed-markup", 3],
    ["a section marker in small letters", "<a><![cdata[x]]></a>", "malformed-markup", 3],
    ["a tag that is cut off", "<a><b", "truncated", 5],
    ["an attribute that is cut off", `<a b="1`, "truncated", 7],
    ["an end tag that is cut off", "<abc></ab", "truncated", 9],
    ["a reference that is cut off", "<a>&am", "truncated", 6],
    ["a comment that is cut off", "<a><!-- x > ", "truncated", 12],
    ["a section that is cut off", "<a><![CDATA[ x > ", "truncated", 17],
    ["a root that is not closed", "<a><b></b>\n", "truncated", 11]
  ])

  it.each([
    ["text as written, white space included", "<a>  1 \n</a>", "  1 \n"],
    ["a no-break space", "<a>\u00a01</a>", "\u00a01"],
    ["line ends as XML has them", "<a>1\r\n2\r3</a>", "1\n2\n3"],
    ["a section as text, without looking for references", "<a><![CDATA[<b> & ]] &amp; ]]></a>", "<b> & ]] &amp; "],
    ["text and sections together, in order", "<a>1<![CDATA[2]]>3<![CDATA[]]></a>", "123"],
    ["no text", "<a></a>", ""],
    ["no content", "<a/>", ""],
    ["an element with nothing but a comment", "<a><!-- 1 --></a>", ""],
    ["a comment with a tag in it", "<a><!-- <b> & ]]> --></a>", ""],
    ["blanks wherever XML allows them", `<a\tb = "1"\n>x</a >`, "x"],
    ["brackets in text", "<a>]] ]>]</a>", "]] ]>]"],
    ["a greater-than sign in an attribute and in text", `<a b=">">></a>`, ">"]
  ])("reads %s", (_what, document, text) => {
    expect(textOf(document)).toBe(text)
  })

  it("drops white space between elements and keeps their order", () => {
    const { root } = valueOf(readXml(bytesOf("<a>\n <b>1</b>\n <!-- x --> <c/>\n <b>2</b>\n</a>\n<!-- y -->\n")))
    expect(root.text).toBe("")
    expect(root.children.map(({ name, text }) => `${name}${text}`)).toEqual(["b1", "c", "b2"])
  })
})

describe("names that objects have anyway", () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "__defineGetter__"]

  it.each(names)("%s is an element like any other that nobody asks for", (name) => {
    const clean = valueOf(readStatusReply(bytesOf(statusReply(payment("1")))))
    for (const dirt of [`<${name}><id>9</id></${name}>`, `<${name}>1</${name}>`, `<${name}/>`, `<${name} a="1"/>`]) {
      expect(valueOf(readStatusReply(bytesOf(statusReply(dirt + payment("1") + dirt))))).toEqual(clean)
    }
    expect(({} as Record<string, unknown>)["id"]).toBeUndefined()
  })

  it.each(names)("%s is an attribute like any other that nobody asks for", (name) => {
    const { root } = valueOf(readXml(bytesOf(`<a ${name}="1" b="2"/>`)))
    expect([...root.attributes]).toEqual([[name, "1"], ["b", "2"]])
  })

  it("is not found where the element it stands for is missing", () => {
    const refused = refusalOf(readStatusReply(bytesOf(statusReply("<payment><constructor/></payment>"))))
    expect(refused).toMatchObject({
      reason: "missing-element",
      path: "statusResponse/statusSuccess/report/payment/id"
    })
  })
})

describe("a refusal", () => {
  it("says where in lines and columns", () => {
    const refused = refusalOf(readXml(bytesOf("<a>\n  <é>\n</a>")))
    expect(refused.position).toEqual({ byteOffset: 7, line: 2, column: 4 })
    expect(refused.message).toBe("a tag, attribute or name is malformed: line 2, column 4")
  })

  it("never repeats the reply", () => {
    const secret = "s3cret"
    const documents = [
      `<${secret}><${secret}></x></${secret}>`,
      `<a ${secret}="${secret}" ${secret}="${secret}"/>`,
      `<a>&${secret};</a>`,
      `<!DOCTYPE ${secret}>`,
      `<?${secret}?>`,
      `<${secret}:a/>`,
      `${secret}<a/>`,
      `<${secret} xmlns="urn:${secret}"/>`,
      statusReply(`<payment><id>${secret}</id></payment>`),
      statusReply(payment("1", `<status>${secret}</status><amount currency="${secret}">1</amount>`)),
      statusReply(payment("1", `<status>${secret}</status><amount currency="EUR">${secret}</amount>`))
    ]
    for (const document of documents) {
      expect(JSON.stringify(refusalOf(readStatusReply(bytesOf(document))))).not.toContain(secret)
    }
  })

  it("is the same each time", () => {
    const cut = reply("status-1.3-paid").subarray(0, 900)
    expect(readStatusReply(cut)).toEqual(readStatusReply(cut))
    expect(Result.isFailure(readStatusReply(cut))).toBe(true)
  })
})
