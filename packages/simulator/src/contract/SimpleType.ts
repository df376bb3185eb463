/**
 * Types of text values in the contract, as data: the validator checks with it and the schema is printed from it.
 */

/** The built-in types of XML Schema that the contract stands on. */
export type Primitive =
  | "string"
  | "normalizedString"
  | "token"
  | "NMTOKEN"
  | "int"
  | "decimal"
  | "boolean"
  | "date"
  | "dateTime"
  | "positiveInteger"

/** A text type: a primitive narrowed by facets. Without a name it is printed where it is used. */
export interface SimpleType {
  readonly kind: "simple"
  readonly name?: string
  readonly base: Primitive
  readonly lengthMin?: number
  readonly lengthMax?: number
  /** An XML Schema pattern: matches the whole value. */
  readonly pattern?: string
  /** A closed list of values. */
  readonly values?: ReadonlyArray<string>
  readonly valueMin?: number
  readonly valueMax?: number
}

/** A type without facets: its name is the primitive's. */
export const primitive = (base: Primitive): SimpleType => ({ kind: "simple", base })

/** A type that narrows a primitive, with a name of its own. */
export const named = (
  name: string,
  base: Primitive,
  facets: Omit<SimpleType, "kind" | "name" | "base">
): SimpleType => ({
  kind: "simple",
  name,
  base,
  ...facets
})

/** A type that narrows a primitive where it stands. */
export const narrowed = (base: Primitive, facets: Omit<SimpleType, "kind" | "name" | "base">): SimpleType => ({
  kind: "simple",
  base,
  ...facets
})

const intMin = -2_147_483_648
const intMax = 2_147_483_647

const lexical: Readonly<Record<Primitive, (value: string) => boolean>> = {
  string: () => true,
  normalizedString: () => true,
  token: () => true,
  NMTOKEN: (value) => /^[\p{L}\p{N}\p{M}._:\-·]+$/u.test(value),
  int: (value) => /^[+-]?\d+$/.test(value) && Number(value) >= intMin && Number(value) <= intMax,
  decimal: (value) => /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(value),
  boolean: (value) => /^(true|false|1|0)$/.test(value),
  date: (value) =>
    /^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?$/.test(value) && isRealDate(value),
  dateTime: (value) => /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(value),
  positiveInteger: (value) => /^\+?0*[1-9]\d*$/.test(value)
}

const isRealDate = (value: string): boolean => {
  const day = value.slice(0, 10)
  const time = Date.parse(`${day}T00:00:00Z`)
  return value.startsWith("-") || (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day))
}

/** The value as the type sees it: white space kept, replaced or collapsed, as XML Schema lays down per primitive. */
export const normalized = (type: SimpleType, raw: string): string => {
  switch (type.base) {
    case "string":
      return raw
    case "normalizedString":
      return raw.replaceAll(/[\t\r\n]/g, " ")
    case "token":
    case "NMTOKEN":
    case "int":
    case "decimal":
    case "boolean":
    case "date":
    case "dateTime":
    case "positiveInteger":
      return raw.replaceAll(/[\t\r\n ]+/g, " ").trim()
  }
}

/** Which rule of the type a value breaks, in words for the request log, or `undefined` if it fits. */
export const brokenRule = (type: SimpleType, raw: string): string | undefined => {
  const value = normalized(type, raw)
  // UTF-16 units, as the real service's validator counts; XML Schema itself would count code points.
  const length = value.length
  if (!lexical[type.base](value)) return `is no ${type.base}`
  if (type.values !== undefined && !type.values.includes(value)) return `is none of ${type.values.join(", ")}`
  if (type.lengthMin !== undefined && length < type.lengthMin) {
    return `has ${length} characters, at least ${type.lengthMin} are needed`
  }
  if (type.lengthMax !== undefined && length > type.lengthMax) {
    return `has ${length} characters, at most ${type.lengthMax} are allowed`
  }
  if (type.pattern !== undefined && !new RegExp(`^(?:${type.pattern})$`, "u").test(value)) {
    return `does not match ${type.pattern}`
  }
  if (type.valueMin !== undefined && Number(value) < type.valueMin) return `is below ${type.valueMin}`
  if (type.valueMax !== undefined && Number(value) > type.valueMax) return `is above ${type.valueMax}`
  return undefined
}
