/**
 * Does one thing to many orders: at each account's own rate, in bounded memory. One that fails is told and stops nothing.
 */
import type { OrderSummary } from "@docdata/contract"
import { printable } from "@docdata/service/text"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import type { CommandFailure } from "../api/CommandFailure.ts"
import { failureOf } from "../api/failureOf.ts"
import { isJson, writeLines } from "../api/output.ts"
import type { Runner } from "../api/runApi.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { progressText } from "./progressText.ts"
import { eachOrderPage } from "./orderFilter.ts"
import { type OrderFilter, orderNamed } from "./orderNamed.ts"

type Summary = typeof OrderSummary.Type

/** Which orders: those that were typed, or those of a filter. */
export type Selection = { readonly names: ReadonlyArray<string> } | { readonly filter: OrderFilter }

/** What came of one order. */
export interface Refreshed<A> {
  /** What `--json` prints. */
  readonly answer: A
  readonly isChanged: boolean
  /** For people, in one clause. */
  readonly text: string
}

export interface Batch<A> {
  readonly selection: Selection
  readonly work: (order: Summary) => Effect.Effect<Refreshed<A>, unknown>
  /** `changed`, or `would change`. */
  readonly verb: string
}

/** How many orders of each kind were done with. */
interface Counts {
  changed: number
  unchanged: number
  skipped: number
  failed: number
}

/** Orders of one account at one time. */
const concurrency = 4

const minuteMs = 60_000

/** Waits until an account may be asked again: so many calls in every minute. */
const makePace = (perMinute: ReadonlyMap<string, number>) => {
  const startedMs = new Map<string, Array<number>>()
  return Effect.fnUntraced(function*(merchant: string) {
    const rate = perMinute.get(merchant) ?? 1
    const starts = startedMs.get(merchant) ?? []
    startedMs.set(merchant, starts)
    for (;;) {
      const nowMs = yield* Clock.currentTimeMillis
      while (starts[0] !== undefined && starts[0] <= nowMs - minuteMs) starts.shift()
      if (starts.length < rate) {
        starts.push(nowMs)
        return
      }
      yield* Effect.sleep(starts[0]! + minuteMs - nowMs)
    }
  })
}

class Run<A> {
  readonly counts: Counts = { changed: 0, unchanged: 0, skipped: 0, failed: 0 }
  lastFailure: ExitCode = exitCodes.done
  total: number | undefined = undefined
  readonly #batch: Batch<A>
  readonly #runner: Runner
  readonly #pace: (merchant: string) => Effect.Effect<void>

  constructor(batch: Batch<A>, runner: Runner, pace: (merchant: string) => Effect.Effect<void>) {
    this.#batch = batch
    this.#runner = runner
    this.#pace = pace
  }

  get done(): number {
    const { changed, failed, skipped, unchanged } = this.counts
    return changed + unchanged + skipped + failed
  }

  #note(outcome: keyof Counts): void {
    this.counts[outcome]++
    this.#runner.shell.progress?.(progressText(this.done, this.total, this.counts.failed))
  }

  fail(whose: string, { exit, message }: CommandFailure): Effect.Effect<void> {
    return Effect.sync(() => {
      const { path, shell } = this.#runner
      this.lastFailure = exit
      shell.complain(`${path}: ${printable(whose)}: ${message}`)
      this.#note("failed")
    })
  }

  #report({ id, shopReference }: Summary, { answer, isChanged, text }: Refreshed<A>): Effect.Effect<void> {
    this.#note(isChanged ? "changed" : "unchanged")
    if (isJson(this.#runner)) return writeLines(this.#runner.shell, [JSON.stringify(answer)])
    // Most orders do not change, and nobody has to receive them.
    if (!isChanged && "filter" in this.#batch.selection) return Effect.void
    const outcome = isChanged ? this.#batch.verb : "unchanged"
    return writeLines(this.#runner.shell, [
      `${outcome}  ${id.padEnd(24)}  ${printable(shopReference).padEnd(12)}  ${text}`
    ])
  }

  readonly #one = (order: Summary): Effect.Effect<void> => {
    if (order.registration !== "confirmed" && "filter" in this.#batch.selection) {
      return Effect.sync(() => this.#note("skipped"))
    }
    return Effect.matchEffect(Effect.andThen(this.#pace(order.merchant), this.#batch.work(order)), {
      onFailure: (failure) => this.fail(order.id, failureOf(failure)),
      onSuccess: (refreshed) => this.#report(order, refreshed)
    })
  }

  /** Some orders: each account's beside those of the others. */
  readonly some = (orders: ReadonlyArray<Summary>): Effect.Effect<void> =>
    Effect.forEach(
      Map.groupBy(orders, ({ merchant }) => merchant).values(),
      (own) => Effect.forEach(own, this.#one, { concurrency, discard: true }),
      { concurrency: "unbounded", discard: true }
    )
}

const overNames = Effect.fnUntraced(function*<A>(
  run: Run<A>,
  api: Api,
  { given, names }: Pick<Runner, "given"> & { readonly names: ReadonlyArray<string> }
) {
  const orders = new Map<string, Summary>()
  run.total = names.length
  for (const name of names) {
    yield* Effect.matchEffect(orderNamed(api, name, given), {
      onFailure: (failure) => run.fail(name, failure),
      onSuccess: (order) => Effect.sync(() => void orders.set(order.id, order))
    })
  }
  yield* run.some([...orders.values()])
})

/**
 * Runs the batch and resolves with the exit code: of the failure if a single order was named, `partly` if some of several
 * failed. An interruption ends it after what is under way, and the summary counts what was done.
 */
export const overOrders = Effect.fnUntraced(function*<A>(api: Api, batch: Batch<A>, runner: Runner) {
  const { path, shell } = runner
  const { selection, verb } = batch
  const { merchants } = yield* api.merchants.list()
  const perMinute = new Map(merchants.map(({ name, refreshesPerMinute }) => [name, refreshesPerMinute]))
  const run = new Run(batch, runner, makePace(perMinute))
  // Counting reads every order once more: only for somebody who looks at the bar.
  if ("filter" in selection && shell.progress !== undefined) {
    let total = 0
    yield* eachOrderPage(api, selection, (orders) => Effect.sync(() => void (total += orders.length)))
    run.total = total
  }
  const all = "names" in selection
    ? overNames(run, api, { ...runner, names: selection.names })
    : Effect.asVoid(eachOrderPage(api, selection, run.some))
  const isInterrupted = yield* Effect.raceFirst(
    Effect.as(all, false),
    Effect.as(Effect.promise(() => shell.interrupted()), true)
  )
  shell.progress?.("")
  const { changed, failed, skipped, unchanged } = run.counts
  const unasked = skipped === 0 ? "" : `, ${skipped} not known to Docdata`
  const summary = `${run.done} ${run.done === 1 ? "order" : "orders"}: ` +
    `${changed} ${verb}, ${unchanged} unchanged, ${failed} failed${unasked}`
  if (isJson(runner)) shell.complain(`${path}: ${summary}`)
  else yield* writeLines(shell, [summary])
  if (isInterrupted) {
    shell.complain(`${path}: interrupted; the others were not asked about`)
    return exitCodes.unfinished
  }
  if (failed === 0) return exitCodes.done
  return run.done === 1 ? run.lastFailure : exitCodes.partly
})
