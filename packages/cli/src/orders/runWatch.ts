/**
 * The work of `docdata orders watch`: everything that happens to an order, as it happens.
 *
 * The store is read every second, so that what a service beside us does is seen at once; Docdata is asked now and then,
 * so that there is something to see without one.
 */
import {
  OrderStore,
  pageSizeMax,
  refreshOrder,
  type StoredOrder,
  type TimelineEntry,
  timelineOf
} from "@docdata/application"
import { isClosed, isMoneyState } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { awayText, instantText } from "../text/whenText.ts"
import { orderToRead } from "./orderNamed.ts"
import { type Runner, runOnOrders } from "./runOnOrders.ts"
import type { WatchLine } from "./WatchLine.ts"

const readEveryMs = 1_000

/** Every refresh is kept for ever: often enough for a person who waits, and no more. */
const askEveryMs = 30_000

const isFinal = ({ state: { status } }: StoredOrder): boolean => isMoneyState(status) || isClosed(status)

const entriesOf = Effect.fnUntraced(function*(orderId: string) {
  const store = yield* OrderStore
  return timelineOf({
    events: yield* store.events(orderId),
    refreshes: (yield* store.observations(orderId, { limit: pageSizeMax })).items,
    modifications: yield* store.modifications(orderId)
  })
})

const lineOf = ({ atMs, kind, text }: TimelineEntry, asJson: boolean): string => {
  const line: typeof WatchLine.Type = { at: instantText(atMs), kind, text: printable(text) }
  return asJson ? JSON.stringify(line) : `${line.at}  ${line.text}`
}

// Entries are told once; looks that change nothing are no events.
const keyOf = ({ atMs, eventId, kind, revision, text }: TimelineEntry): string =>
  eventId ?? `${kind} ${revision ?? ""} ${atMs} ${text}`

const ask = (order: StoredOrder, { path, shell }: Runner) =>
  refreshOrder({ by: "id", id: order.id }, { observedBy: "operator" }).pipe(
    Effect.asVoid,
    Effect.catch((failure) => Effect.sync(() => shell.complain(`${path}: ${failure.message}`)))
  )

const watch = Effect.fnUntraced(function*(typed: string, runner: Runner) {
  const { given, shell } = runner
  const { order: { id } } = yield* orderToRead(typed, runner)
  const store = yield* OrderStore
  const reported = new Set<string>()
  let askAtMs = 0
  for (;;) {
    const nowMs = yield* Clock.currentTimeMillis
    const { order } = yield* store.read({ by: "id", id })
    if (nowMs >= askAtMs && order.registration === "confirmed") {
      yield* ask(order, runner)
      askAtMs = (yield* Clock.currentTimeMillis) + askEveryMs
    }
    const fresh = (yield* entriesOf(id)).filter((entry) => entry.kind !== "refresh" && !reported.has(keyOf(entry)))
    for (const entry of fresh) {
      reported.add(keyOf(entry))
      yield* Effect.promise(() => shell.write(`${lineOf(entry, given.switches.has("json"))}\n`))
    }
    const { order: latest } = yield* store.read({ by: "id", id })
    if (isFinal(latest)) return
    shell.progress?.(`${latest.state.status}, asked again ${awayText(askAtMs, nowMs)}; Ctrl-C ends it`)
    yield* Effect.sleep(readEveryMs)
  }
})

/** Tells until the order is final or somebody ends it; resolves with the exit code. */
export const runWatch = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders watch", given, shell }
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      yield* Effect.raceFirst(watch(given.operands[0]!, runner), Effect.promise(() => shell.interrupted()))
      shell.progress?.("")
      return exitCodes.done
    }))
}
