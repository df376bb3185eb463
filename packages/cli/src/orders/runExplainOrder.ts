/**
 * The work of `docdata orders explain`: the newest refresh decided again with its reasons, and what happened until now.
 */
import { Merchants, OrderStore, pageSizeMax, type TimelineEntry, timelineOf } from "@docdata/application"
import { explain, type Question } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { reportedPaymentsOf } from "../explain/ReportedPayment.ts"
import { explanationOutput } from "../explain/explanationOutput.ts"
import { type Explained, explanationText } from "../explain/explanationText.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { instantText } from "../text/whenText.ts"
import { beside } from "../text/wrap.ts"
import { CommandFailure } from "./CommandFailure.ts"
import { orderToRead } from "./orderNamed.ts"
import type { OrderExplanation } from "./OrderExplanation.ts"
import { type Runner, runOnStored } from "./runOnOrders.ts"

const timelineText = (entries: ReadonlyArray<TimelineEntry>, columns: number): string =>
  ["Timeline"].concat(
    entries.flatMap(({ atMs, text }) => beside(`  ${instantText(atMs)}  `, printable(text), columns))
  ).join("\n")

/** Prints the explanation and the timeline; resolves with the exit code. */
export const runExplainOrder = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders explain", given, shell }
  return runOnStored(runner, () =>
    Effect.gen(function*() {
      const { order, payments } = yield* orderToRead(given.operands[0]!, runner)
      const store = yield* OrderStore
      const { items: observations } = yield* store.observations(order.id, { limit: pageSizeMax })
      const [observation] = observations
      if (observation === undefined) {
        const message = "nobody refreshed the order yet: docdata orders refresh does"
        return yield* new CommandFailure({ exit: exitCodes.commandFailed, message })
      }
      const { policy } = yield* (yield* Merchants).find(order.merchant)
      const question: Question = {
        order: order.state,
        payments,
        report: observation.report,
        nowMs: observation.answeredAtMs,
        policy,
        ...(observation.intent === undefined ? {} : { intent: observation.intent })
      }
      const explained: Explained = {
        explanation: explain(question),
        reportedPayments: reportedPaymentsOf(observation.report),
        policy,
        orderGiven: true
      }
      const entries = timelineOf({
        events: yield* store.events(order.id),
        refreshes: observations,
        modifications: yield* store.modifications(order.id)
      })
      const output = (): typeof OrderExplanation.Type => ({
        ...explanationOutput(explained, question),
        timeline: entries.map(({ atMs, kind, text }) => ({ at: instantText(atMs), kind, text: printable(text) }))
      })
      const text = given.switches.has("json")
        ? JSON.stringify(output())
        : `${explanationText(explained, shell)}\n${timelineText(entries, shell.columns)}`
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    }))
}
