/**
 * The work of `docdata anomalies`: what a person has to look at.
 */
import { Anomalies, type AnomalyFilter, anomalyStates, pageSizeMax } from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import { CommandFailure } from "../orders/CommandFailure.ts"
import { merchantsOf, orderNamed } from "../orders/orderNamed.ts"
import { runOnStored } from "../orders/runOnOrders.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { anomalyJson, anomalyText } from "./anomalyText.ts"

const limitDefault = "50"
const limitMax = 1_000_000
const noteLengthMax = 500

const levels = ["error", "warning"] as const

const filterOf = Effect.fnUntraced(function*(given: Given) {
  const { values } = given
  const name = values.get("order")
  const state = anomalyStates.find((one) => one === (values.get("state") ?? "open"))
  const level = levels.find((one) => one === values.get("level"))
  const filter: AnomalyFilter = {
    // Without a merchant also those of the whole service.
    ...(values.has("merchant") ? { merchants: yield* merchantsOf(given) } : {}),
    ...(name === undefined ? {} : { orderId: (yield* orderNamed(name, given)).order.id }),
    ...(state === undefined ? {} : { state }),
    ...(level === undefined ? {} : { level })
  }
  return filter
})

/** Prints anomalies, newest first; resolves with the exit code. */
export const runAnomaliesList = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata anomalies list"
  const limit = wholeNumber(given.values.get("limit") ?? limitDefault, limitMax)
  if (limit === undefined || limit === 0) return badUsage(shell, path, `--limit is a number from 1 to ${limitMax}`)
  const asJson = given.switches.has("json")
  return runOnStored({ path, given, shell }, () =>
    Effect.gen(function*() {
      const anomalies = yield* Anomalies
      const filter = yield* filterOf(given)
      let left = limit
      let after: Parameters<typeof anomalies.list>[1]["after"]
      do {
        const page = yield* anomalies.list(filter, {
          limit: Math.min(left, pageSizeMax),
          ...(after === undefined ? {} : { after })
        })
        const lines = page.items.map((one) => asJson ? anomalyJson(one) : anomalyText(one, shell))
        yield* Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))
        left -= page.items.length
        after = page.next
      } while (after !== undefined && left > 0)
      if (after !== undefined) shell.complain(`${path}: there are more; ask for them with --limit`)
      if (left === limit && !asJson) yield* Effect.promise(() => shell.write("none\n"))
      return exitCodes.done
    }))
}

/** Writes down that somebody knows; resolves with the exit code. */
export const runAnomaliesAck = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata anomalies ack"
  const [id = ""] = given.operands
  const by = given.values.get("by") ?? shell.environment["USER"] ?? ""
  const note = given.values.get("note")
  if (by === "") return badUsage(shell, path, "--by is missing: who knows of it")
  if (note !== undefined && note.length > noteLengthMax) {
    return badUsage(shell, path, `--note has at most ${noteLengthMax} characters`)
  }
  return runOnStored({ path, given, shell }, () =>
    Effect.gen(function*() {
      const anomalies = yield* Anomalies
      const merchants = given.values.has("merchant") ? { merchants: yield* merchantsOf(given) } : {}
      const atMs = yield* Clock.currentTimeMillis
      const acknowledged = { atMs, by: printable(by), ...(note === undefined ? {} : { note }) }
      const anomaly = yield* Effect.catchTag(
        anomalies.acknowledge({ id, ...merchants, acknowledged }),
        "AnomalyNotFound",
        () =>
          Effect.fail(
            new CommandFailure({ exit: exitCodes.commandFailed, message: `there is no anomaly ${printable(id)}` })
          )
      )
      const text = given.switches.has("json") ? anomalyJson(anomaly) : anomalyText(anomaly, shell)
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    }))
}
