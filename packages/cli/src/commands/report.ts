/**
 * `docdata report`.
 */
import type { Command } from "../Command.ts"
import { jsonFlag, statusFlag, storeFlags } from "./orders/flags.ts"

export const report: Command = {
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { ...statusFlag, words: "only orders with this status; all if absent" },
    { name: "from", value: "WHEN", words: "created in this month, on this day, at this instant, or later" },
    { name: "to", value: "WHEN", words: "created before this month, day or instant begins" },
    { name: "zone", value: "NAME", words: "whose months and days: Europe/Amsterdam; default UTC" },
    ...storeFlags,
    { name: "csv", words: "comma-separated, amounts in major units" },
    jsonFlag("report", true)
  ],
  notes: [
    "Registered, captured, the difference of the two, refunded and charged back, of",
    "all accounts or one, as last reported. An order counts in the month of its",
    "creation. --to is excluded: --from 2026-01 --to 2026-02 is January."
  ].join("\n"),
  run: async (given, shell) => {
    const { runReport } = await import("../report/runReport.ts")
    return runReport(given, shell)
  }
}
