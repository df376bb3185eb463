/**
 * One setting: its environment variable, what it is for, what it has to be, and what is taken without it.
 *
 * In the settings file it has the same name in camel case: `DOCDATA_PUBLIC_ORIGIN` is `publicOrigin`.
 */
import type * as Config from "effect/Config"

export interface Setting<A> {
  /** The environment variable. */
  readonly key: string
  /** What it is for, in one clause; with its unit if it has one. */
  readonly meaning: string
  /** What it has to be, for the message that it is missing or wrong. */
  readonly words: string
  readonly config: Config.Config<A>
  /** Absent if the setting has to be there. */
  readonly fallback?: A
  /** The fallback as somebody would write it; empty if there is nothing to write. */
  readonly fallbackText?: string
}

/** What a setting is called, and what it is for. */
interface Named {
  readonly key: string
  readonly meaning: string
}

/** What a value has to be, in words and in code. */
export interface Kind<A> {
  readonly words: string
  readonly of: (key: string) => Config.Config<A>
}

/** A setting that has to be there. */
export const needed = <A>({ key, meaning }: Named, { of, words }: Kind<A>): Setting<A> => ({
  key,
  meaning,
  words,
  config: of(key)
})

/** A setting that may be left out. */
export const optional = <A>(
  named: Named,
  kind: Kind<A>,
  [fallbackText, fallback]: readonly [words: string, value: NoInfer<A>]
): Setting<A> => ({ ...needed(named, kind), fallback, fallbackText })

/**
 * How the settings file calls it: without `DOCDATA_`, and without the account's name, in camel case. `accountName` is
 * empty for settings of the service.
 */
export const nameInFile = (key: string, accountName: string): string =>
  key.replace(/^DOCDATA_/, "")
    .slice(accountName === "" ? 0 : accountName.length + 1)
    .toLowerCase()
    .replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
