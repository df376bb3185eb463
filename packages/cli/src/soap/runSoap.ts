/**
 * The work of `docdata soap`: which of its two ways was meant.
 */
import { operationChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { runDecode } from "./runDecode.ts"
import { runEncode } from "./runEncode.ts"

const badUsage = (shell: Shell, clause: string): ExitCode => {
  shell.complain(`docdata soap: ${clause}; see docdata soap --help`)
  return exitCodes.badInput
}

/** Reads, shows; resolves with the exit code. */
export const runSoap = async ({ operands, switches }: Given, shell: Shell): Promise<ExitCode> => {
  const [way, operand] = operands
  const showSecrets = switches.has("show-secrets")
  if (way === "decode") {
    if (operand !== undefined) return badUsage(shell, `unexpected operand ${printable(operand)}`)
    return runDecode(shell, showSecrets)
  }
  if (way !== "encode") return badUsage(shell, `encode or decode is expected; not ${printable(way ?? "")}`)
  const operation = operationChoices.find((choice) => choice === operand)
  if (operation !== undefined) return runEncode(operation, shell, showSecrets)
  const typed = operand === undefined ? "is missing" : `is ${operationChoices.join(", ")}; not ${printable(operand)}`
  return badUsage(shell, `OPERATION ${typed}`)
}
