/**
 * The work of `docdata report`: what orders registered, captured and gave back, by month and currency.
 */
import type { OrderFilter } from "@docdata/application"
import { Amount } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { momentExpected, monthOf, parseMoment, type TimeZone, timeZone } from "../input/TimeZone.ts"
import { CommandFailure } from "../orders/CommandFailure.ts"
import { orderFilter } from "../orders/orderFilter.ts"
import { eachPage } from "../orders/orderPages.ts"
import { runOnStored } from "../orders/runOnOrders.ts"
import type { Shell } from "../Shell.ts"
import { csvText } from "../text/csv.ts"
import { printable } from "../text/printable.ts"
import { table } from "../text/table.ts"
import { differenceOf, isExact, type MonthlyFigures, MonthlySums } from "./MonthlyFigures.ts"
import type { ReportLine } from "./ReportLine.ts"

const path = "docdata report"

const columns = ["month", "currency", "orders", "registered", "captured", "difference", "refunded", "charged back"]

const cells = (row: MonthlyFigures): ReadonlyArray<string> => {
  const { captured, chargedBack, currency, month, orders, refunded, registered } = row
  const amounts = [registered, captured, differenceOf(row), refunded, chargedBack]
  return [month, currency, String(orders), ...amounts.map((minor) => Amount.toMajor({ minor, currency }))]
}

const alignedRows = (rows: ReadonlyArray<MonthlyFigures>): ReadonlyArray<string> => {
  const texts = [columns, ...rows.map(cells)]
  const widths = columns.map((_, column) => Math.max(...texts.map((row) => row[column]!.length)))
  return table(texts.map((row) => row.map((cell, column) => column < 2 ? cell : cell.padStart(widths[column]!))))
}

const jsonLine = (row: MonthlyFigures): string => {
  const { captured, chargedBack, currency, month, orders, refunded, registered } = row
  const difference = differenceOf(row)
  const line: typeof ReportLine.Type = {
    month,
    currency,
    orders,
    registered,
    captured,
    difference,
    refunded,
    chargedBack
  }
  return JSON.stringify(line)
}

const reportText = (rows: ReadonlyArray<MonthlyFigures>, { switches }: Given, zone: TimeZone): string => {
  if (switches.has("csv")) return csvText([columns.map((name) => name.replace(" ", "_")), ...rows.map(cells)])
  if (switches.has("json")) return rows.map((row) => `${jsonLine(row)}\n`).join("")
  return `${[`Orders by the month of their creation, ${zone.name}`, ...alignedRows(rows)].join("\n")}\n`
}

type Span = Pick<OrderFilter, "createdFromMs" | "createdBeforeMs">

/** From `--from` and `--to`, or a clause that says what is wrong. */
const spanOf = ({ values }: Given, zone: TimeZone): Span | string => {
  const [from, to] = [values.get("from"), values.get("to")]
  const createdFromMs = from === undefined ? undefined : parseMoment(from, zone)
  const createdBeforeMs = to === undefined ? undefined : parseMoment(to, zone)
  if (from !== undefined && createdFromMs === undefined) return `--from is ${momentExpected}; not ${printable(from)}`
  if (to !== undefined && createdBeforeMs === undefined) return `--to is ${momentExpected}; not ${printable(to)}`
  return {
    ...(createdFromMs === undefined ? {} : { createdFromMs }),
    ...(createdBeforeMs === undefined ? {} : { createdBeforeMs })
  }
}

/** Sums up and prints; resolves with the exit code. */
export const runReport = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const { switches, values } = given
  if (switches.has("csv") && switches.has("json")) return badUsage(shell, path, "--csv and --json exclude each other")
  const zoneName = values.get("zone") ?? "UTC"
  const zone = timeZone(zoneName)
  if (zone === undefined) {
    return badUsage(shell, path, `--zone is a name such as Europe/Amsterdam; not ${printable(zoneName)}`)
  }
  const span = spanOf(given, zone)
  if (typeof span === "string") return badUsage(shell, path, span)
  return runOnStored({ path, given, shell }, () =>
    Effect.gen(function*() {
      const filter = { ...(yield* orderFilter({ ...given, values: withoutTimes(values) })), ...span }
      const sums = new MonthlySums((ms) => monthOf(ms, zone))
      let read = 0
      yield* eachPage(filter, {}, (orders) =>
        Effect.sync(() => {
          for (const order of orders) if (order.registration === "confirmed") sums.add(order)
          read += orders.length
          shell.progress?.(`${read} orders read`)
        }))
      shell.progress?.("")
      const rows = sums.rows()
      if (!rows.every(isExact)) {
        const message = "a sum is larger than can be told exactly: narrow the report with --from and --to"
        return yield* new CommandFailure({ exit: exitCodes.commandFailed, message })
      }
      yield* Effect.promise(() => shell.write(reportText(rows, given, zone)))
      return exitCodes.done
    }))
}

// The times of a report are those of its zone.
const withoutTimes = (values: Given["values"]): Given["values"] =>
  new Map([...values].filter(([name]) => name !== "from" && name !== "to"))
