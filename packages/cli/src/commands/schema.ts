/**
 * `docdata schema`: the JSON Schema of what a command prints.
 */
import type { Command } from "../Command.ts"
import { exitCodes } from "../ExitCode.ts"
import { printable } from "../text/printable.ts"

const outputs = ["explain", "reconcile"] as const

export const schema: Command = {
  name: "schema",
  summary: "print the JSON Schema of what a command prints: explain, reconcile",
  operands: "COMMAND",
  operandCount: { min: 1, max: 1 },
  flags: [],
  notes: "For explain it is the schema of the object that --json prints, for reconcile that of\neach line.",
  run: async ({ operands }, shell) => {
    const name = outputs.find((output) => output === operands[0])
    if (name === undefined) {
      const typed = printable(operands[0]!)
      shell.complain(`docdata schema: COMMAND is ${outputs.join(" or ")}; not ${typed}; see docdata schema --help`)
      return exitCodes.badInput
    }
    const { outputSchema } = await import("../outputSchema.ts")
    await shell.write(`${JSON.stringify(outputSchema(name), undefined, 2)}\n`)
    return exitCodes.done
  }
}
