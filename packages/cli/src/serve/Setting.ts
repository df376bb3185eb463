/**
 * One setting of the service: an environment variable, what it has to be, and what is taken without it.
 */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

export interface Setting<A> {
  readonly key: string
  /** What it is, for the message that it is missing or wrong. */
  readonly words: string
  readonly config: Config.Config<A>
  readonly fallback?: A
}

/** A setting that has to be there. */
export const needed = <A>(key: string, words: string, of: (key: string) => Config.Config<A>): Setting<A> => ({
  key,
  words,
  config: of(key)
})

/** A setting that may be left out. */
export const optional = <A>(setting: Setting<A>, fallback: A): Setting<A> => ({ ...setting, fallback })

/** Everything that is wrong with the environment; no values, because some of them are secrets. */
export class Mistakes {
  readonly found: Array<string> = []

  /** Reads a setting. A mistake is noted and the answer then useless: look at `found` before using anything. */
  read<A>({ config, fallback, key, words }: Setting<A>): Effect.Effect<A> {
    const useless = (mistake: string): A => {
      this.note(mistake)
      // Never used: whoever reads settings stops when something was found.
      return undefined as A
    }
    return Effect.match(Config.option(config), {
      onFailure: () => useless(`${key} is not ${words}`),
      onSuccess: (value) =>
        Option.getOrElse(value, () => fallback === undefined ? useless(`${key} is missing: ${words}`) : fallback)
    })
  }

  /** Notes what is wrong besides single settings. */
  note(mistake: string): void {
    this.found.push(mistake)
  }
}
