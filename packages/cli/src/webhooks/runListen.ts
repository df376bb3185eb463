/**
 * The work of `docdata webhooks listen`: the events of a service, passed on to a program on this machine.
 *
 * It reads the feed of events, which any key may read, and signs what it passes on with a secret of its own. So nothing
 * is added to the service, and nothing of this machine has to be reached from outside. A service that is busy or away is
 * waited for, and what the program here does not accept is sent again a few times.
 */
import type { Event, Order } from "@docdata/contract"
import { sendWebhook, webhookTargetViolation } from "@docdata/http"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Api } from "../api/Api.ts"
import { isJson, writeLines } from "../api/output.ts"
import { patiently } from "../api/patiently.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { feedEnd } from "../events/feed.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { instantText } from "../text/whenText.ts"
import type { ListenLine } from "./ListenLine.ts"
import { listenSecret } from "./listenSecret.ts"

const path = "docdata webhooks listen"

/** A developer looks at the screen; a second is soon enough and asks little of the service. */
const pollMs = 1_000

/** Enough for a program that restarts; whoever mends it for longer goes on with `--after`. */
const attemptsMax = 5
const retryMsFirst = 1_000

const heads = ["time", "event", "order", "answer"] as const
const widths = [20, 26, 24] as const

const row = (cells: ReadonlyArray<string>): string =>
  cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ").trimEnd()

const textOf = (
  { attempt, durationMs, fault, orderId, status, type }: typeof ListenLine.Type,
  nowMs: number
): string =>
  row([
    instantText(nowMs),
    printable(type),
    printable(orderId),
    `${status ?? fault}, ${durationMs} ms${attempt === 1 ? "" : `, attempt ${attempt}`}`
  ])

interface Target {
  readonly url: string
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  readonly allowLoopback: true
}

interface Listener extends Runner {
  readonly target: Target
  /** The position of the last event passed on: where to begin, or the end of the feed if absent. */
  after?: number
}

/** The body that the service itself would send. */
const bodyOf = (event: typeof Event.Type, order: typeof Order.Type): string => {
  const { amount, id, orderAttempt, orderReference, shopReference } = order
  const { id: eventId, data, merchant, occurredAt: timestamp, position, revision, type } = event
  const reported = { id, shopReference, orderReference, orderAttempt, amount }
  return JSON.stringify({ type, timestamp, data: { eventId, merchant, order: reported, revision, position, ...data } })
}

const isAccepted = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300

/** Sends an event until it is accepted, and says how each attempt went. */
const passOn = Effect.fnUntraced(function*(
  event: typeof Event.Type,
  order: typeof Order.Type,
  listener: Listener
) {
  const { shell, target } = listener
  const body = bodyOf(event, order)
  for (let attempt = 1;; attempt++) {
    const { durationMs, outcome } = yield* sendWebhook(target, { id: event.id, body })
    const line: typeof ListenLine.Type = {
      eventId: event.id,
      type: event.type,
      orderId: event.orderId,
      attempt,
      durationMs,
      ...outcome
    }
    yield* writeLines(shell, [isJson(listener) ? JSON.stringify(line) : textOf(line, shell.nowMs())])
    if (isAccepted(line.status)) return
    if (attempt === attemptsMax) {
      shell.complain(`${path}: ${event.id} was not accepted in ${attemptsMax} attempts; the next ones follow`)
      return
    }
    yield* Effect.sleep(retryMsFirst * 2 ** (attempt - 1))
  }
})

/** Goes on for ever, or until the service says no. */
const listen = Effect.fnUntraced(function*(api: Api, listener: Listener) {
  const { shell } = listener
  const read = <A>(effect: Effect.Effect<A, unknown>) => patiently(effect, (text) => shell.complain(`${path}: ${text}`))
  let after = listener.after ??= yield* read(feedEnd(api))
  if (!isJson(listener)) yield* writeLines(shell, [row(heads)])
  for (;;) {
    // One at a time, so that the position is that of the event and whoever goes on after it receives nothing twice.
    const { events, more, next } = yield* read(api.events.list({ query: { after, limit: 1 } }))
    for (const event of events) {
      const order = yield* read(api.orders.read({ params: { orderId: event.orderId } }))
      yield* passOn(event, order, listener)
    }
    after = listener.after = next
    if (!more) yield* Effect.sleep(pollMs)
  }
})

export const runListen = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const url = given.values.get("forward-to") ?? ""
  if (url === "") return badUsage(shell, path, "--forward-to is missing")
  const because = webhookTargetViolation({ url, allowLoopback: true })
  if (because !== undefined) return badUsage(shell, path, `--forward-to cannot be used: ${because}`)
  const typed = given.values.get("after")
  const after = typed === undefined ? undefined : wholeNumber(typed, Number.MAX_SAFE_INTEGER)
  if (typed !== undefined && after === undefined) {
    return badUsage(shell, path, "--after is a position in the feed, or 0")
  }
  const secret = listenSecret(shell)
  shell.complain(`messages are signed with ${Redacted.value(secret)}; Ctrl-C ends it`)
  const target = { url, secrets: [secret], allowLoopback: true } as const
  const listener: Listener = { path, given, shell, target, ...(after === undefined ? {} : { after }) }
  const interrupted = Effect.as(Effect.promise(() => shell.interrupted()), exitCodes.done)
  const exit = await runApi(listener, (api) => Effect.raceFirst(listen(api, listener), interrupted))
  if (listener.after !== undefined) shell.complain(`${path}: go on with --after ${listener.after}`)
  return exit
}
