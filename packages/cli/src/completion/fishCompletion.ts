/**
 * Completion for fish.
 */
import type { Flag } from "../Command.ts"
import { type Place, valuesOf } from "./Place.ts"

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, (mark) => `\\${mark}`)}'`

const behind = (path: string): string =>
  path === ""
    ? "__fish_use_subcommand"
    : path.split(" ").map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ")

// The names of a group are offered until one of them stands there.
const beforeNames = ({ names, path }: Place): string =>
  path === ""
    ? behind(path)
    : `${behind(path)}; and not __fish_seen_subcommand_from ${names.map(({ word }) => word).join(" ")}`

const valueOptions = (flag: Flag): string => {
  if (flag.value === undefined) return ""
  const values = valuesOf(flag)
  if (values === "files") return " -r -F"
  return values === "nothing" ? " -x" : ` -x -a ${quoted(values.join(" "))}`
}

const linesOf = (place: Place): ReadonlyArray<string> => [
  ...place.names.map(({ word, words }) =>
    `complete -c docdata -n ${quoted(beforeNames(place))} -a ${word} -d ${quoted(words)}`
  ),
  ...(place.takesFile ? [`complete -c docdata -n ${quoted(behind(place.path))} -F`] : []),
  ...place.flags.map((flag) =>
    `complete -c docdata -n ${quoted(behind(place.path))} -l ${flag.name}${valueOptions(flag)} -d ${quoted(flag.words)}`
  )
]

export const fishCompletion = (places: ReadonlyArray<Place>): string =>
  [
    "# fish completion of docdata:  docdata completion fish > ~/.config/fish/completions/docdata.fish",
    "complete -c docdata -f",
    ...places.flatMap(linesOf),
    ""
  ].join("\n")
