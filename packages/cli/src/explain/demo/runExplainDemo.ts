/**
 * The work of `docdata explain --demo`: bundled replies, decided by the same code as any other.
 */
import { defaultPolicy, explain, type Explanation, type Order, type Question, type StatusReport } from "@docdata/domain"
import type { Reply } from "@docdata/soap"
import * as Result from "effect/Result"
import { type ExitCode, exitCodes } from "../../ExitCode.ts"
import { reportedPaymentsOf } from "../ReportedPayment.ts"
import { explanationText } from "../explanationText.ts"
import { unknownOrderKey } from "../questionOf.ts"
import { readReply } from "../readReply.ts"
import type { Shell } from "../../Shell.ts"
import { table } from "../../text/table.ts"
import { beside, wrap } from "../../text/wrap.ts"
import { explainedInFull, type Situation, situations } from "./situations.ts"

// Any instant does; a fixed one shows the same page every time.
const nowMs = Date.UTC(2026, 1, 3, 9, 15)

const orderOf = ({ before, grossMinor }: Situation): Order => ({
  key: unknownOrderKey,
  status: before,
  fulfilment: before === "paid" ? "ship" : "wait",
  createdAtMs: nowMs - 60 * 60 * 1000,
  currency: "EUR",
  grossMinor
})

const questionFor = (situation: Situation, report: StatusReport): Question => ({
  order: orderOf(situation),
  payments: [],
  report,
  nowMs,
  policy: defaultPolicy
})

const replyOf = ({ reply, title }: Situation): Reply<StatusReport> => {
  const read = readReply(new TextEncoder().encode(reply), title)
  // The replies are part of this program, and a test reads them all.
  if (Result.isFailure(read)) throw new Error(read.failure.sentence)
  return read.success
}

interface Row {
  readonly cells: readonly [situation: string, status: string, fulfilment: string, why: string]
  readonly explanation?: Explanation
}

const rowOf = (situation: Situation): Row => {
  const reply = replyOf(situation)
  switch (reply._tag) {
    case "Success": {
      const explanation = explain(questionFor(situation, reply.value))
      const { fulfilment, rule, status } = explanation.decision
      return { cells: [situation.title, status, fulfilment, rule], explanation }
    }
    case "Errors":
      return { cells: [situation.title, "-", "-", reply.errors[0]!.code] }
    case "Fault":
      return { cells: [situation.title, "-", "-", reply.faultcode] }
  }
}

const rulesText = (rows: ReadonlyArray<Row>, columns: number): ReadonlyArray<string> => {
  const meanings = new Map<string, string>()
  for (const { explanation } of rows) {
    if (explanation !== undefined) meanings.set(explanation.decision.rule, explanation.meaning)
  }
  const width = Math.max(...[...meanings.keys()].map(({ length }) => length))
  return [...meanings].flatMap(([rule, meaning]) => beside(`  ${rule.padEnd(width)}  `, meaning, columns))
}

const fullText = (shell: Shell): string => {
  const reply = replyOf(explainedInFull)
  if (reply._tag !== "Success") return ""
  const explanation = explain(questionFor(explainedInFull, reply.value))
  return explanationText(
    { explanation, reportedPayments: reportedPaymentsOf(reply.value), policy: defaultPolicy, orderGiven: true },
    shell
  )
}

const intro = "Docdata reports totals and payment attempts, in no order, and never the status of the order. " +
  "These are status replies as they come over the wire, and what they mean:"

/** Prints the page; always ends by itself. */
export const runExplainDemo = async (shell: Shell): Promise<ExitCode> => {
  const rows = situations.map(rowOf)
  const lines = [
    ...wrap(intro, shell.columns),
    "",
    ...table([["situation", "status", "fulfilment", "why"], ...rows.map(({ cells }) => cells)]),
    "",
    "The rules that decided",
    ...rulesText(rows, shell.columns),
    "",
    `One of them in full: ${explainedInFull.title}`,
    "",
    ...fullText(shell).split("\n"),
    "Try it on a reply of your own: docdata explain REPORT.xml",
    ""
  ]
  await shell.write(lines.join("\n"))
  return exitCodes.done
}
