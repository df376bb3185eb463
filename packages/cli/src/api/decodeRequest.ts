/**
 * A request made of flags, checked by the contract before it is sent.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { schemaSentence } from "../input/decodeJson.ts"
import { badInput } from "./CommandFailure.ts"

const flagOf = (sentence: string): string =>
  sentence.replace(/^\w+(?=[:.])/, (name) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)

/** The request, or a failure that names the flag. Fields that are undefined are left out. */
export const decodeRequest = <A>(
  schema: Schema.ConstraintDecoder<A>,
  fields: Readonly<Record<string, unknown>>,
  flags: Readonly<Record<string, string>> = {}
) => {
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return Effect.mapError(
    Schema.decodeUnknownEffect(schema, { onExcessProperty: "error" })(present),
    (error) => {
      const sentence = schemaSentence(error)
      const [name = ""] = /^\w+/.exec(sentence) ?? []
      return badInput(flags[name] === undefined ? flagOf(sentence) : sentence.replace(name, `--${flags[name]}`))
    }
  )
}
