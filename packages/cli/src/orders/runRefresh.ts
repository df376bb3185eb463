/**
 * The work of `docdata orders refresh` and `docdata orders expire`: Docdata is asked about one order or many.
 */
import type { Order, OrderSummary } from "@docdata/contract"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { runApi } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import { statusChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import type { ExitCode } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { merchantOf } from "./orderNamed.ts"
import { overOrders, type Refreshed, type Selection } from "./overOrders.ts"

type Summary = typeof OrderSummary.Type

/** What somebody has to receive; the first report of an order brings figures in any case. */
const delivery = ({ fulfilment, hold, status, totals }: Summary, hasTotals: boolean): string =>
  JSON.stringify([status, fulfilment, hold, hasTotals ? totals : undefined])

const refreshed = (before: Summary, after: typeof Order.Type): Refreshed<typeof Order.Type> => {
  const hasTotals = before.totals !== undefined
  const isChanged = delivery(before, hasTotals) !== delivery(after, hasTotals)
  const text = before.status !== after.status
    ? `${before.status} -> ${after.status}`
    : isChanged
    ? `${after.status}, the figures differ`
    : after.status
  return { answer: after, isChanged, text }
}

/** What a refresh would change; nothing is stored. */
const previewed = (api: Api) => (order: Summary) =>
  Effect.map(api.orders.preview({ params: { orderId: order.id } }), (answer) => {
    const { after, before } = answer
    const isChanged = before.status !== after.status || before.rule !== after.rule
    const text = isChanged ? `${before.status} -> ${after.status}  (${after.rule})` : `${after.status}  (${after.rule})`
    return { answer, isChanged, text }
  })

const refreshing = (api: Api) => (order: Summary) =>
  Effect.map(api.orders.refresh({ params: { orderId: order.id } }), (after) => refreshed(order, after))

/** Asks Docdata what is true of orders; resolves with the exit code. */
export const runRefresh = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata orders refresh"
  const runner = { path, given, shell }
  const { operands: names, switches, values } = given
  const statuses = statusChoices.filter((status) => status === values.get("status"))
  const selectors = [names.length > 0, switches.has("all"), statuses.length > 0].filter(Boolean).length
  if (selectors === 0) return badUsage(shell, path, "say which orders: ORDER..., --all or --status S")
  if (selectors > 1) {
    return badUsage(
      shell,
      path,
      "ORDER..., --all and --status exclude each other; --status alone means all of that status"
    )
  }
  const filter = { ...merchantOf(given), ...(statuses.length === 0 ? {} : { status: statuses }) }
  const selection: Selection = names.length > 0 ? { names } : { filter }
  return runApi(runner, (api) =>
    switches.has("dry-run")
      ? overOrders(api, { selection, work: previewed(api), verb: "would change" }, runner)
      : overOrders(api, { selection, work: refreshing(api), verb: "changed" }, runner))
}

const dayMs = 86_400_000
const daysMax = 3_650

/** Expires orders that nobody finished, unless Docdata says otherwise; resolves with the exit code. */
export const runExpire = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata orders expire"
  const runner = { path, given, shell }
  const { operands: names, switches, values } = given
  const typed = values.get("older-than")
  const days = typed === undefined ? undefined : wholeNumber(typed, daysMax)
  if (typed !== undefined && days === undefined) {
    return badUsage(shell, path, `--older-than is a number of days, at most ${daysMax}`)
  }
  if (names.length > 0 === (days !== undefined)) {
    return badUsage(shell, path, "say which orders: either ORDER... or --older-than DAYS")
  }
  const selection: Selection = days === undefined ? { names } : {
    filter: {
      ...merchantOf(given),
      status: ["new", "in_progress", "pending"],
      createdBefore: new Date(shell.nowMs() - days * dayMs).toISOString()
    }
  }
  return runApi(runner, (api) => {
    const expiring = (order: Summary) =>
      Effect.map(api.orders.expire({ params: { orderId: order.id } }), (after) => refreshed(order, after))
    return switches.has("dry-run")
      ? overOrders(api, { selection, work: previewed(api), verb: "would change" }, runner)
      : overOrders(api, { selection, work: expiring, verb: "changed" }, runner)
  })
}
