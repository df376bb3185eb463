/**
 * `docdata demo`: the service at work, offline, for less than a minute.
 */
import type { Command } from "../Command.ts"

export const demo: Command = {
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [],
  notes: [
    "Eight orders over real HTTP and SOAP on this machine, paid in eight ways. Ends",
    "by itself in less than a minute, and leaves nothing behind."
  ].join("\n"),
  run: async (_given, shell) => {
    const { runDemo } = await import("../demo/runDemo.ts")
    return runDemo(shell)
  }
}
