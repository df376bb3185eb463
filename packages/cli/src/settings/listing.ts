/**
 * Things of the settings as a table for people, `none` if there are none, or a JSON object a line.
 */
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "@docdata/service/text"
import { table } from "../text/table.ts"

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
    : items.length === 0
    ? ["none"]
    : table([heads, ...items.map((item) => cells(item).map(printable))])
  return Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))
}
