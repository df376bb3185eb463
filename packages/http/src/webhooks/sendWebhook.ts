/**
 * One signed message to one receiver: sent, waited for, measured.
 */
import { currentTrace, type Tried } from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import { postWebhook, type WebhookAnswer, type WebhookTarget } from "./postWebhook.ts"
import { webhookHeaders } from "./webhookHeaders.ts"

/** The specification allows 15 to 30 seconds; the relay holds its claim longer than this. */
export const webhookTimeoutMs = 20_000

/** How a try went, whoever it was for. */
export interface SentWebhook extends Tried {
  /** How long the receiver asks to be left alone. */
  readonly retryAfterMs?: number
}

/** Seconds or a date, as HTTP has it; anything else is none. */
const retryAfterMsOf = (value: string, nowMs: number): number | undefined => {
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  // Date.parse alone takes nearly everything for a date, "-1" for one.
  const atMs = value.endsWith(" GMT") ? Date.parse(value) : Number.NaN
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs)
}

const outcomeOf = (answer: WebhookAnswer): SentWebhook["outcome"] =>
  "status" in answer ? { status: answer.status } : { fault: answer.fault }

/** Sends `body` under an id and answers how it went. Never fails; the receiver has 20 seconds. */
export const sendWebhook = Effect.fn("Webhook.send", { kind: "client" })(function*(
  { secrets, ...target }: WebhookTarget & { readonly secrets: ReadonlyArray<Redacted.Redacted> },
  { body, id }: { readonly id: string; readonly body: string }
): Effect.fn.Return<SentWebhook> {
  const atMs = yield* Clock.currentTimeMillis
  // The shop may go on with the trace; it is no part of what is signed.
  const headers = { ...webhookHeaders({ id, sentAtMs: atMs, body }, secrets), ...yield* currentTrace }
  const answer = yield* Effect.promise((signal) => postWebhook(target, { headers, body }, signal)).pipe(
    Effect.timeoutOption(webhookTimeoutMs),
    Effect.map(Option.getOrElse((): WebhookAnswer => ({ fault: "timeout" })))
  )
  yield* Effect.annotateCurrentSpan({
    "http.request.method": "POST",
    ...("status" in answer ? { "http.response.status_code": String(answer.status) } : { "error.type": answer.fault })
  })
  const doneAtMs = yield* Clock.currentTimeMillis
  const retryAfterMs = "status" in answer && answer.retryAfter !== undefined
    ? retryAfterMsOf(answer.retryAfter, doneAtMs)
    : undefined
  return {
    atMs,
    durationMs: doneAtMs - atMs,
    outcome: outcomeOf(answer),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs })
  }
})
