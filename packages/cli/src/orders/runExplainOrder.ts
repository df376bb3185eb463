/**
 * The work of `docdata orders explain`: the newest look decided again with its reasons, and what happened until now.
 */
import { Merchants, OrderStore, pageSizeMax, type TimelineEntry, timelineOf } from "@docdata/application"
import { explain, type Question } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { attemptsOf } from "../explain/Attempt.ts"
import { explanationOutput } from "../explain/explanationOutput.ts"
import { explanationText, type Told } from "../explain/explanationText.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "@docdata/service/text"
import { instantText } from "../text/whenText.ts"
import { beside } from "../text/wrap.ts"
import { NotDone } from "./NotDone.ts"
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
      const { items: looks } = yield* store.observations(order.id, { limit: pageSizeMax })
      const [look] = looks
      if (look === undefined) {
        const message = "nobody looked at the order yet: docdata orders refresh does"
        return yield* new NotDone({ exit: exitCodes.notDone, message })
      }
      const { policy } = yield* (yield* Merchants).find(order.merchant)
      const question: Question = {
        order: order.state,
        payments,
        report: look.report,
        nowMs: look.answeredAtMs,
        policy,
        ...(look.intent === undefined ? {} : { intent: look.intent })
      }
      const told: Told = { explanation: explain(question), attempts: attemptsOf(look.report), policy, orderGiven: true }
      const entries = timelineOf({
        events: yield* store.events(order.id),
        looks,
        movements: yield* store.movements(order.id)
      })
      const output = (): typeof OrderExplanation.Type => ({
        ...explanationOutput(told, question),
        timeline: entries.map(({ atMs, kind, text }) => ({ at: instantText(atMs), kind, text: printable(text) }))
      })
      const text = given.switches.has("json")
        ? JSON.stringify(output())
        : `${explanationText(told, shell)}\n${timelineText(entries, shell.columns)}`
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    }))
}
