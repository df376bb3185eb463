/**
 * What commands on the API print: the contract's JSON as it came, or text for people.
 */
import * as Effect from "effect/Effect"
import type { Shell } from "../Shell.ts"
import type { Runner } from "./runApi.ts"

/** Writes lines. */
export const writeLines = (shell: Shell, lines: ReadonlyArray<string>): Effect.Effect<void> =>
  lines.length === 0 ? Effect.void : Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))

export const isJson = ({ given }: Runner): boolean => given.switches.has("json")

/** Writes one answer. */
export const report = <A>(runner: Runner, answer: A, text: (answer: A) => string): Effect.Effect<void> =>
  writeLines(runner.shell, [isJson(runner) ? JSON.stringify(answer) : text(answer)])
