/**
 * The three headers by which a receiver knows that a webhook is ours, by the Standard Webhooks specification 1.0.
 */
import { createHmac, sign } from "node:crypto"
import type * as Redacted from "effect/Redacted"
import { type SigningKey, signingKeyOf } from "./WebhookSecret.ts"

/** One message as it is signed. */
export interface WebhookMessage {
  /** The event's id; the receiver's idempotency key, the same in every repetition. */
  readonly id: string
  /** When it is sent, not when it happened: receivers refuse what is older than a few minutes. */
  readonly sentAtMs: number
  readonly body: string
}

const signatureWith = (signing: SigningKey, content: string): string => {
  switch (signing.kind) {
    case "v1":
      return `v1,${createHmac("sha256", signing.secret).update(content).digest("base64")}`
    case "v1a":
      return `v1a,${sign(null, Buffer.from(content), signing.key).toString("base64")}`
  }
}

/**
 * The headers. With several secrets, a signature of each: while a secret is replaced, receivers with the old one and
 * receivers with the new one both accept. Secrets that are none are left out.
 */
export const webhookHeaders = (
  { body, id, sentAtMs }: WebhookMessage,
  secrets: ReadonlyArray<Redacted.Redacted>
): Readonly<Record<string, string>> => {
  const seconds = Math.floor(sentAtMs / 1000)
  const signatures = secrets.flatMap((secret) => {
    const key = signingKeyOf(secret)
    return key === undefined ? [] : [signatureWith(key, `${id}.${seconds}.${body}`)]
  })
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatures.join(" ")
  }
}
