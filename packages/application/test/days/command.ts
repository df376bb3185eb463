/**
 * `npm run refresh-days`: what the refresh schedule makes up for when nobody notifies, in virtual time.
 *
 *     npm run refresh-days -- day                     5,000 orders of a day without a single notification
 *     npm run refresh-days -- day --orders 1000 --rate 600 --seed 1
 *     npm run refresh-days -- outage                  100,000 open orders and 72 hours without Docdata
 *     npm run refresh-days -- outage --orders 5000 --hours 72 --seed 1
 *     npm run refresh-days -- aftermath               a day after 72 hours without Docdata: 20,000 open orders and 700 new ones
 *     npm run refresh-days -- aftermath --orders 100000 --arriving 3500 --rate 1000
 *
 * `--rate` is what the account allows, in refreshes per minute. Prints a table; exit code 1 when an order is not right in
 * time or a merchant's rate was exceeded, 2 when the command is wrong.
 */
import { parseArgs } from "node:util"
import { aftermathProblems, aftermathText } from "./aftermathText.ts"
import { dayProblems, dayText } from "./dayText.ts"
import { outageProblems, outageText } from "./outageText.ts"
import { simulatedAftermath } from "./simulatedAftermath.ts"
import { simulatedDay } from "./simulatedDay.ts"
import { simulatedOutage } from "./simulatedOutage.ts"
import { dayMs, hourMs } from "./VirtualService.ts"

const usage =
  "usage: npm run refresh-days -- day|outage|aftermath [--orders N] [--arriving N] [--seed N] [--rate N] [--hours N]"

const { positionals: [what], values } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: "string" },
    seed: { type: "string", default: "1" },
    arriving: { type: "string", default: "700" },
    rate: { type: "string" },
    hours: { type: "string", default: "72" }
  }
})

const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  console.error(usage)
  process.exit(2)
}

const seed = wholeNumber(values.seed)

const report = (text: string, problems: ReadonlyArray<string>): void => {
  console.log(text)
  for (const problem of problems) console.error(`WRONG: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}

if (what === "day") {
  const options = {
    orders: wholeNumber(values.orders ?? "5000"),
    seed,
    refreshesPerMinute: wholeNumber(values.rate ?? "1000")
  }
  const day = await simulatedDay(options)
  report(dayText(day), dayProblems(day, options))
} else if (what === "outage") {
  const outageMs = wholeNumber(values.hours) * hourMs
  const recoveries = await simulatedOutage({ orders: wholeNumber(values.orders ?? "100000"), seed, outageMs })
  report(outageText(recoveries), outageProblems(recoveries))
} else if (what === "aftermath") {
  const options = {
    orders: wholeNumber(values.orders ?? "20000"),
    arriving: wholeNumber(values.arriving),
    refreshesPerMinute: wholeNumber(values.rate ?? "200"),
    outageMs: wholeNumber(values.hours) * hourMs,
    watchedMs: dayMs,
    seed
  }
  const aftermath = await simulatedAftermath(options)
  report(aftermathText(aftermath, options), aftermathProblems(aftermath, options))
} else {
  console.error(usage)
  process.exitCode = 2
}
