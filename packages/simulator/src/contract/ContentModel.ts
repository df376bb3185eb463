/**
 * How elements may be put together, as data: sequences, choices, cardinality and attributes.
 */
import type { SimpleType } from "./SimpleType.ts"

/** An attribute; attributes of this contract are never in a namespace. */
export interface AttributeRule {
  readonly name: string
  readonly type: SimpleType
  readonly required: boolean
  readonly fixed?: string
  readonly default?: string
}

/** What an element may hold: attributes, and either text, or particles, or nothing. */
export interface ComplexType {
  readonly kind: "complex"
  /** Without a name it is printed where it is used. */
  readonly name?: string
  /** One line on what it is for, printed into the schema. */
  readonly meaning?: string
  readonly attributes: ReadonlyArray<AttributeRule>
  readonly text?: SimpleType
  readonly content?: Group
  /** Unknown attributes without a namespace are allowed. */
  readonly anyAttribute?: true
}

/** A child element with how often it may appear. */
export interface ElementRule {
  readonly kind: "element"
  readonly name: string
  readonly type: SimpleType | ComplexType
  readonly min: 0 | 1
  readonly max: 1 | "unbounded"
  readonly default?: string
}

/** A place for elements of later versions: any number of them, in no namespace. */
export interface AnyRule {
  readonly kind: "any"
}

/** Particles in order, or one of them. `min` 0 makes the group optional as a whole. */
export interface Group {
  readonly kind: "sequence" | "choice"
  readonly min: 0 | 1
  readonly items: ReadonlyArray<Particle>
}

export type Particle = ElementRule | AnyRule | Group

type ElementType = SimpleType | ComplexType

/** Exactly once. */
export const one = (name: string, type: ElementType): ElementRule => ({ kind: "element", name, type, min: 1, max: 1 })
/** Once or not at all. */
export const maybe = (name: string, type: ElementType): ElementRule => ({ kind: "element", name, type, min: 0, max: 1 })
/** Any number of times. */
export const many = (name: string, type: ElementType): ElementRule => ({
  kind: "element",
  name,
  type,
  min: 0,
  max: "unbounded"
})
/** At least once. */
export const some = (name: string, type: ElementType): ElementRule => ({
  kind: "element",
  name,
  type,
  min: 1,
  max: "unbounded"
})

export const any: AnyRule = { kind: "any" }
export const sequence = (...items: ReadonlyArray<Particle>): Group => ({ kind: "sequence", min: 1, items })
export const choice = (...items: ReadonlyArray<Particle>): Group => ({ kind: "choice", min: 1, items })
export const maybeGroup = (group: Group): Group => ({ ...group, min: 0 })

export const required = (name: string, type: SimpleType): AttributeRule => ({ name, type, required: true })
export const allowed = (name: string, type: SimpleType): AttributeRule => ({ name, type, required: false })

interface ComplexParts {
  readonly name?: string
  readonly meaning?: string
  readonly attributes?: ReadonlyArray<AttributeRule>
  readonly anyAttribute?: true
}

/** An element that holds other elements. */
export const holding = (parts: ComplexParts, content: Group): ComplexType => ({
  kind: "complex",
  attributes: [],
  ...parts,
  content
})
/** An element that holds text and attributes. */
export const textWith = (parts: ComplexParts, text: SimpleType): ComplexType => ({
  kind: "complex",
  attributes: [],
  ...parts,
  text
})
/** An element with attributes at most. */
export const bare = (parts: ComplexParts): ComplexType => ({ kind: "complex", attributes: [], ...parts })
