/**
 * Time against size, for every decoder: twice the size costs less than three times as much. Limits are raised out of
 * the way, so that a single value may be as large as a whole reply.
 */
import type { Operation } from "@docdata/application"
import { describe, expect, it } from "vitest"
import { cleanMessage, decodeReply, displayText, redactXml, type XmlLimits } from "../src/index.ts"
import { bytesOf, namespace1_3, reply, soapNamespace } from "./replies.ts"

const largest = 1024 * 1024

const unlimited: XmlLimits = {
  bytesMax: 64 * largest,
  depthMax: 64,
  elementsMax: largest,
  attributesPerElementMax: 64,
  attributesMax: largest,
  textLengthMax: 2 * largest
}

/** Below this, what is measured is the scheduler and the garbage collector. */
const leastMs = 5

// The best times of all rounds count, so a round that met a pause of the machine is mended by a later one, while work that grows with
// the square of its size takes too long in every round.
const roundsMax = 8

/** Expects that work on inputs of which each is twice as large as the one before takes less than three times as long. */
const expectLinear = (works: ReadonlyArray<() => unknown>): void => {
  const best = works.map(() => Number.POSITIVE_INFINITY)
  let ratio = Number.POSITIVE_INFINITY
  for (let round = 0; round < roundsMax && ratio >= 3 ** (works.length - 1); round++) {
    for (const [index, work] of works.entries()) {
      const startedAt = performance.now()
      work()
      best[index] = Math.min(best[index]!, performance.now() - startedAt)
    }
    ratio = best.at(-1)! / Math.max(best[0]!, leastMs)
  }
  expect(ratio, `milliseconds at each size: ${best.map((ms) => ms.toFixed(1)).join(", ")}`)
    .toBeLessThan(3 ** (works.length - 1))
}

const envelope = (root: string, inner: string): string =>
  `<S:Envelope xmlns:S="${soapNamespace}"><S:Body><${root} xmlns="${namespace1_3}">${inner}</${root}></S:Body></S:Envelope>`

const paymentResponse = (inner: string): string => `<paymentResponse>${inner}</paymentResponse>`
const accepted = paymentResponse("<paymentSuccess><status>AUTHORIZED</status><id>1</id></paymentSuccess>")
const failed = paymentResponse("<paymentError><error code=\"A\">no</error><status>X</status><id>1</id></paymentError>")

/** Replies that have every value the decoder of the operation reads. */
const replies: { readonly [O in Operation]: ReadonlyArray<string> } = {
  create: [envelope("createResponse", `<createSuccess><key>K</key>${failed}</createSuccess>`)],
  start: [
    envelope(
      "startResponse",
      `<startSuccess>${accepted}<redirect><method>POST</method><url>u</url><parameters><parameter name="n">v</parameter></parameters></redirect></startSuccess>`
    )
  ],
  proceed: [envelope("proceedResponse", `<proceedSuccess>${accepted}</proceedSuccess>`)],
  cancel: [envelope("cancelResponse", "<cancelSuccess><result>FULL</result></cancelSuccess>")],
  capture: [envelope("captureResponse", "<captureErrors><error code=\"A\">no</error></captureErrors>")],
  refund: [envelope("refundResponse", "<refundErrors><error code=\"A\">no</error></refundErrors>")],
  status: [
    new TextDecoder().decode(reply("status-1.3-every-modification")),
    new TextDecoder().decode(reply("status-1.3-errors")),
    new TextDecoder().decode(reply("fault"))
  ],
  statusExtended: [
    new TextDecoder().decode(reply("extended-1.3-every-kind")),
    new TextDecoder().decode(reply("extended-1.0-risk-checks"))
  ],
  listPaymentMethods: [
    envelope(
      "listPaymentMethodsResponse",
      `<listPaymentMethodsSuccess><paymentMethod><name>A</name><issuers><issuer id="i">I</issuer></issuers><mandate><id>m</id><scheme>s</scheme><type>t</type><state>u</state></mandate><mobile><qrCodeUrl>q</qrCodeUrl><intentUrl>r</intentUrl></mobile></paymentMethod></listPaymentMethodsSuccess>`
    )
  ]
}

const operations = Object.keys(replies) as ReadonlyArray<Operation>

/** The reply with this in place of every text and attribute value. A refusal of one keeps no other from being read. */
const withValues = (document: string, value: string): string =>
  document.replaceAll(/(?<=>)[^<>\s][^<>]*(?=<\/)|(?<= (?!xmlns)\w+=")[^"]*(?=")/g, value)

/** The reply with what stands within the response element given again and again. */
const repeated = (document: string, size: number): string => {
  const [, before = "", inner = "", after = ""] = /^([^]*?<report>)([^]*)(<\/report>[^]*)$/.exec(document) ??
    /^([^]*?Success>)([^]*)(<\/\w+Success>[^]*)$/.exec(document) ??
    /^([^]*?Errors>)([^]*)(<\/\w+Errors>[^]*)$/.exec(document) ?? []
  return before + inner.repeat(Math.ceil(size / inner.length)) + after
}

describe.each(operations)("the work of reading a reply to %s grows with its size and no faster", (operation) => {
  const read = (document: string) => {
    const bytes = bytesOf(document)
    return () => decodeReply(operation, bytes, unlimited)
  }

  it.each([
    ["blanks on both sides of a character", (size: number) => " ".repeat(size / 2) + "1" + " ".repeat(size / 2)],
    ["blanks between two characters", (size: number) => "1" + " ".repeat(size) + "1"],
    ["line ends", (size: number) => "\r\n".repeat(size / 2)],
    ["references", (size: number) => "&#32;".repeat(size / 5)],
    ["quotes and markup characters", (size: number) => "'>=".repeat(size / 3)]
  ])("when its values are made of many %s", (_what, value) => {
    const values = [16, 32, 64].map((kilobytes) => value(kilobytes * 1024))
    for (const document of replies[operation]) {
      expectLinear(values.map((large) => read(withValues(document, large))))
    }
  })

  it("with repeated elements", () => {
    for (const document of replies[operation]) {
      if (document.includes("Fault")) continue
      expectLinear([largest / 8, largest / 4, largest / 2, largest].map((size) => read(repeated(document, size))))
    }
  })
})

describe("the work of reading any reply grows with its size and no faster", () => {
  it.each<[what: string, inner: (size: number) => string]>([
    ["blanks between elements", (size) => " ".repeat(size)],
    ["comments", (size) => "<!-- -->".repeat(size / 8)],
    ["one comment", (size) => `<!--${"- ".repeat(size / 2)}-->`],
    ["sections", (size) => `<x>${"<![CDATA[ ]]>".repeat(size / 13)}</x>`],
    ["brackets", (size) => `<x>${"]".repeat(size)}</x>`],
    ["elements of another namespace", (size) => "<n:x xmlns:n=\"urn:n\"/>".repeat(size / 22)],
    ["attributes", (size) => "<x a=\"\" b=\"\" c=\"\"/>".repeat(size / 19)],
    ["blanks within tags", (size) => `<x${" ".repeat(size)}/>`],
    ["characters of several bytes", (size) => `<x>${"\u{1f600}é€".repeat(size / 9)}</x>`],
    ["an open tag that never ends", (size) => `<x ${"a".repeat(size)}`],
    ["lesser-than signs", (size) => "<".repeat(size)],
    ["an ampersand without an end", (size) => `<x>&${"a".repeat(size)}</x>`],
    ["a repeated element at the end", (size) => `${"<y/>".repeat(size / 4)}<report/><report/>`]
  ])("made of %s", (_what, inner) => {
    const documents = [largest / 4, largest / 2, largest].map((size) =>
      bytesOf(envelope("statusResponse", `<statusSuccess><report>${inner(size)}</report></statusSuccess>`))
    )
    expectLinear(documents.map((bytes) => () => decodeReply("status", bytes, unlimited)))
    expectLinear(documents.map((bytes) => () => redactXml(new TextDecoder().decode(bytes))))
  })

  it.each([" ", "'", "1", "a@", "value 'a", "<a ", "\u0007"])("made of a message of many %j", (piece) => {
    const texts = [largest / 4, largest / 2, largest].map((size) => piece.repeat(size / piece.length))
    expectLinear(texts.map((text) => () => cleanMessage(text)))
    expectLinear(texts.map((text) => () => displayText(text, 500)))
  })
})
