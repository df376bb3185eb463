/**
 * `docdata demo`: what explain says about a handful of typical replies.
 */
import type { Command } from "../Command.ts"

export const demo: Command = {
  name: "demo",
  summary: "explain a handful of bundled status replies, no account needed",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [],
  notes: "",
  run: async (_given, shell) => {
    const { runDemo } = await import("../demo/runDemo.ts")
    return runDemo(shell)
  }
}
