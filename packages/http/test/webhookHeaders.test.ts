import * as Redacted from "effect/Redacted"
import { Webhook } from "standardwebhooks"
import { describe, expect, it } from "vitest"
import { webhookHeaders } from "../src/webhooks/webhookHeaders.ts"
import { makeWebhookSecret, signingKeyOf } from "../src/webhooks/WebhookSecret.ts"

const message = (body = "{\"type\":\"order.created\"}") => ({ id: "ord_1-1-0", sentAtMs: Date.now(), body })
const accepts = (secret: Redacted.Redacted, body: string, headers: Readonly<Record<string, string>>): boolean => {
  try {
    new Webhook(Redacted.value(secret)).verify(body, { ...headers })
    return true
  } catch {
    return false
  }
}

describe("signatures", () => {
  it("the official library accepts them", () => {
    const secret = makeWebhookSecret()
    const sent = message("{\"name\":\"café ☕\"}")
    expect(accepts(secret, sent.body, webhookHeaders(sent, [secret]))).toBe(true)
  })

  it("the specification's own example comes out", () => {
    const secret = Redacted.make("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    const headers = webhookHeaders(
      { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", sentAtMs: 1614265330_000, body: "{\"test\": 2432232314}" },
      [secret]
    )
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  })

  it("while a secret is replaced, holders of either accept", () => {
    const [old, fresh, foreign] = [makeWebhookSecret(), makeWebhookSecret(), makeWebhookSecret()]
    const sent = message()
    const headers = webhookHeaders(sent, [fresh, old])
    expect([old, fresh, foreign].map((secret) => accepts(secret, sent.body, headers))).toEqual([true, true, false])
  })

  it.each([
    ["another body", { body: "{}" }, {}],
    ["another id", {}, { "webhook-id": "ord_2-1-0" }],
    ["a later time", {}, { "webhook-timestamp": String(Math.floor(Date.now() / 1000) + 5) }]
  ])("%s is not accepted", (_what, { body }: { readonly body?: string }, changed) => {
    const secret = makeWebhookSecret()
    const sent = message()
    expect(accepts(secret, body ?? sent.body, { ...webhookHeaders(sent, [secret]), ...changed })).toBe(false)
  })

  it("an old message is not accepted: a recorded one cannot be played again", () => {
    const secret = makeWebhookSecret()
    const sent = { ...message(), sentAtMs: Date.now() - 6 * 60_000 }
    expect(accepts(secret, sent.body, webhookHeaders(sent, [secret]))).toBe(false)
  })
})

describe("secrets", () => {
  const of = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString("base64")}`
  it.each([
    [of(24), true],
    [of(64), true],
    [of(23), false],
    [of(65), false],
    [of(32).slice("whsec_".length), false],
    ["whsec_", false],
    ["whsec_not base64 at all, but long enough for one", false],
    ["", false]
  ])("%s", (text, isOne) => {
    expect(signingKeyOf(Redacted.make(text)) !== undefined).toBe(isOne)
  })
})
