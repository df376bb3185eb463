/**
 * The strict guard: one pass over the text that decides whether the parser may see it at all.
 *
 * fast-xml-parser accepts crossed tags, second roots, doubled attributes, entity definitions and text glued from
 * pieces, and its own validator lets half of that through. So this pass checks, and the parser only cuts: XML 1.0
 * well-formed, no document type, no processing instruction, the five entities and legal numeric references, no
 * mixed content, every limit. What passes here is a document that any parser reads the same way.
 */
import { exclamation, lessThan, question, slash } from "./characters.ts"
import { type Scan, stop, stopped, type XmlFailure } from "./Scan.ts"
import { scanDeclaration, scanText } from "./scanContent.ts"
import { scanEndTag, scanStartTag } from "./scanTag.ts"
import type { XmlLimits } from "./XmlLimits.ts"
import { scanXmlDeclaration } from "./xmlDeclaration.ts"

/** What the guard has seen of a document that it passes. */
export interface Guarded {
  readonly _tag: "Guarded"
  /** Offset of the `<` of every element, in document order. */
  readonly elementStarts: ReadonlyArray<number>
}

export const guard = (
  text: string,
  limits: XmlLimits
): Guarded | { readonly _tag: "Stopped"; readonly failure: XmlFailure } => {
  const scan: Scan = {
    text,
    limits,
    elementStarts: [],
    openNames: [],
    openContents: [],
    attributeNames: [],
    attributeCount: 0,
    textLength: 0,
    failure: undefined
  }
  let at = scanXmlDeclaration(scan)
  while (at !== stopped && at < text.length) at = scanNext(scan, at)
  const failure = scan.failure ?? incomplete(scan)
  return failure === undefined
    ? { _tag: "Guarded", elementStarts: scan.elementStarts }
    : { _tag: "Stopped", failure }
}

const scanNext = (scan: Scan, at: number): number => {
  const { text } = scan
  if (text.charCodeAt(at) !== lessThan) return scanText(scan, at)
  switch (text.charCodeAt(at + 1)) {
    case slash:
      return scanEndTag(scan, at)
    case exclamation:
      return scanDeclaration(scan, at)
    case question:
      return stop(scan, /^<\?xml[\s?]/.test(text.slice(at, at + 6)) ? "xml-declaration" : "processing-instruction", at)
    default:
      return scanStartTag(scan, at)
  }
}

const incomplete = (scan: Scan): XmlFailure | undefined =>
  scan.openNames.length > 0 || scan.elementStarts.length === 0
    ? { reason: "truncated", at: scan.text.length }
    : undefined
