/**
 * Completion for zsh.
 */
import type { Place } from "./Place.ts"
import { advance, flagCases, type Offers, placeCases } from "./walk.ts"

const offers: Offers = { words: (words) => `compadd -- ${words.join(" ")}`, files: "_files" }

export const zshCompletion = (places: ReadonlyArray<Place>): string =>
  [
    "#compdef docdata",
    "# zsh completion of docdata. Put into ~/.zshrc, after compinit:  source <(docdata completion zsh)",
    "_docdata() {",
    "  local at=\"\" word current=\"${words[CURRENT]}\" previous=\"${words[CURRENT-1]}\"",
    "  for word in \"${(@)words[2,CURRENT-1]}\"; do",
    ...advance(places),
    "  done",
    ...flagCases(places, offers),
    ...placeCases(places, offers),
    "}",
    "compdef _docdata docdata",
    ""
  ].join("\n")
