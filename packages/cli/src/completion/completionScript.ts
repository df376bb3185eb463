/**
 * The completion script of a shell, made from the descriptions of the commands.
 */
import type { LoadedEntry } from "../loadCommands.ts"
import { bashCompletion } from "./bashCompletion.ts"
import { fishCompletion } from "./fishCompletion.ts"
import { placesOf } from "./Place.ts"
import { zshCompletion } from "./zshCompletion.ts"

export const completionScript = async (
  shell: "bash" | "zsh" | "fish",
  commands: ReadonlyArray<LoadedEntry>
): Promise<string> => {
  const places = await placesOf(commands)
  switch (shell) {
    case "bash":
      return bashCompletion(places)
    case "zsh":
      return zshCompletion(places)
    case "fish":
      return fishCompletion(places)
  }
}
