/**
 * The work of `docdata explain`.
 */
import { explain, type Order, type StatusReport } from "@docdata/domain"
import { defaultXmlLimits, type ErrorReply, type SoapFault } from "@docdata/soap"
import * as Result from "effect/Result"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { type InputViolation, problemLine } from "@docdata/service/input"
import { readInput, sourceName, stdinOperand } from "../input/readInput.ts"
import type { Shell } from "../Shell.ts"
import { reportedPaymentsOf } from "./ReportedPayment.ts"
import { explanationOutput } from "./explanationOutput.ts"
import { type Explained, explanationText } from "./explanationText.ts"
import type { ErrorReplyOutput, FaultOutput } from "./ExplainOutput.ts"
import { questionOf } from "./questionOf.ts"
import { readReply } from "./readReply.ts"
import { type Terms, termsOf } from "./termsOf.ts"

const badInput = (shell: Shell, problem: InputViolation): ExitCode => {
  shell.complain(`docdata: ${problemLine(problem)}`)
  return exitCodes.badInput
}

const readOrder = async (operand: string, shell: Shell): Promise<Result.Result<Order, InputViolation>> => {
  // Loaded when it is needed: schemas are the largest part of this program.
  const { orderFileBytesMax, readOrderFile } = await import("./OrderFile.ts")
  const bytes = await readInput({ operand, bytesMax: orderFileBytesMax }, shell.stdin)
  return Result.isFailure(bytes) ? Result.fail(bytes.failure) : readOrderFile(bytes.success, sourceName(operand))
}

const writeJson = (shell: Shell, value: object): Promise<void> => shell.write(`${JSON.stringify(value)}\n`)

const reportErrors = async (reply: ErrorReply, source: string, shell: Shell): Promise<void> => {
  for (const { code, text } of reply.errors) shell.complain(`docdata: ${source}: error reply ${code}: ${text}`)
}

const errorsOutput = ({ errors }: ErrorReply): typeof ErrorReplyOutput.Type => ({
  kind: "error-reply",
  errors: errors.map(({ code, text }) => ({ code, text }))
})

const faultOutput = ({ faultcode, faultstring }: SoapFault): typeof FaultOutput.Type => ({
  kind: "soap-fault",
  faultcode,
  faultstring
})

interface Asked extends Terms {
  readonly order: Order | undefined
  readonly asJson: boolean
}

const printReport = async (report: StatusReport, { asJson, order, ...terms }: Asked, shell: Shell): Promise<void> => {
  const question = questionOf(report, { ...terms, ...(order === undefined ? {} : { order }) })
  const explained: Explained = {
    explanation: explain(question),
    reportedPayments: reportedPaymentsOf(report),
    policy: question.policy,
    orderGiven: order !== undefined
  }
  if (asJson) await writeJson(shell, explanationOutput(explained, question))
  else await shell.write(explanationText(explained, shell))
}

const runExplainDemoWith = async ({ operands, switches, values }: Given, shell: Shell): Promise<ExitCode> => {
  if (operands.length > 0 || values.size > 0 || switches.size > 1) {
    return badUsage(shell, "docdata explain", "--demo stands alone")
  }
  const { runExplainDemo } = await import("./demo/runExplainDemo.ts")
  return runExplainDemo(shell)
}

/** Reads, decides, tells; resolves with the exit code. */
export const runExplain = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const [operand] = given.operands
  if (given.switches.has("demo")) return runExplainDemoWith(given, shell)
  if (operand === undefined) return badUsage(shell, "docdata explain", "REPORT.xml|- is missing")
  const orderOperand = given.values.get("order")
  if (operand === stdinOperand && orderOperand === stdinOperand) {
    return badUsage(shell, "docdata explain", "standard input cannot be both the report and the order")
  }
  const terms = termsOf(given, shell.nowMs)
  if (Result.isFailure(terms)) return badUsage(shell, "docdata explain", terms.failure)
  const order = orderOperand === undefined ? undefined : await readOrder(orderOperand, shell)
  if (order !== undefined && Result.isFailure(order)) return badInput(shell, order.failure)
  const bytes = await readInput({ operand, bytesMax: defaultXmlLimits.bytesMax }, shell.stdin)
  if (Result.isFailure(bytes)) return badInput(shell, bytes.failure)
  const source = sourceName(operand)
  const reply = readReply(bytes.success, source)
  if (Result.isFailure(reply)) return badInput(shell, reply.failure)
  const asJson = given.switches.has("json")
  switch (reply.success._tag) {
    case "Success":
      await printReport(reply.success.value, { ...terms.success, order: order?.success, asJson }, shell)
      return exitCodes.done
    case "Errors":
      await (asJson ? writeJson(shell, errorsOutput(reply.success)) : reportErrors(reply.success, source, shell))
      return exitCodes.errorReply
    case "Fault":
      if (asJson) await writeJson(shell, faultOutput(reply.success))
      else {
        const { faultcode, faultstring } = reply.success
        shell.complain(`docdata: ${source}: SOAP fault ${faultcode}: ${faultstring}`)
      }
      return exitCodes.errorReply
  }
}
