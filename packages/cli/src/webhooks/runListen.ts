/**
 * The work of `docdata webhooks listen`: the events of a running service, passed on to a program on this machine.
 *
 * It reads the feed of events, which any key may read, and signs what it passes on with a secret of its own. So nothing
 * is added to the service, and nothing of this machine has to be reached from outside. A service that is busy or away is
 * waited for. What the program here refuses is shown and not sent again: whoever mends it looks at the screen.
 */
import type { EventPayload } from "@docdata/application"
import { makeWebhookSecret, sendWebhook, webhookBody, webhookTargetViolation } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { instantText } from "../text/whenText.ts"
import { type PatientReads, patientReads } from "./patientReads.ts"
import { endingWith, serviceClient } from "./ServiceClient.ts"
import type { ListenLine } from "./WebhookOutput.ts"

const path = "docdata webhooks listen"

/** A developer looks at the screen; a second is soon enough and asks little of the service. */
const pollMs = 1_000

const Event = Schema.Struct({
  id: Schema.String,
  type: Schema.String,
  merchant: Schema.String,
  orderId: Schema.String,
  revision: Schema.Int,
  position: Schema.Int,
  occurredAtMs: Schema.Int,
  data: Schema.Record(Schema.String, Schema.Unknown)
})

const EventPage = Schema.Struct({ events: Schema.Array(Event), next: Schema.Int, more: Schema.Boolean })

const Order = Schema.Struct({
  id: Schema.String,
  shopReference: Schema.String,
  orderReference: Schema.String,
  orderAttempt: Schema.Int,
  currency: Schema.String,
  grossMinor: Schema.Int
})

const feed = "/v1/events"

/** Where the feed ends now: asked for an order that is none, it looks at everything and shows nothing. */
const endOf = Effect.fnUntraced(function*({ read }: PatientReads) {
  for (let after = 0;;) {
    const { more, next } = yield* read(`${feed}?after=${after}&limit=1&orderId=none`, EventPage)
    if (!more) return next
    after = next
  }
})

const heads = ["time", "event", "order", "answer"] as const
const widths = [20, 26, 24] as const

const row = (cells: ReadonlyArray<string>): string =>
  cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ").trimEnd()

const cellsOf = ({ durationMs, fault, orderId, status, type }: typeof ListenLine.Type, nowMs: number) => [
  instantText(nowMs),
  printable(type),
  printable(orderId),
  `${status ?? fault}, ${durationMs} ms`
]

interface Target {
  readonly url: string
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  readonly allowLoopback: true
}

const passOn = Effect.fnUntraced(function*({ read }: PatientReads, event: typeof Event.Type, target: Target) {
  const order = yield* read(`/v1/orders/${encodeURIComponent(event.orderId)}`, Order)
  // The feed says of an event what the service itself would send.
  const payload = { type: event.type, ...event.data } as unknown as EventPayload
  const { durationMs, outcome } = yield* sendWebhook(target, {
    id: event.id,
    body: webhookBody({ ...event, payload }, order)
  })
  return { eventId: event.id, type: event.type, orderId: event.orderId, durationMs, ...outcome }
})

interface Listener {
  readonly given: Given
  readonly shell: Shell
  readonly target: Target
  /** The place of the last event passed on: where to begin, or the end of the feed if absent. */
  after?: number
}

/** Goes on for ever, or until the service says no. */
const listen = Effect.fnUntraced(function*(listener: Listener) {
  const { given, shell, target } = listener
  const isJson = given.switches.has("json")
  const reads = patientReads(yield* serviceClient(given, shell), (words) => shell.complain(`${path}: ${words}`))
  let after = listener.after ??= yield* endOf(reads)
  if (!isJson) yield* Effect.promise(() => shell.write(`${row(heads)}\n`))
  for (;;) {
    // One at a time, so that the place is that of the event and whoever goes on after it receives nothing twice.
    const { events, more, next } = yield* reads.read(`${feed}?after=${after}&limit=1`, EventPage)
    for (const event of events) {
      const line = yield* passOn(reads, event, target)
      const text = isJson ? JSON.stringify(line) : row(cellsOf(line, shell.nowMs()))
      yield* Effect.promise(() => shell.write(`${text}\n`))
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
    return badUsage(shell, path, "--after is the place of an event, or 0")
  }
  const secret = makeWebhookSecret()
  shell.complain(`messages are signed with ${Redacted.value(secret)}; Ctrl-C ends it`)
  const target = { url, secrets: [secret], allowLoopback: true } as const
  const listener: Listener = { given, shell, target, ...(after === undefined ? {} : { after }) }
  const interrupted = Effect.as(Effect.promise(() => shell.interrupted()), exitCodes.done)
  const exit = await endingWith(path, shell, Effect.raceFirst(listen(listener), interrupted))
  if (listener.after !== undefined) shell.complain(`${path}: go on with --after ${listener.after}`)
  return exit
}
