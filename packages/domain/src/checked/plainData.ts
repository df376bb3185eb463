/**
 * Values of anybody's program as plain data: what JSON could hold, without what is absent.
 */

/** Deeper than any question, and far from the end of the stack. */
const depthMax = 32
/** A report of a thousand payments with all their captures has some tens of thousands of values. */
const valuesMax = 200_000

/** Why a value is no plain data, and where. */
export class NotPlain extends Error {
  readonly path: string
  constructor(path: string, message: string) {
    super(message)
    this.path = path
  }
}

/** `report.payments[0].id`; empty for the whole. */
export const pathText = (path: ReadonlyArray<PropertyKey>): string =>
  path.map((key, index) => typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`).join("")

interface Copy {
  values: number
}

const copy = (value: unknown, path: ReadonlyArray<PropertyKey>, state: Copy): unknown => {
  if (++state.values > valuesMax) {
    throw new NotPlain(pathText(path), `more than ${valuesMax} values are expected nowhere`)
  }
  if (path.length > depthMax) throw new NotPlain(pathText(path), "it is nested too deeply, or contains itself")
  if (Array.isArray(value)) {
    return value.map((item, index) => item === null ? undefined : copy(item, [...path, index], state))
  }
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return value
    case "object": {
      if (value === null) return undefined
      const prototype: unknown = Object.getPrototypeOf(value)
      if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
        throw new NotPlain(pathText(path), "a plain object is expected")
      }
      const made: Record<string, unknown> = {}
      for (const [key, item] of Object.entries(value)) {
        // What a database or a form has no value for is absent.
        if (item === null || item === undefined) continue
        Object.defineProperty(made, key, {
          value: copy(item, [...path, key], state),
          enumerable: true,
          configurable: true,
          writable: true
        })
      }
      return made
    }
    case "undefined":
      return undefined
    case "bigint":
    case "symbol":
    case "function":
      throw new NotPlain(pathText(path), `a ${typeof value} is no data: numbers, texts, lists and objects are`)
  }
}

/** The value without `null` and `undefined`, as a copy. Never throws, whatever proxies and getters do. */
export const plainData = (value: unknown): { readonly data: unknown } | NotPlain => {
  try {
    return { data: copy(value, [], { values: 0 }) }
  } catch (failure) {
    return failure instanceof NotPlain ? failure : new NotPlain("", "it cannot be read: a property of it threw")
  }
}
