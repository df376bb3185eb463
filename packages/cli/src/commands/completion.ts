/**
 * `docdata completion`: what shells need to complete command lines.
 */
import { badUsage } from "../badUsage.ts"
import type { Command, CommandEntry } from "../Command.ts"
import { exitCodes } from "../ExitCode.ts"
import { loadCommands } from "../loadCommands.ts"
import { printable } from "@docdata/service/text"

const shells = ["bash", "zsh", "fish"] as const

/** Completes the commands that it is given, itself included. */
export const completionOf = (commands: ReadonlyArray<CommandEntry>): Command => ({
  operands: "SHELL",
  operandCount: { min: 1, max: 1 },
  flags: [],
  notes: [
    `SHELL is ${shells.join(", ")}. For bash and zsh:`,
    "",
    "  source <(docdata completion bash)"
  ].join("\n"),
  run: async ({ operands: [typed = ""] }, shell) => {
    const name = shells.find((one) => one === typed)
    if (name === undefined) {
      return badUsage(shell, "docdata completion", `SHELL is ${shells.join(", ")}; not ${printable(typed)}`)
    }
    const { completionScript } = await import("../completion/completionScript.ts")
    await shell.write(await completionScript(name, await loadCommands(commands)))
    return exitCodes.done
  }
})
