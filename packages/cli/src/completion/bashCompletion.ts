/**
 * Completion for bash, from version 3.2 on.
 */
import type { Place } from "./Place.ts"
import { advance, flagCases, type Offers, placeCases } from "./walk.ts"

const offers: Offers = {
  words: (words) => `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$current"))`,
  // Names may hold blanks; the option is events to old versions and to callers outside a terminal.
  files: "compopt -o filenames 2>/dev/null; IFS=$'\\n'; COMPREPLY=($(compgen -f -- \"$current\"))"
}

export const bashCompletion = (places: ReadonlyArray<Place>): string =>
  [
    "# bash completion of docdata. Put into ~/.bashrc:  source <(docdata completion bash)",
    "_docdata() {",
    "  local IFS=$' \\t\\n' at=\"\" word current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"",
    "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
    ...advance(places),
    "  done",
    "  COMPREPLY=()",
    ...flagCases(places, offers),
    ...placeCases(places, offers),
    "}",
    "complete -F _docdata docdata",
    ""
  ].join("\n")
