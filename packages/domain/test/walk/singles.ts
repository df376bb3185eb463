/**
 * Every snapshot with one payment.
 */
import type { StatusReport } from "../../src/StatusReport.ts"
import { combine, readLine } from "../oracle/reading.ts"
import type { Outcome } from "../../src/reconcile.ts"
import { randomFrom } from "./random.ts"
import { questionOf, repeats, type Snapshot, Visitor, type Walk } from "./Walk.ts"
import {
  ages,
  intents,
  lineChoice,
  lineCount,
  lineDistance,
  lineOf,
  orders,
  policies,
  registered,
  type Returned,
  totalsOf,
  type TotalsStand,
  withRelease
} from "./world.ts"

/**
 * `documented`: every line, totals that agree or lag, every state of the order, under the default policy.
 * `full`: also totals that lead, the other split of what went back, every paid policy, and an order that is too old.
 */
type SinglesWorld = "documented" | "full"

/** Which lines to visit, and whom to tell how many of them are done. */
export interface SinglesTask {
  readonly world: SinglesWorld
  /** On average one line in so many is visited; 1 means all of them. */
  readonly oneIn: number
  /** Decides which ones. */
  readonly seed: number
  /** Lines whose number is `part` modulo `parts`. */
  readonly part: number
  readonly parts: number
  readonly onProgress?: (done: number, all: number) => void
}

const worlds: Readonly<
  Record<SinglesWorld, {
    readonly stands: ReadonlyArray<TotalsStand>
    readonly returned: ReadonlyArray<Returned>
    readonly policies: typeof policies
    readonly ages: ReadonlyArray<keyof typeof ages>
  }>
> = {
  documented: { stands: ["agree", "lag"], returned: ["refund-all"], policies: policies.slice(0, 1), ages: ["fresh"] },
  full: {
    stands: ["agree", "lag", "lead"],
    returned: ["refund-all", "chargeback-all"],
    policies,
    ages: ["fresh", "old"]
  }
}

// At, one cent below and one cent above what is registered.
const amounts = [registered, registered - 1, registered + 1]

const showsFinished = (line: ReturnType<typeof lineOf>): boolean => {
  const { captured, chargedBack, refunded } = totalsOf(line, "agree")
  return captured + refunded + chargedBack > 0
}

// All that differs between the orders that come out of one report, and the intention.
const repetitionKey = ({ intent }: Snapshot, { order }: Outcome): string =>
  `${order.status} ${order.fulfilment} ${order.hold} ${order.closedBy} ${order.coveredByCapture} ${order.releasedMinor} ${
    intents.indexOf(intent)
  }`

/** Walks its part of the world. */
export const walkSingles = ({ onProgress, oneIn, part, parts, seed, world }: SinglesTask): Walk => {
  const visitor = new Visitor()
  const random = randomFrom(seed + part)
  const dimensions = worlds[world]
  // Orders that come out alike under one report are asked once what the report does to them a second time.
  const repeated = new Set<string>()
  const visitTwice = (snapshot: Snapshot, distance: number): void => {
    const outcome = visitor.visit(snapshot, { all: true, distance })
    const key = repetitionKey(snapshot, outcome)
    if (repeated.has(key)) return
    repeated.add(key)
    const question = questionOf(snapshot)
    if (!repeats(question, outcome)) {
      visitor.blame({ laws: ["a second application changes and tells nothing"], distance, question, outcome })
    }
  }
  const walkStates = (report: StatusReport, line: ReturnType<typeof readLine>, distance: number): void => {
    for (const policy of dimensions.policies) {
      const readings = orders.slice(0, 1).concat(withRelease)
        .map((order) => combine([line], report, { order, policy }))
      for (const age of dimensions.ages) {
        const time = { nowMs: ages[age], tooOld: age === "old" }
        repeated.clear()
        for (const order of orders) {
          // A reading depends on the order in nothing else.
          const reading = readings[order.releasedMinor === undefined ? 0 : 1]!
          for (const intent of intents) visitTwice({ report, reading, order, intent, policy, ...time }, distance)
        }
      }
    }
  }
  for (let number = part; number < lineCount; number += parts) {
    if (random() * oneIn >= 1) continue
    const choice = lineChoice(number)
    const distance = lineDistance(choice)
    // Where nothing went back there is only one way to split it.
    const splits = choice.refund === "none" && choice.chargeback === "none"
      ? dimensions.returned.slice(0, 1)
      : dimensions.returned
    for (const returned of splits) {
      for (const [step, minor] of amounts.entries()) {
        const line = lineOf(choice, { id: "1", minor, returned })
        const reading = readLine(line)
        for (const stand of dimensions.stands) {
          const totals = { ...totalsOf(line, stand), exchangedTo: "EUR" }
          // Where nothing is finished, totals that lag are totals that agree, and were visited already.
          if (stand === "lag" && !showsFinished(line)) continue
          walkStates({ totals, payments: [line] }, reading, distance + step)
        }
      }
    }
    onProgress?.(number + 1, lineCount)
  }
  return visitor.walk
}
