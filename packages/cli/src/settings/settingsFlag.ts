/**
 * The flag of all commands that read settings.
 */
import type { Flag } from "../Command.ts"

export const settingsFlag: Flag = {
  name: "settings",
  value: "FILE",
  words: "settings in a JSON file; default is what DOCDATA_SETTINGS_FILE names"
}
