/**
 * The work of `docdata keys list`.
 */
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { endWith } from "../settings/endWith.ts"
import { listing } from "../settings/listing.ts"
import { type NamedKey, readApiKeys, readSettings } from "@docdata/service/settings"
import { sourcesFor } from "../settings/sourcesFor.ts"
import type { Shell } from "../Shell.ts"
import type { KeyOutput } from "./KeyOutput.ts"

const outputOf = ({ created, id, merchants, scope }: NamedKey): typeof KeyOutput.Type => ({
  name: id,
  scope,
  merchants,
  ...(created === undefined ? {} : { created })
})

export const runList = (given: Given, shell: Shell): Promise<ExitCode> =>
  endWith(
    "docdata keys list",
    shell,
    Effect.gen(function*() {
      const keys = yield* readSettings(yield* sourcesFor(given, shell), readApiKeys)
      yield* listing(given, shell, {
        items: keys.map(outputOf),
        heads: ["name", "scope", "accounts", "created"],
        cells: ({ created = "", merchants, name, scope }) => [
          name,
          scope,
          merchants === "all" ? "all" : merchants.join(", "),
          created
        ]
      })
      return exitCodes.done
    })
  )
