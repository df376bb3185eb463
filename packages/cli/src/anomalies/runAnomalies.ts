/**
 * The work of `docdata anomalies`: what a person has to act on.
 */
import type { Anomaly } from "@docdata/contract"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { eachPage } from "../api/eachPage.ts"
import { isJson, report, writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import { anomalyStateChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import { merchantOf, orderNamed } from "../orders/orderNamed.ts"
import type { Shell } from "../Shell.ts"
import { colourOfLevel, makePaint } from "../text/Paint.ts"
import { whenText } from "../text/whenText.ts"
import { beside } from "../text/wrap.ts"

const limitDefault = "50"
const limitMax = 1_000_000

const levels = ["error", "warning"] as const

/** What it is, whose, since when, who knows, and what to do. */
const anomalyText = (anomaly: typeof Anomaly.Type, { colour, columns, nowMs }: Shell): string => {
  const { acknowledged, action, id, kind, level, meaning, orderId, raisedAt, state, subject } = anomaly
  const paint = makePaint(colour)
  const about = [orderId, printable(subject)].filter((part) => part !== undefined && part !== "").join(", ")
  const note = acknowledged?.note === undefined ? "" : `: ${printable(acknowledged.note)}`
  const known = acknowledged === undefined ? [] : [`known to ${printable(acknowledged.by)}${note}`]
  const indent = " ".repeat(9)
  return [
    `${paint(colourOfLevel[level], level.padEnd(7))}  ${printable(kind)}  ${id}  ${state}`,
    `${indent}${anomaly.merchant ?? "the service"}${about === "" ? "" : `, ${about}`}, raised ${
      whenText(Date.parse(raisedAt), nowMs())
    }`,
    ...known.flatMap((text) => beside(indent, text, columns)),
    ...beside(indent, meaning, columns),
    ...beside(`${indent}do: `, action, columns)
  ].join("\n")
}

const filterOf = Effect.fnUntraced(function*(api: Api, given: Given) {
  const { values } = given
  const name = values.get("order")
  const state = anomalyStateChoices.find((one) => one === (values.get("state") ?? "open"))
  const level = levels.find((one) => one === values.get("level"))
  return {
    ...merchantOf(given),
    ...(name === undefined ? {} : { orderId: (yield* orderNamed(api, name, given)).id }),
    ...(state === undefined ? {} : { state }),
    ...(level === undefined ? {} : { level })
  }
})

/** Prints anomalies, newest first; resolves with the exit code. */
export const runAnomaliesList = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata anomalies list", given, shell }
  const limit = wholeNumber(given.values.get("limit") ?? limitDefault, limitMax)
  if (limit === undefined || limit === 0) {
    return badUsage(shell, runner.path, `--limit is a number from 1 to ${limitMax}`)
  }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const filter = yield* filterOf(api, given)
      let isEmpty = true
      const next = yield* eachPage({
        limit,
        read: (page) =>
          Effect.map(api.anomalies.list({ query: { ...filter, ...page } }), ({ anomalies, next }) => ({
            items: anomalies,
            next
          })),
        use: (anomalies) => {
          if (anomalies.length > 0) isEmpty = false
          return writeLines(
            shell,
            anomalies.map((one) => isJson(runner) ? JSON.stringify(one) : anomalyText(one, shell))
          )
        }
      })
      if (next !== undefined) shell.complain(`${runner.path}: there are more; ask for them with --limit`)
      if (isEmpty && !isJson(runner)) yield* writeLines(shell, ["none"])
      return exitCodes.done
    }))
}

/** Writes down that somebody knows; resolves with the exit code. */
export const runAnomaliesAck = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata anomalies ack", given, shell }
  const [anomalyId = ""] = given.operands
  const note = given.values.get("note")
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const payload = note === undefined ? {} : { note }
      const anomaly = yield* api.anomalies.acknowledge({ params: { anomalyId }, payload })
      yield* report(runner, anomaly, (one) => anomalyText(one, shell))
      return exitCodes.done
    }))
}
