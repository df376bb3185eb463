/**
 * Does one thing to many orders: at each account's own rate, in bounded memory. One that fails is told and stops nothing.
 */
import {
  type MerchantAccount,
  Merchants,
  type OrderFilter,
  RefreshBudget,
  refreshConcurrency,
  type StoredOrder
} from "@docdata/application"
import type { OrderStatus, RuleId } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Application } from "../service/layerApplication.ts"
import { exitOf, type OrderFailure } from "./exitOf.ts"
import { orderNamed } from "./orderNamed.ts"
import type { BatchLine } from "./OrderOutput.ts"
import { eachPage } from "./orderPages.ts"
import type { Runner } from "./runOnOrders.ts"
import { batchText, progressText } from "./batchText.ts"

/** Which orders: those that were typed, or those of some filters. */
type Selection =
  | { readonly names: ReadonlyArray<string> }
  | { readonly filters: ReadonlyArray<OrderFilter> }

/** What came of one order. `isChanged`: something would be, or was, stored besides the refresh itself. */
export interface RefreshResult {
  readonly isChanged: boolean
  readonly after: OrderStatus
  readonly rule?: RuleId
}

export interface Batch {
  readonly selection: Selection
  /** Asks Docdata about one order. */
  readonly work: (order: StoredOrder) => Effect.Effect<RefreshResult, OrderFailure, Application>
  readonly isDryRun: boolean
}

/** How many orders of each kind were done with. */
type Counts = Record<(typeof BatchLine.Type)["outcome"], number>

// What a call may come too late at most; at one call a second nobody notices.
const pauseMs = 50

/** Waits until the account may ask again. */
const allowed = Effect.fnUntraced(function*(account: MerchantAccount) {
  const budget = yield* RefreshBudget
  while ((yield* budget.left(account)) < 1) yield* Effect.sleep(pauseMs)
  yield* budget.spend(account, 1)
})

const sum = (counts: Counts): number => Object.values(counts).reduce((total, count) => total + count, 0)

class Run {
  readonly counts: Counts = { changed: 0, unchanged: 0, skipped: 0, failed: 0 }
  lastFailure: ExitCode = exitCodes.done
  total: number | undefined = undefined
  readonly #batch: Batch
  readonly #runner: Runner
  readonly #asJson: boolean

  constructor(batch: Batch, runner: Runner) {
    this.#batch = batch
    this.#runner = runner
    this.#asJson = runner.given.switches.has("json")
  }

  /** Notes what came of one order, and tells it. */
  report(line: typeof BatchLine.Type): Effect.Effect<void> {
    const { path, shell } = this.#runner
    this.counts[line.outcome]++
    if (line.failure !== undefined) shell.complain(`${path}: ${line.id ?? line.name}: ${line.failure}`)
    const isNamed = "names" in this.#batch.selection
    const text = this.#asJson ? JSON.stringify(line) : batchText(line, { isNamed, isDryRun: this.#batch.isDryRun })
    shell.progress?.(progressText(sum(this.counts), this.total, this.counts.failed))
    return text === undefined ? Effect.void : Effect.promise(() => shell.write(`${text}\n`))
  }

  fail(whose: Pick<typeof BatchLine.Type, "id" | "name" | "merchant" | "shopReference">, failure: OrderFailure) {
    this.lastFailure = exitOf(failure)
    return this.report({ ...whose, outcome: "failed", failure: failure.message })
  }

  readonly one = (order: StoredOrder): Effect.Effect<void, never, Application> => {
    const { id, merchant, shopReference, state: { status: before } } = order
    const whose = { id, merchant, shopReference }
    if (order.registration !== "confirmed" && "filters" in this.#batch.selection) {
      return this.report({ ...whose, outcome: "skipped", before })
    }
    const asked = Effect.gen({ self: this }, function*() {
      yield* allowed(yield* (yield* Merchants).find(merchant))
      return yield* this.#batch.work(order)
    })
    return Effect.matchEffect(asked, {
      onFailure: (failure) => this.fail(whose, failure),
      onSuccess: ({ after, isChanged, rule }) =>
        this.report({
          ...whose,
          outcome: isChanged ? "changed" : "unchanged",
          before,
          after,
          ...(rule === undefined ? {} : { rule })
        })
    })
  }

  /** Some orders: each account's beside those of the others. */
  readonly some = (orders: ReadonlyArray<StoredOrder>): Effect.Effect<void, never, Application> =>
    Effect.forEach(
      Map.groupBy(orders, ({ merchant }) => merchant).values(),
      (own) => Effect.forEach(own, this.one, { concurrency: refreshConcurrency, discard: true }),
      { concurrency: "unbounded", discard: true }
    )
}

const count = Effect.fnUntraced(function*(filters: ReadonlyArray<OrderFilter>) {
  let total = 0
  for (const filter of filters) {
    yield* eachPage(filter, {}, (orders) => Effect.sync(() => void (total += orders.length)))
  }
  return total
})

const overNames = Effect.fnUntraced(function*(run: Run, names: ReadonlyArray<string>, given: Given) {
  const orders = new Map<string, StoredOrder>()
  run.total = names.length
  for (const name of names) {
    yield* Effect.matchEffect(orderNamed(name, given), {
      onFailure: (failure) => run.fail({ name }, failure),
      onSuccess: ({ order }) => Effect.sync(() => orders.set(order.id, order))
    })
  }
  yield* run.some([...orders.values()])
})

const overFilters = Effect.fnUntraced(function*(run: Run, filters: ReadonlyArray<OrderFilter>, isWatched: boolean) {
  // Counting reads every order once more: only for somebody who looks at the bar.
  if (isWatched) run.total = yield* count(filters)
  for (const filter of filters) yield* eachPage(filter, {}, run.some)
})

/**
 * Runs the batch and resolves with the exit code: of the failure if a single order was named, `partly` if some of several
 * failed. An interruption ends it after what is under way, and the summary counts what was done.
 */
export const overOrders = Effect.fnUntraced(function*(batch: Batch, runner: Runner) {
  const { given, path, shell } = runner
  const { selection } = batch
  const run = new Run(batch, runner)
  const all = "names" in selection
    ? overNames(run, selection.names, given)
    : overFilters(run, selection.filters, shell.progress !== undefined)
  const isInterrupted = yield* Effect.raceFirst(
    Effect.as(all, false),
    Effect.as(Effect.promise(() => shell.interrupted()), true)
  )
  shell.progress?.("")
  const { changed, failed, skipped, unchanged } = run.counts
  const verb = batch.isDryRun ? "would change" : "changed"
  const unasked = skipped === 0 ? "" : `, ${skipped} not known to Docdata`
  const done = sum(run.counts)
  const summary = `${done} ${
    done === 1 ? "order" : "orders"
  }: ${changed} ${verb}, ${unchanged} unchanged, ${failed} failed${unasked}`
  if (given.switches.has("json")) shell.complain(`${path}: ${summary}`)
  else yield* Effect.promise(() => shell.write(`${summary}\n`))
  if (isInterrupted) {
    shell.complain(`${path}: interrupted; the others were not asked about`)
    return exitCodes.unfinished
  }
  if (failed === 0) return exitCodes.done
  return done === 1 ? run.lastFailure : exitCodes.partly
})
