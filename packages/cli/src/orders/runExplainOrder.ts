/**
 * The work of `docdata orders explain` and `docdata orders watch`: why an order has its status, and what happens to it.
 */
import type { Explanation, Order, Timeline } from "@docdata/contract"
import { isClosed, isMoneyState } from "@docdata/domain"
import { printable } from "@docdata/service/text"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { notPossible } from "../api/CommandFailure.ts"
import { failureOf } from "../api/failureOf.ts"
import { isJson, report, writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { changesText } from "../explain/changesText.ts"
import { statusTexts } from "../explain/statusTexts.ts"
import type { Shell } from "../Shell.ts"
import { colourOfFulfilment, colourOfLevel, colourOfStatus, makePaint, type Paint } from "../text/Paint.ts"
import { table } from "../text/table.ts"
import { awayText, instantText, whenText } from "../text/whenText.ts"
import { beside, wrap } from "../text/wrap.ts"
import { orderToRead } from "./orderNamed.ts"

type Entry = (typeof Timeline.Type)["entries"][number]

const timelineText = (entries: ReadonlyArray<Entry>, columns: number): ReadonlyArray<string> =>
  ["Timeline"].concat(
    entries.flatMap(({ at, text }) => beside(`  ${instantText(Date.parse(at))}  `, printable(text), columns))
  )

type Finding = (typeof Explanation.Type)["findings"][number]

const findingText = (
  { action, kind, level, meaning }: Finding,
  paint: Paint,
  columns: number
): ReadonlyArray<string> => [
  "",
  `${paint(colourOfLevel[level], level)}  ${printable(kind)}`,
  ...beside("  ", printable(meaning), columns),
  ...beside("  do: ", printable(action), columns)
]

const policyText = ({ policy, rules }: typeof Explanation.Type): string =>
  policy === undefined
    ? `${printable(rules)} rules; the policy was not recorded with this decision`
    : `${policy.rules} rules${policy.rules === "strict" ? `, paid when ${policy.paidWhen.default}` : ""}`

const changeLines = ({ alternatives, otherwise }: typeof Explanation.Type, columns: number): ReadonlyArray<string> =>
  changesText({
    alternatives: alternatives.map(({ missing, outcome, rule }) => ({
      rule,
      outcome: printable(outcome),
      missing: missing.map(({ by, text }) => ({
        words: printable(text),
        ...(by === undefined ? {} : { byMinor: by.minor })
      }))
    })),
    currency: alternatives.flatMap(({ missing }) => missing).find(({ by }) => by !== undefined)?.by?.currency ?? "",
    ...(otherwise === undefined ? {} : {
      otherwise: { ...otherwise, unless: otherwise.unless.map((words) => printable(words)) }
    })
  }, columns)

const explanationText = (
  explanation: typeof Explanation.Type,
  { colour, columns, nowMs }: Shell
): ReadonlyArray<string> => {
  const { askedAt, because, findings, fulfilment, meaning, observedBy, rule, status } = explanation
  const paint = makePaint(colour)
  return [
    ...table([
      ["status", paint(colourOfStatus[status], statusTexts[status])],
      ["goods", paint(colourOfFulfilment[fulfilment], fulfilment)],
      ["rule", rule],
      ["policy", policyText(explanation)],
      ["reported", `${whenText(Date.parse(askedAt), nowMs())}, asked by ${printable(observedBy)}`]
    ]),
    "",
    ...wrap(meaning, columns),
    ...because.flatMap((line) => beside("  ", printable(line), columns)),
    ...findings.flatMap((finding) => findingText(finding, paint, columns)),
    ...changeLines(explanation, columns),
    ""
  ]
}

/** Prints the explanation and the timeline; resolves with the exit code. */
export const runExplainOrder = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders explain", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const order = yield* orderToRead(api, runner)
      const params = { orderId: order.id }
      const explanation = yield* Effect.mapError(api.orders.explanation({ params }), (failure) => {
        const known = failureOf(failure)
        return known.code === "wrong-state"
          ? notPossible("nobody refreshed the order yet: docdata orders refresh does")
          : known
      })
      const entries = isJson(runner) ? [] : (yield* api.orders.timeline({ params })).entries
      yield* report(runner, explanation, (one) =>
        [...explanationText(one, shell), ...timelineText(entries, shell.columns)].join("\n"))
      return exitCodes.done
    }))
}

const readEveryMs = 1_000

/** Every observation is kept for ever: often enough for a person who waits, and no more. */
const refreshEveryMs = 30_000

const isFinal = ({ status }: typeof Order.Type): boolean => isMoneyState(status) || isClosed(status)

const lineOf = (entry: Entry, asJson: boolean): string =>
  asJson ? JSON.stringify(entry) : `${instantText(Date.parse(entry.at))}  ${printable(entry.text)}`

// Entries are told once; refreshes that change nothing are no events.
const keyOf = ({ at, eventId, kind, revision, text }: Entry): string =>
  eventId ?? `${kind} ${revision ?? ""} ${at} ${text}`

const refresh = (api: Api, orderId: string, { path, shell }: Runner) =>
  api.orders.refresh({ params: { orderId } }).pipe(
    Effect.asVoid,
    Effect.catch((failure) => Effect.sync(() => shell.complain(`${path}: ${failureOf(failure).message}`)))
  )

const watch = Effect.fnUntraced(function*(api: Api, runner: Runner) {
  const { shell } = runner
  const { id, registration } = yield* orderToRead(api, runner)
  const params = { orderId: id }
  const explained = new Set<string>()
  let refreshAtMs = 0
  for (;;) {
    const nowMs = yield* Clock.currentTimeMillis
    if (nowMs >= refreshAtMs && registration === "confirmed") {
      yield* refresh(api, id, runner)
      refreshAtMs = (yield* Clock.currentTimeMillis) + refreshEveryMs
    }
    const { entries } = yield* api.orders.timeline({ params })
    const fresh = entries.filter((entry) => entry.kind !== "refresh" && !explained.has(keyOf(entry)))
    for (const entry of fresh) explained.add(keyOf(entry))
    yield* writeLines(shell, fresh.map((entry) => lineOf(entry, isJson(runner))))
    const latest = yield* api.orders.read({ params })
    if (isFinal(latest)) return
    shell.progress?.(`${latest.status}, asked again ${awayText(refreshAtMs, nowMs)}; Ctrl-C ends it`)
    yield* Effect.sleep(readEveryMs)
  }
})

/** Tells until the order is final or somebody ends it; resolves with the exit code. */
export const runWatch = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders watch", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      yield* Effect.raceFirst(watch(api, runner), Effect.promise(() => shell.interrupted()))
      shell.progress?.("")
      return exitCodes.done
    }))
}
