/**
 * The texts of a new order: how long each may be at Docdata, and what happens to one that is longer.
 */
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import { field, optional } from "../field.ts"
import { boundedText } from "../text.ts"

/**
 * - `shortened`: people read it and nobody looks it up.
 * - `left-out`: it helps, and no sale should fail for it.
 * - `refused`: it identifies somebody or something, or it is not there to be read.
 */
export type Overlong = "shortened" | "left-out" | "refused"

/** What a text of an order has to keep to. */
interface TextRule {
  /** Characters that Docdata takes, in UTF-16 units. */
  readonly limit: number
  readonly overlong: Overlong
}

/** By how much a text may be too long and still be taken: a thousand characters more are a mistake whatever they are. */
const excessMax = 1_000

const sentences: Readonly<Record<Overlong, (limit: number) => string>> = {
  shortened: (limit) => `Longer than ${limit} characters is shortened.`,
  "left-out": (limit) => `Longer than ${limit} characters is left out.`,
  refused: () => ""
}

const schemaOf = ({ limit, overlong }: TextRule, words: "one-line" | "several-lines", lengthMin: number) =>
  boundedText({ lengthMin, lengthMax: overlong === "refused" ? limit : limit + excessMax, words })
    .annotate({ textRule: { limit, overlong } })

const described = ({ limit, overlong }: TextRule, description: string): string =>
  `${description} ${sentences[overlong](limit)}`.trim()

const makeText = (overlong: Overlong, words: "one-line" | "several-lines") => (limit: number) => {
  const rule = { limit, overlong }
  return {
    /** A field that is always there. */
    needed: (description: string, example: string) =>
      field(schemaOf(rule, words, 1), described(rule, description), example),
    /** A field that may be absent; the empty text says the same. */
    optional: (description: string, example?: string) =>
      optional(schemaOf(rule, words, 0), described(rule, description), example)
  }
}

/** Shortened where it is too long. */
export const prose = makeText("shortened", "several-lines")
/** Left out where it is too long. */
export const extra = makeText("left-out", "one-line")
/** Refused where it is too long. */
export const exact = makeText("refused", "one-line")

/** A text with its place in the order. */
export interface OrderText extends TextRule {
  /** `invoice.lines[].name`. */
  readonly path: string
  readonly isOptional: boolean
}

/** All texts of a schema with a rule, in its order; what stands in several branches of a union once. */
export const orderTextsOf = (schema: Schema.Top): ReadonlyArray<OrderText> => {
  const found = new Map<string, OrderText>()
  const walk = (ast: SchemaAST.AST, path: string, isOptional: boolean): void => {
    const rule = SchemaAST.resolveAt<TextRule>("textRule")(ast)
    if (rule !== undefined && !found.has(path)) found.set(path, { path, ...rule, isOptional })
    if (SchemaAST.isUnion(ast)) { for (const type of ast.types) walk(type, path, isOptional) }
    if (SchemaAST.isArrays(ast)) { for (const type of ast.rest) walk(type, `${path}[]`, false) }
    if (SchemaAST.isObjects(ast)) {
      for (const { name, type } of ast.propertySignatures) {
        walk(type, path === "" ? String(name) : `${path}.${String(name)}`, SchemaAST.isOptional(type))
      }
    }
  }
  walk(schema.ast, "", false)
  return [...found.values()]
}
