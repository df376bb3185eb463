/**
 * Examples of whole bodies, put together from those of their fields, so that each is said once.
 */
import { type Components, type JsonSchema, nameOf } from "./tidySchema.ts"

/** What stands for a text or number that says no example. */
const plain: Readonly<Record<string, unknown>> = { string: "text", integer: 1, number: 1, boolean: true, object: {} }

/** Whether a field that may be absent belongs into an example: its own says so, or that of what is in it. */
const isMeaningful = (schema: JsonSchema, components: Components): boolean => {
  const { $ref, anyOf, examples, items, oneOf, properties } = schema
  const inner = $ref === undefined ? items ?? oneOf?.[0] ?? anyOf?.[0] : components[nameOf($ref)]
  return examples !== undefined || properties !== undefined || (inner !== undefined && isMeaningful(inner, components))
}

/** A value that the schema allows; of a union the first. */
export const exampleOf = (schema: JsonSchema, components: Components): unknown => {
  const { $ref, anyOf, enum: values, examples, items, oneOf, properties, required = [], type } = schema
  if (examples?.[0] !== undefined) return examples[0]
  if ($ref !== undefined) return exampleOf(components[nameOf($ref)] ?? {}, components)
  const [choice] = oneOf ?? anyOf ?? []
  if (choice !== undefined) return exampleOf(choice, components)
  if (values !== undefined) return values[0]
  if (items !== undefined) return [exampleOf(items, components)]
  if (properties !== undefined) {
    const shown = Object.entries(properties).filter(([name, part]) =>
      required.includes(name) || isMeaningful(part, components)
    )
    return Object.fromEntries(shown.map(([name, part]) => [name, exampleOf(part, components)]))
  }
  return plain[type ?? "object"]
}
