/**
 * `docdata serve`: the service, configured by the environment and a file.
 */
import type { Command } from "../Command.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"

export const serve: Command = {
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    settingsFlag,
    { name: "settings-help", words: "lists all settings, and ends" },
    { name: "trial", words: "with an offline Docdata and a sample shop, to try by hand; reads no settings" },
    { name: "new-key", words: "prints a fresh API key, its hash and fresh webhook keys, and ends" }
  ],
  notes: [
    "Settings are environment variables named DOCDATA_... and one file; the",
    "environment wins. Whatever is wrong with them is told at once, and nothing is",
    "started. It serves until Ctrl-C or SIGTERM and finishes the requests in hand.",
    "Logs are lines of JSON on standard error."
  ].join("\n"),
  run: async (given, shell) => {
    const { runServe } = await import("../serve/runServe.ts")
    return runServe(given, shell)
  }
}
