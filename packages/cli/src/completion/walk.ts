/**
 * The part that bash and zsh have in common: a case for each place, and one for each flag with a value.
 */
import { type Place, valuesOf } from "./Place.ts"

/** How a shell offers words, and files. */
export interface Offers {
  readonly words: (words: ReadonlyArray<string>) => string
  readonly files: string
}

const valueCases = ({ flags, path }: Place, { files, words }: Offers): ReadonlyArray<string> =>
  flags.flatMap((flag) => {
    if (flag.value === undefined) return []
    const values = valuesOf(flag)
    const offer = values === "files" ? files : values === "nothing" ? ":" : words(values)
    return [`    "${path} --${flag.name}") ${offer}; return ;;`]
  })

/** Of a flag whose value is being typed. `$at` is the place, `$previous` the word before. */
export const flagCases = (places: ReadonlyArray<Place>, offers: Offers): ReadonlyArray<string> => [
  "  case \"$at $previous\" in",
  ...places.flatMap((place) => valueCases(place, offers)),
  "  esac"
]

/** Of everything else. `$current` is what was typed so far. */
export const placeCases = (places: ReadonlyArray<Place>, { files, words }: Offers): ReadonlyArray<string> => [
  "  case \"$at\" in",
  ...places.flatMap(({ flags, names, path, takesFile }) => [
    `    "${path}")`,
    ...(takesFile ? [`      [[ "$current" == -* ]] || { ${files}; return; }`] : []),
    `      ${words([...names.map(({ word }) => word), ...flags.map(({ name }) => `--${name}`)])} ;;`
  ]),
  "  esac"
]

/** Takes words to the place they lead to: `$at` grows by each that is a name behind it. */
export const advance = (places: ReadonlyArray<Place>): ReadonlyArray<string> => [
  "    case \"$at $word\" in",
  ...places.filter(({ path }) => path !== "").map(({ path }) =>
    `      "${path.includes(" ") ? path : ` ${path}`}") at="${path}" ;;`
  ),
  "    esac"
]
