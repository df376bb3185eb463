/**
 * `docdata schema`: the JSON Schema of what a command prints.
 */
import { badUsage } from "../badUsage.ts"
import type { Command } from "../Command.ts"
import { exitCodes } from "../ExitCode.ts"
import { printable } from "../text/printable.ts"

const outputs = ["explain", "reconcile", "merchants", "keys", "key"] as const

export const schema: Command = {
  name: "schema",
  summary: "print the JSON Schema of what a command prints",
  operands: "COMMAND",
  operandCount: { min: 1, max: 1 },
  flags: [],
  notes: [
    `COMMAND is ${outputs.join(", ")}.`,
    "explain is the object that --json prints, key that of keys create; of reconcile,",
    "merchants list and keys list it is each line."
  ].join("\n"),
  run: async ({ operands }, shell) => {
    const name = outputs.find((output) => output === operands[0])
    if (name === undefined) {
      const typed = printable(operands[0]!)
      return badUsage(shell, "docdata schema", `COMMAND is ${outputs.join(", ")}; not ${typed}`)
    }
    const { outputSchema } = await import("../outputSchema.ts")
    await shell.write(`${JSON.stringify(outputSchema(name), undefined, 2)}\n`)
    return exitCodes.done
  }
}
