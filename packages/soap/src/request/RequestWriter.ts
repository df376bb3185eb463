/**
 * Writes a request element by element, checks every value on the way, and collects all that is wrong.
 *
 * The order of the calls is the order of the elements. Escaping happens here and cannot be forgotten; empty
 * elements with a value type cannot be written, because no rule yields the empty text.
 */
import type { Problem, Shortened } from "@docdata/application"
import type { Money } from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import { escape } from "./escape.ts"
import type { Rule } from "./Rule.ts"
import { currency, int32, valueKind, vatRate } from "./Rule.ts"

/** One element that holds a value: its tag, the field of the input it comes from, whether it may be absent. */
export interface Leaf<T> {
  readonly tag: string
  readonly field: keyof T & string
  readonly rule: Rule
  readonly needed: boolean
}

export const needed = <T>(tag: string, field: keyof T & string, rule: Rule): Leaf<T> => ({
  tag,
  field,
  rule,
  needed: true
})

export const optional = <T>(tag: string, field: keyof T & string, rule: Rule): Leaf<T> => ({
  tag,
  field,
  rule,
  needed: false
})

type Attributes = Readonly<Record<string, string | undefined>>

const unwrapped = (value: unknown): unknown => Redacted.isRedacted(value) ? Redacted.value(value) : value

// A cut between the halves of a surrogate pair would leave a character that XML does not have.
const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")

export class RequestWriter {
  readonly problems: Array<Problem> = []
  readonly shortened: Array<Shortened> = []
  readonly #refusedPaths = new Set<string>()
  readonly #shorten: boolean
  #path: ReadonlyArray<string> = []
  #text = ""

  constructor(options: { readonly shorten: boolean }) {
    this.#shorten = options.shorten
  }

  /** What was written so far. Only fit to be sent if there are no problems. */
  get text(): string {
    return this.#text
  }

  /** Runs `body` with `segment` added to the path of all fields in it; list positions as `[3]`. */
  at(segment: string, body: () => void): void {
    const outer = this.#path
    this.#path = [...outer, segment]
    body()
    this.#path = outer
  }

  pathOf(field: string): string {
    return [...this.#path, field].filter((part) => part !== "").join(".").replaceAll(".[", "[")
  }

  /** Notes that a rule is broken at `field`, unless something is wrong there already. */
  refuse(field: string, rule: Pick<Rule, "limit" | "message">, found: string): void {
    const path = this.pathOf(field)
    if (this.#refusedPaths.has(path)) return
    this.#refusedPaths.add(path)
    this.problems.push({ path, limit: rule.limit, valueKind: found, message: rule.message })
  }

  /** The text of a required value; the empty text, which is then not sent, if it breaks its rule. */
  checked(field: string, value: unknown, rule: Rule): string {
    const plain = unwrapped(value)
    const written = rule.write(plain)
    if (written !== undefined) return written
    if (this.#shorten && rule.cutAt !== undefined && typeof plain === "string" && plain.length > rule.cutAt) {
      const kept = cut(plain, rule.cutAt)
      const short = rule.write(kept)
      if (short !== undefined) {
        const cutLength = plain.length - kept.length
        this.shortened.push({ path: this.pathOf(field), keptLength: kept.length, cutLength })
        return short
      }
    }
    this.refuse(field, rule, valueKind(plain))
    return ""
  }

  /** Checks a value that the request has no element for. */
  unsent(field: string, value: unknown, rule: Rule): void {
    this.checked(field, value, rule)
  }

  /** An element with attributes (absent ones are left out) and what `body` writes. */
  element(tag: string, attributes: Attributes, body?: () => void): void {
    this.#text += `<${tag}`
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) this.#text += ` ${name}="${escape(value)}"`
    }
    if (body === undefined) {
      this.#text += "/>"
      return
    }
    this.#text += ">"
    body()
    this.#text += `</${tag}>`
  }

  /** Text between the tags of the open element. */
  content(text: string): void {
    this.#text += escape(text)
  }

  /** The leaves of one input object, in this order. */
  leaves<T extends object>(source: T, leaves: ReadonlyArray<Leaf<T>>): void {
    for (const { tag, field, rule, needed } of leaves) {
      const value = source[field]
      if (value === undefined && !needed) continue
      const written = this.checked(field, value, rule)
      this.#text += `<${tag}>${escape(written)}</${tag}>`
    }
  }

  /** An amount, with a VAT rate beside the currency where the schema wants one there. */
  money(tag: string, field: string, value: Money & { readonly rate?: string }): void {
    this.object(field, value, (money) => {
      const attributes = {
        currency: this.checked("currency", money.currency, currency),
        rate: money.rate === undefined ? undefined : this.checked("rate", money.rate, vatRate)
      }
      const minor = this.checked("minor", money.minor, int32)
      this.element(tag, attributes, () => this.content(minor))
    })
  }

  /** An amount that may be absent. */
  optionalMoney(tag: string, field: string, value: Money | undefined): void {
    if (value !== undefined) this.money(tag, field, value)
  }

  /** Writes a part once more that stands elsewhere in the input: what is wrong with it was noted there. */
  repeat(body: () => void): void {
    const { length: problemCount } = this.problems
    const { length: shortenedCount } = this.shortened
    body()
    this.problems.splice(problemCount)
    this.shortened.splice(shortenedCount)
  }

  /** Enters a nested input object. What is absent or no object is noted once, not once per field of it. */
  object<T extends object>(field: string, value: T, body: (value: T) => void): void {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.refuse(field, { limit: "object", message: "this part is required" }, valueKind(value))
      return
    }
    this.at(field, () => body(value))
  }

  /** Each member of a list, which has at least one and at most `lengthMax`. */
  list<T>(
    field: string,
    { values, lengthMax }: { readonly values: ReadonlyArray<T>; readonly lengthMax: number },
    body: (value: T, index: number) => void
  ): void {
    if (!Array.isArray(values) || values.length === 0 || values.length > lengthMax) {
      const message = `a list of 1 to ${lengthMax}`
      this.refuse(field, { limit: `list-${lengthMax}`, message }, valueKind(values))
      return
    }
    this.at(field, () => values.forEach((value: T, index) => this.at(`[${index}]`, () => body(value, index))))
  }

  /** The member of a union, by tag. A tag that is none is noted; only callers without types can get there. */
  choice<U extends { readonly _tag: string }>(
    value: U,
    branches: { readonly [Tag in U["_tag"]]: (value: Extract<U, { readonly _tag: Tag }>) => void }
  ): void {
    const branch = typeof value?._tag === "string" && Object.hasOwn(branches, value._tag)
      ? branches[value._tag as U["_tag"]]
      : undefined
    if (branch === undefined) {
      const message = `one of ${Object.keys(branches).join(", ")}`
      this.refuse("_tag", { limit: "one-of", message }, valueKind(value?._tag))
      return
    }
    branch(value as never)
  }
}
