/**
 * The three headers by which a receiver knows that a webhook is ours, by the Standard Webhooks specification 1.0.
 */
import { createHmac } from "node:crypto"
import type * as Redacted from "effect/Redacted"
import { webhookKeyOf } from "./WebhookSecret.ts"

/** One message as it is signed. */
export interface WebhookMessage {
  /** The event's id; the receiver's idempotency key, the same in every repetition. */
  readonly id: string
  /** When it is sent, not when it happened: receivers refuse what is older than a few minutes. */
  readonly sentAtMs: number
  readonly body: string
}

const signatureWith = (key: Uint8Array, { body, id }: WebhookMessage, seconds: number): string =>
  `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`

/**
 * The headers. With several secrets, a signature of each: while a secret is replaced, receivers with the old one and
 * receivers with the new one both accept. Secrets that are none are left out.
 */
export const webhookHeaders = (
  message: WebhookMessage,
  secrets: ReadonlyArray<Redacted.Redacted>
): Readonly<Record<string, string>> => {
  const seconds = Math.floor(message.sentAtMs / 1000)
  const signatures = secrets.flatMap((secret) => {
    const key = webhookKeyOf(secret)
    return key === undefined ? [] : [signatureWith(key, message, seconds)]
  })
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatures.join(" ")
  }
}
