/**
 * A field with what it means beside it: its description, which names the unit, and an example.
 */
import * as Schema from "effect/Schema"

type Key<S extends Schema.Top> = Schema.Annotations.Key<S["Type"]>

const keyOf = <S extends Schema.Top>(description: string, example: S["Type"] | undefined): Key<S> => ({
  description,
  ...(example === undefined ? {} : { examples: [example] })
})

/** A field that is always there. */
export const field = <S extends Schema.Top>(schema: S, description: string, example?: S["Type"]): S["Rebuild"] =>
  schema.annotateKey(keyOf<S>(description, example))

/** A field that may be absent. */
export const optional = <S extends Schema.Top>(
  schema: S,
  description: string,
  example?: S["Type"]
): Schema.optionalKey<S>["Rebuild"] => Schema.optionalKey(schema).annotateKey(keyOf<S>(description, example))
