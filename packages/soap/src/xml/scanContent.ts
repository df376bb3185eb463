/**
 * The guard's steps over everything that is not a tag: text, comments, CDATA sections.
 */
import { ampersand, bracketClose, greaterThan, isLegalUnit, isSpace, lessThan } from "./characters.ts"
import { referenceEnd } from "./references.ts"
import { holdsMarkup, holdsText, noteContent, type Scan, stop, stopAtLimit, stopped } from "./Scan.ts"

/** Text up to the next `<` or the end. White space around elements is text too, but means nothing. */
export const scanText = (scan: Scan, from: number): number => {
  const { text } = scan
  const length = text.length
  let at = from
  let blank = true
  while (at < length) {
    const code = text.charCodeAt(at)
    if (code === lessThan) break
    if (!isSpace(code)) {
      blank = false
      if (code === ampersand) {
        const end = referenceEnd(text, at)
        if (end < 0) return stop(scan, "reference", at)
        at = end
        continue
      }
      if (!isLegalUnit(code)) return stop(scan, "illegal-character", at)
      if (code === greaterThan && endsSection(text, from, at)) return stop(scan, "malformed-markup", at - 2)
    }
    at++
  }
  return blank ? blankRun(scan, from, at) : textRun(scan, from, at)
}

const endsSection = (text: string, from: number, at: number): boolean =>
  at - from >= 2 && text.charCodeAt(at - 1) === bracketClose && text.charCodeAt(at - 2) === bracketClose

const blankRun = (scan: Scan, from: number, to: number): number =>
  to - from > scan.limits.textLengthMax ? stopAtLimit(scan, "textLengthMax", from) : to

const textRun = (scan: Scan, from: number, to: number): number => {
  if (scan.openNames.length === 0) return stop(scan, "text-outside-root", from)
  scan.textLength += to - from
  if (scan.textLength > scan.limits.textLengthMax) return stopAtLimit(scan, "textLengthMax", from)
  return noteContent(scan, holdsText, from) === stopped ? stopped : to
}

/** From `<!` to behind the comment or section that begins there. Everything else that begins so is refused. */
export const scanDeclaration = (scan: Scan, from: number): number => {
  const { text } = scan
  if (text.startsWith("<!--", from)) return scanComment(scan, from)
  if (text.startsWith("<![CDATA[", from)) return scanSection(scan, from)
  if (/^<![A-Za-z]/.test(text.slice(from, from + 3))) return stop(scan, "doctype", from)
  return stop(scan, "malformed-markup", from)
}

const scanComment = (scan: Scan, from: number): number => {
  const { text } = scan
  const dashes = text.indexOf("--", from + 4)
  if (dashes < 0) return stop(scan, "malformed-markup", text.length)
  if (text.charCodeAt(dashes + 2) !== greaterThan) return stop(scan, "malformed-markup", dashes + 2)
  if (allLegal(scan, from, dashes) === stopped || noteContent(scan, holdsMarkup, from) === stopped) return stopped
  return dashes + 3
}

const scanSection = (scan: Scan, from: number): number => {
  const { text } = scan
  if (scan.openNames.length === 0) return stop(scan, "text-outside-root", from)
  const end = text.indexOf("]]>", from + 9)
  if (end < 0) return stop(scan, "malformed-markup", text.length)
  // Counted with its marks: an empty one costs the parser a node, too.
  return allLegal(scan, from, end) === stopped ? stopped : textRun(scan, from, end + 3)
}

const allLegal = (scan: Scan, from: number, to: number): number => {
  for (let at = from; at < to; at++) {
    if (!isLegalUnit(scan.text.charCodeAt(at))) return stop(scan, "illegal-character", at)
  }
  return to
}
