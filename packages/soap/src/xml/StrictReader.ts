/**
 * The strict reader: one pass over the text that checks everything and says what it sees.
 *
 * What it passes is a document that any parser reads the same way: XML 1.0 well-formed, namespaces resolved, no
 * document type, no processing instruction, the five entities and legal numeric references, no mixed content, every
 * limit kept. It stops at the first violation; what the handler heard before that is to be thrown away.
 *
 * Every method that scans takes the offset where it begins and returns the offset where the next one begins, or
 * `stopped`. Plain numbers, because a reply of one payment takes some hundred of these steps.
 */
import type { XmlReason } from "../ReplyFailure.ts"
import {
  ampersand,
  bracketClose,
  colonSign,
  doubleQuote,
  equals,
  exclamation,
  greaterThan,
  isLegalUnit,
  isSpace,
  lessThan,
  nameEndAt,
  qualifiedNameEnd,
  question,
  singleQuote,
  slash
} from "./characters.ts"
import { declaresNamespace, namespaceOf, outermostScope, type Scope, scopeOf } from "./namespaces.ts"
import { decodeAttribute, decodeText, normalizeLineEnds, referenceEnd } from "./references.ts"
import { beyondLimit, cutOr, type ReadLimit, type Violation } from "./Violation.ts"
import { xmlDeclaration } from "./xmlDeclaration.ts"
import type { XmlHandler, XmlSource } from "./XmlHandler.ts"
import type { XmlLimits } from "../XmlLimits.ts"

const stopped = -1
const holdsText = 1
/** A child element or a comment. */
const holdsMarkup = 2

const noAttributes: ReadonlyMap<string, string> = new Map()

export class StrictReader implements XmlSource {
  at = 0
  violation: Violation | undefined
  readonly #text: string
  readonly #limits: XmlLimits
  readonly #handler: XmlHandler
  #elementCount = 0
  #attributeCount = 0
  /** Of the open elements, outermost first: where the name begins and how long it is, what it holds, its namespaces. */
  readonly #nameStarts: Array<number> = []
  readonly #nameLengths: Array<number> = []
  readonly #contents: Array<number> = []
  readonly #scopes: Array<Scope> = [outermostScope]
  /** Of the tag read last: name, raw value, name, raw value. */
  readonly #attributes: Array<string> = []
  /** The text of the innermost element since its last tag: the first run by its place, and all once there are more. */
  #runFrom = 0
  #runTo = 0
  #joined: string | undefined
  /** Length of that text as written, sections included. */
  #textLength = 0

  constructor(text: string, limits: XmlLimits, handler: XmlHandler) {
    this.#text = text
    this.#limits = limits
    this.#handler = handler
  }

  /** Reads the whole document. Returns what is wrong with it, if anything is. */
  read(): Violation | undefined {
    const text = this.#text
    let at = xmlDeclaration(text)
    if (typeof at !== "number") return cutOr(text, at)
    while (at !== stopped && at < text.length) at = this.#next(at)
    if (this.violation === undefined && (this.#nameStarts.length > 0 || this.#elementCount === 0)) {
      this.violation = { reason: "truncated", at: text.length }
    }
    return this.violation
  }

  attributes(): ReadonlyMap<string, string> {
    const raw = this.#attributes
    if (raw.length === 0) return noAttributes
    const attributes = new Map<string, string>()
    for (let index = 0; index < raw.length; index += 2) {
      const name = raw[index]!
      if (name !== "xmlns" && !name.includes(":")) attributes.set(name, decodeAttribute(raw[index + 1]!))
    }
    return attributes
  }

  text(): string {
    return this.#joined ?? decodeText(this.#text.slice(this.#runFrom, this.#runTo))
  }

  #stop(reason: XmlReason, at: number): number {
    this.violation = cutOr(this.#text, { reason, at })
    return stopped
  }

  #stopAtLimit(limit: ReadLimit, at: number): number {
    this.violation = beyondLimit(limit, at)
    return stopped
  }

  /** Stops when the innermost element then holds text beside markup: parsers glue the pieces of such text together. */
  #hold(content: number, at: number): number {
    const contents = this.#contents
    const innermost = contents.length - 1
    if (innermost < 0) return at
    const held = contents[innermost]! | content
    contents[innermost] = held
    return held === (holdsText | holdsMarkup) ? this.#stop("mixed-content", at) : at
  }

  #next(at: number): number {
    const text = this.#text
    if (text.charCodeAt(at) !== lessThan) return this.#readText(at)
    switch (text.charCodeAt(at + 1)) {
      case slash:
        return this.#readEndTag(at)
      case exclamation:
        return this.#readDeclaration(at)
      case question:
        return this.#stop(
          /^<\?xml[\s?]/.test(text.slice(at, at + 6)) ? "xml-declaration" : "processing-instruction",
          at
        )
      default:
        return this.#readStartTag(at)
    }
  }

  #readStartTag(from: number): number {
    const text = this.#text
    const depth = this.#nameStarts.length
    if (depth === 0 && this.#elementCount > 0) return this.#stop("second-root", from)
    if (this.#elementCount >= this.#limits.elementsMax) return this.#stopAtLimit("elementsMax", from)
    if (depth >= this.#limits.depthMax) return this.#stopAtLimit("depthMax", from)
    if (this.#hold(holdsMarkup, from) === stopped) return stopped
    const colon = nameEndAt(text, from + 1)
    const isPrefixed = text.charCodeAt(colon) === colonSign
    const nameEnd = isPrefixed ? nameEndAt(text, colon + 1) : colon
    if (nameEnd < 0) return this.#stop("malformed-tag", from + 1)
    const end = this.#readAttributes(nameEnd)
    if (end === stopped) return stopped
    this.#elementCount++
    this.at = from
    this.#forgetText()
    const outer = this.#scopes[depth]!
    const scope = this.#attributes.length === 0 ? outer : this.#innerScope(outer)
    if (scope === undefined) return stopped
    const namespace = isPrefixed ? namespaceOf(scope, text.slice(from + 1, colon)) : scope.unprefixed
    if (namespace === undefined) return this.#stop("unbound-prefix", from)
    this.#handler.start(text.slice(isPrefixed ? colon + 1 : from + 1, nameEnd), namespace, this)
    if (text.charCodeAt(end - 2) === slash) {
      this.#handler.end(this)
      return end
    }
    this.#nameStarts.push(from + 1)
    this.#nameLengths.push(nameEnd - from - 1)
    this.#contents.push(0)
    this.#scopes.push(scope)
    return end
  }

  #readEndTag(from: number): number {
    const text = this.#text
    const start = this.#nameStarts.pop()
    const length = this.#nameLengths.pop()
    if (start === undefined || length === undefined) return this.#stop("mismatched-tag", from)
    this.#contents.pop()
    this.#scopes.pop()
    let same = 0
    while (same < length && text.charCodeAt(start + same) === text.charCodeAt(from + 2 + same)) same++
    const nameEnd = from + 2 + same
    if (same < length || (text.charCodeAt(nameEnd) !== greaterThan && qualifiedNameEnd(text, from + 2) !== nameEnd)) {
      return qualifiedNameEnd(text, from + 2) < 0
        ? this.#stop("malformed-tag", from + 2)
        : this.#stop("mismatched-tag", from)
    }
    const close = skipSpace(text, nameEnd)
    if (text.charCodeAt(close) !== greaterThan) return this.#stop("malformed-tag", close)
    this.#handler.end(this)
    this.#forgetText()
    return close + 1
  }

  #readAttributes(from: number): number {
    const text = this.#text
    const limits = this.#limits
    const attributes = this.#attributes
    if (attributes.length > 0) attributes.length = 0
    let at = from
    for (;;) {
      const next = skipSpace(text, at)
      const code = text.charCodeAt(next)
      if (code === greaterThan) return next + 1
      if (code === slash) {
        return text.charCodeAt(next + 1) === greaterThan ? next + 2 : this.#stop("malformed-tag", next + 1)
      }
      if (next === at) return this.#stop("malformed-tag", at)
      if (attributes.length >= 2 * limits.attributesPerElementMax) {
        return this.#stopAtLimit("attributesPerElementMax", next)
      }
      if (this.#attributeCount >= limits.attributesMax) return this.#stopAtLimit("attributesMax", next)
      at = this.#readAttribute(next)
      if (at === stopped) return stopped
    }
  }

  #readAttribute(from: number): number {
    const text = this.#text
    const attributes = this.#attributes
    const nameEnd = qualifiedNameEnd(text, from)
    if (nameEnd < 0) return this.#stop("malformed-tag", from)
    const name = text.slice(from, nameEnd)
    for (let index = 0; index < attributes.length; index += 2) {
      if (attributes[index] === name) return this.#stop("duplicate-attribute", from)
    }
    this.#attributeCount++
    const equalsAt = skipSpace(text, nameEnd)
    if (text.charCodeAt(equalsAt) !== equals) return this.#stop("malformed-tag", equalsAt)
    const open = skipSpace(text, equalsAt + 1)
    const quote = text.charCodeAt(open)
    if (quote !== doubleQuote && quote !== singleQuote) return this.#stop("malformed-tag", open)
    const end = this.#readAttributeValue(open, quote)
    if (end !== stopped) attributes.push(name, text.slice(open + 1, end - 1))
    return end
  }

  #readAttributeValue(open: number, quote: number): number {
    const text = this.#text
    const longest = open + 1 + this.#limits.textLengthMax
    let at = open + 1
    for (;;) {
      const code = text.charCodeAt(at)
      if (at > longest) return this.#stopAtLimit("textLengthMax", open + 1)
      if (code === quote) return at + 1
      if (code === ampersand) {
        const end = referenceEnd(text, at)
        if (end < 0) return this.#stop("reference", at)
        at = end
        continue
      }
      if (code === lessThan) return this.#stop("malformed-tag", at)
      if (!isLegalUnit(code)) return this.#stop("illegal-character", at)
      at++
    }
  }

  /** The namespaces inside the tag read last; checks that what has a prefix may have it. */
  #innerScope(outer: Scope): Scope | undefined {
    const attributes = this.#attributes
    let scope: Scope | undefined = outer
    let prefixed = false
    for (let index = 0; index < attributes.length; index += 2) {
      const name = attributes[index]!
      if (!declaresNamespace(name)) prefixed ||= name.includes(":")
      else scope = scopeOf(scope, name, decodeAttribute(attributes[index + 1]!))
      if (scope === undefined) {
        this.#stop("namespace-declaration", this.at)
        return undefined
      }
    }
    return prefixed && this.#checkPrefixes(scope) === stopped ? undefined : scope
  }

  // Such attributes are not ours, so their values are of no interest; but they must be legal.
  #checkPrefixes(scope: Scope): number {
    const expandedNames = new Set<string>()
    for (let index = 0; index < this.#attributes.length; index += 2) {
      const name = this.#attributes[index]!
      const colon = name.indexOf(":")
      if (colon < 0 || declaresNamespace(name)) continue
      const namespace = namespaceOf(scope, name.slice(0, colon))
      if (namespace === undefined) return this.#stop("unbound-prefix", this.at)
      const expanded = `${namespace} ${name.slice(colon + 1)}`
      if (expandedNames.has(expanded)) return this.#stop("duplicate-attribute", this.at)
      expandedNames.add(expanded)
    }
    return this.at
  }

  /** Text up to the next `<` or the end. White space around elements is text too, but means nothing. */
  #readText(from: number): number {
    const text = this.#text
    const length = text.length
    let at = from
    let blank = true
    for (; at < length; at++) {
      const code = text.charCodeAt(at)
      if (code === lessThan) break
      if (isSpace(code)) continue
      blank = false
      // Letters and digits, which most text is made of, need no further look.
      if (code > greaterThan ? code < 0xfffe : code > slash && code < lessThan) continue
      if (code === ampersand) {
        const end = referenceEnd(text, at)
        if (end < 0) return this.#stop("reference", at)
        at = end - 1
      } else if (!isLegalUnit(code)) return this.#stop("illegal-character", at)
      else if (code === greaterThan && endsSection(text, from, at)) return this.#stop("malformed-markup", at - 2)
    }
    if (blank) {
      if (at - from > this.#limits.textLengthMax) return this.#stopAtLimit("textLengthMax", from)
    } else if (this.#countText(from, at) === stopped) return stopped
    if (this.#joined === undefined && this.#runTo === 0) {
      this.#runFrom = from
      this.#runTo = at
    } else this.#joined = this.text() + decodeText(text.slice(from, at))
    return at
  }

  #countText(from: number, to: number): number {
    if (this.#nameStarts.length === 0) return this.#stop("text-outside-root", from)
    this.#textLength += to - from
    if (this.#textLength > this.#limits.textLengthMax) return this.#stopAtLimit("textLengthMax", from)
    return this.#hold(holdsText, from)
  }

  #forgetText(): void {
    this.#textLength = 0
    this.#runFrom = 0
    this.#runTo = 0
    this.#joined = undefined
  }

  /** From `<!` to behind the comment or section that begins there. Everything else that begins so is refused. */
  #readDeclaration(from: number): number {
    const text = this.#text
    if (text.startsWith("<!--", from)) return this.#readComment(from)
    if (text.startsWith("<![CDATA[", from)) return this.#readSection(from)
    return this.#stop(/^<![A-Za-z]/.test(text.slice(from, from + 3)) ? "doctype" : "malformed-markup", from)
  }

  #readComment(from: number): number {
    const text = this.#text
    const dashes = text.indexOf("--", from + 4)
    if (dashes < 0) return this.#stop("malformed-markup", text.length)
    if (text.charCodeAt(dashes + 2) !== greaterThan) return this.#stop("malformed-markup", dashes + 2)
    if (this.#checkUnits(from, dashes) === stopped || this.#hold(holdsMarkup, from) === stopped) return stopped
    return dashes + 3
  }

  #readSection(from: number): number {
    const text = this.#text
    if (this.#nameStarts.length === 0) return this.#stop("text-outside-root", from)
    const end = text.indexOf("]]>", from + 9)
    if (end < 0) return this.#stop("malformed-markup", text.length)
    // Counted with its marks: an empty one costs a node in other parsers, too.
    if (this.#checkUnits(from, end) === stopped || this.#countText(from, end + 3) === stopped) return stopped
    this.#joined = this.text() + normalizeLineEnds(text.slice(from + 9, end))
    return end + 3
  }

  #checkUnits(from: number, to: number): number {
    for (let at = from; at < to; at++) {
      if (!isLegalUnit(this.#text.charCodeAt(at))) return this.#stop("illegal-character", at)
    }
    return to
  }
}

const skipSpace = (text: string, from: number): number => {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

const endsSection = (text: string, from: number, at: number): boolean =>
  at - from >= 2 && text.charCodeAt(at - 1) === bracketClose && text.charCodeAt(at - 2) === bracketClose
