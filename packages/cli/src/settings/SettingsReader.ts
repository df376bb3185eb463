/**
 * Reads settings one by one and gathers everything that is wrong, to be told at once.
 */
import * as Config from "effect/Config"
import type * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { nameInFile, type Setting } from "./Setting.ts"
import { SettingsViolations } from "./SettingsViolations.ts"
import { isInEnvironment, providerOf, type Sources } from "./Sources.ts"
import { unknownVariables } from "./unknownVariables.ts"

export class SettingsReader {
  readonly sources: Sources
  readonly found: Array<string> = []
  /** Those of `found` that are about settings that are nowhere. */
  readonly missing: Array<string> = []
  readonly #provider: ConfigProvider.ConfigProvider

  constructor(sources: Sources) {
    this.sources = sources
    this.#provider = providerOf(sources)
  }

  /** Reads a setting. A mistake is noted and the answer then useless: look at `found` before using anything. */
  read<A>(setting: Setting<A>, account = ""): Effect.Effect<A> {
    const { config, fallback, key, words } = setting
    // Never used: whoever reads settings stops when something was found.
    const useless = undefined as A
    return Effect.match(Config.option(config).parse(this.#provider), {
      onFailure: () => {
        this.refuse(setting, account)
        return useless
      },
      onSuccess: (value) =>
        Option.getOrElse(value, () => {
          if (fallback === undefined) this.lack(key, words)
          return fallback ?? useless
        })
    })
  }

  /** Where a setting stands, for messages: the variable, or the file and the name in it. */
  place(key: string, account = ""): string {
    const { file } = this.sources
    if (file === undefined || isInEnvironment(this.sources, key)) return key
    const path = account === "" ? "" : `merchants.${account}.`
    return `${file.source}: ${path}${nameInFile(key, account)}`
  }

  /** Notes a setting that is there, and is not what it has to be. */
  refuse({ key, words }: Pick<Setting<unknown>, "key" | "words">, account = ""): void {
    this.note(`${this.place(key, account)} is not ${words}`)
  }

  /** Notes what is wrong besides single settings. */
  note(violation: string): void {
    this.found.push(violation)
  }

  /** Notes a setting that is nowhere, and what it has to be. */
  lack(key: string, words: string): void {
    const violation = `${key} is missing: ${words}`
    this.found.push(violation)
    this.missing.push(violation)
  }
}

/** What `read` makes of the sources, or everything that is wrong with them. */
export const readSettings = <A>(
  sources: Sources,
  read: (reader: SettingsReader) => Effect.Effect<A>
): Effect.Effect<A, SettingsViolations> =>
  Effect.gen(function*() {
    const reader = new SettingsReader(sources)
    for (const problem of sources.file?.problems ?? []) reader.note(problem)
    for (const problem of unknownVariables(sources)) reader.note(problem)
    const value = yield* read(reader)
    const { found, missing } = reader
    return found.length === 0 ? value : yield* new SettingsViolations({ found, missing })
  })
