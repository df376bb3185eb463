/**
 * A large JSON object, written piece by piece as `JSON.stringify` with two blanks would write it whole.
 */
import * as Effect from "effect/Effect"
import type { Shell } from "../Shell.ts"

const pretty = (value: unknown, depth: number): string =>
  JSON.stringify(value, undefined, 2).replaceAll("\n", `\n${" ".repeat(2 * depth)}`)

/** Writes the next item of a list. */
export type WriteItem = (item: unknown) => Effect.Effect<void>

export interface ObjectWriter {
  readonly field: (name: string, value: unknown) => Effect.Effect<void>
  /** A list that is never there as a whole: `items` hands over one after the other. */
  readonly list: <E, R>(
    name: string,
    items: (write: WriteItem) => Effect.Effect<unknown, E, R>
  ) => Effect.Effect<void, E, R>
  /** Closes the object. */
  readonly end: Effect.Effect<void>
}

export const writeObject = (shell: Shell): ObjectWriter => {
  let before = "{\n"
  const write = (text: string) => Effect.promise(() => shell.write(text))
  const begin = (name: string) =>
    Effect.suspend(() => {
      const text = `${before}  ${JSON.stringify(name)}: `
      before = ",\n"
      return write(text)
    })
  return {
    field: (name, value) => Effect.andThen(begin(name), write(pretty(value, 1))),
    list: Effect.fnUntraced(function*(name, items) {
      yield* begin(name)
      let opening = "["
      yield* items((item) =>
        Effect.suspend(() => {
          const text = `${opening}\n    ${pretty(item, 2)}`
          opening = ","
          return write(text)
        })
      )
      yield* write(opening === "[" ? "[]" : "\n  ]")
    }),
    end: write("\n}\n")
  }
}
