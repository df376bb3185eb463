/**
 * Things of the settings as a table for people, or a JSON object a line.
 */
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { table } from "../text/table.ts"
import type { SettingsMistakes } from "./SettingsMistakes.ts"

interface Listing<A> {
  readonly items: ReadonlyArray<A>
  readonly heads: ReadonlyArray<string>
  readonly cells: (item: A) => ReadonlyArray<string>
}

export const listing = <A>(
  { switches }: Given,
  shell: Shell,
  { cells, heads, items }: Listing<A>
): Effect.Effect<void> => {
  const lines = switches.has("json")
    ? items.map((item) => JSON.stringify(item))
    : table([heads, ...items.map((item) => cells(item).map(printable))])
  return Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))
}

/** Runs a command that ends well, or with mistakes in the settings: a line each. */
export const endWith = (
  command: string,
  shell: Shell,
  work: Effect.Effect<void, SettingsMistakes>
): Promise<ExitCode> =>
  Effect.runPromise(
    Effect.match(work, {
      onSuccess: () => exitCodes.done,
      onFailure: ({ found }) => {
        for (const line of found) shell.complain(`${command}: ${line}`)
        return exitCodes.badInput
      }
    })
  )
