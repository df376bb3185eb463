/**
 * The work of `docdata webhooks deliveries` and `docdata webhooks redeliver`.
 */
import type { DeliverySummary } from "@docdata/contract"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { eachPage } from "../api/eachPage.ts"
import { isJson, report, writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import { deliveryStateChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { instantExpected, parseInstant } from "../input/instant.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { instantText, whenText } from "../text/whenText.ts"

const limitDefault = "50"
const limitMax = 1_000_000

const deliveryText = (delivery: typeof DeliverySummary.Type, { nowMs }: Shell): string => {
  const { attemptCount, deadLettered, eventId, notBefore, occurredAt, state, type } = delivery
  const tries = attemptCount === 1 ? "1 attempt" : `${attemptCount} attempts`
  const why = deadLettered === undefined
    ? notBefore === undefined ? "" : `, next ${whenText(Date.parse(notBefore), nowMs())}`
    : `, ${printable(deadLettered.reason)}`
  return `${instantText(Date.parse(occurredAt))}  ${eventId.padEnd(28)}  ${type.padEnd(26)}  ${state}, ${tries}${why}`
}

/** Prints the deliveries of an endpoint, newest event first; resolves with the exit code. */
export const runDeliveries = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata webhooks deliveries", given, shell }
  const [endpointId = ""] = given.operands
  const limit = wholeNumber(given.values.get("limit") ?? limitDefault, limitMax)
  if (limit === undefined || limit === 0) {
    return badUsage(shell, runner.path, `--limit is a number from 1 to ${limitMax}`)
  }
  const state = deliveryStateChoices.find((one) => one === given.values.get("state")) ?? "waiting"
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      let isEmpty = true
      const next = yield* eachPage({
        limit,
        read: (page) =>
          Effect.map(
            api["webhook-deliveries"].list({ params: { endpointId }, query: { state, ...page } }),
            ({ deliveries, next }) => ({ items: deliveries, next })
          ),
        use: (deliveries) => {
          if (deliveries.length > 0) isEmpty = false
          return writeLines(
            shell,
            deliveries.map((one) => isJson(runner) ? JSON.stringify(one) : deliveryText(one, shell))
          )
        }
      })
      if (isEmpty && !isJson(runner)) yield* writeLines(shell, ["none"])
      if (next !== undefined) shell.complain(`${runner.path}: there are more; ask for them with --limit`)
      return exitCodes.done
    }))
}

/** Asks again while there are more, until the moment of the first answer: later dead letters are left. */
const openAll = Effect.fnUntraced(function*(api: Api, endpointId: string, { from, shell }: {
  readonly from: string
  readonly shell: Shell
}) {
  const ask = (until: { readonly deadLetteredUntil?: string }) =>
    api["webhook-endpoints"].redeliver({ params: { endpointId }, payload: { deadLetteredFrom: from, ...until } })
  let answer = yield* ask({})
  const { deadLetteredUntil } = answer
  let { opened } = answer
  while (answer.more) {
    shell.progress?.(`${opened} opened`)
    answer = yield* ask({ deadLetteredUntil })
    opened += answer.opened
  }
  shell.progress?.("")
  return { ...answer, opened }
})

export const runRedeliver = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata webhooks redeliver", given, shell }
  const { operands: [endpointId = "", eventId], values } = given
  const since = values.get("since")
  const sinceMs = since === undefined ? undefined : parseInstant(since)
  if ((eventId === undefined) === (since === undefined)) {
    return badUsage(shell, runner.path, "name either EVENT or --since")
  }
  if (since !== undefined && sinceMs === undefined) return badUsage(shell, runner.path, `--since is ${instantExpected}`)
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      if (eventId !== undefined) {
        const delivery = yield* api["webhook-deliveries"].redeliver({ params: { endpointId, eventId } })
        yield* report(runner, delivery, () => "opened again: 1")
      } else {
        const from = new Date(sinceMs ?? 0).toISOString()
        yield* report(runner, yield* openAll(api, endpointId, { from, shell }), ({ deadLetteredUntil, opened }) =>
          `opened again: ${opened}, given up before ${instantText(Date.parse(deadLetteredUntil))}`)
      }
      return exitCodes.done
    }))
}
