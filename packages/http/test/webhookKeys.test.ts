import type { SignatureKind } from "@docdata/application"
import { createPublicKey, verify } from "node:crypto"
import * as Redacted from "effect/Redacted"
import fc from "fast-check"
import { Webhook } from "standardwebhooks"
import { describe, expect, it } from "vitest"
import { webhookHeaders } from "../src/webhooks/webhookHeaders.ts"
import {
  endpointSecrets,
  endpointVerifier,
  isWebhookMasterKey,
  makeWebhookMasterKey
} from "../src/webhooks/WebhookMasterKey.ts"
import { signingKeyOf } from "../src/webhooks/WebhookSecret.ts"

const masterKey = makeWebhookMasterKey()

const endpoint = (signature: SignatureKind, keyVersion = 1, previousKeyUntilMs?: number) => ({
  id: "whe_1",
  signature,
  keyVersion,
  ...(previousKeyUntilMs === undefined ? {} : { previousKeyUntilMs })
})

/** Checks as a receiver does that has nothing but what it was shown: the library, or the specification's words. */
const accepts = (shown: Redacted.Redacted, body: string, headers: Readonly<Record<string, string>>): boolean => {
  const text = Redacted.value(shown)
  if (text.startsWith("whsec_")) {
    try {
      new Webhook(text).verify(body, { ...headers })
      return true
    } catch {
      return false
    }
  }
  expect(text).toMatch(/^whpk_/)
  const x = Buffer.from(text.slice("whpk_".length), "base64").toString("base64url")
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })
  const content = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`)
  return (headers["webhook-signature"] ?? "").split(" ").some((signature) => {
    const [version, encoded = ""] = signature.split(",")
    return version === "v1a" && verify(null, content, key, Buffer.from(encoded, "base64"))
  })
}

const texts = (secrets: ReadonlyArray<Redacted.Redacted>): ReadonlyArray<string> => secrets.map(Redacted.value)

describe.each(["v1", "v1a"] as const)("keys of endpoints with %s signatures", (signature) => {
  const shownAt = (version: number) => endpointVerifier(masterKey, endpoint(signature, version))

  it("sign what the receiver accepts, and nothing else", () => {
    const sent = { id: "ord_1-1-0", sentAtMs: Date.now(), body: "{\"name\":\"café ☕\"}" }
    const headers = webhookHeaders(sent, endpointSecrets(masterKey, endpoint(signature), sent.sentAtMs))
    expect(headers["webhook-signature"]).toMatch(new RegExp(`^${signature},[A-Za-z0-9+/]+=*$`))
    expect(accepts(shownAt(1), sent.body, headers)).toBe(true)
    expect(accepts(shownAt(1), `${sent.body} `, headers)).toBe(false)
    expect(accepts(shownAt(1), sent.body, { ...headers, "webhook-id": "ord_2-1-0" })).toBe(false)
    expect(accepts(shownAt(2), sent.body, headers)).toBe(false)
  })

  it("while a rotation is under way, receivers with the old and with the new key accept; afterwards with the new one", () => {
    fc.assert(
      fc.property(
        fc.record({
          version: fc.integer({ min: 1, max: 1000 }),
          leftMs: fc.integer({ min: -2000, max: 2000 }),
          text: fc.string({ unit: "binary", maxLength: 300 })
        }),
        ({ leftMs, text, version }) => {
          const sent = { id: "ord_1-1-0", sentAtMs: Date.now(), body: JSON.stringify({ text }) }
          const rotated = endpoint(signature, version + 1, sent.sentAtMs + leftMs)
          const headers = webhookHeaders(sent, endpointSecrets(masterKey, rotated, sent.sentAtMs))
          const accepted = [version - 1, version, version + 1, version + 2].map((one) =>
            accepts(shownAt(one), sent.body, headers)
          )
          expect(accepted).toEqual([false, leftMs > 0, true, false])
        }
      )
    )
  })

  it("are the same every time, and others for another master key, endpoint or version", () => {
    const keys = [
      endpointSecrets(masterKey, endpoint(signature), 0),
      endpointSecrets(makeWebhookMasterKey(), endpoint(signature), 0),
      endpointSecrets(masterKey, { ...endpoint(signature), id: "whe_2" }, 0),
      endpointSecrets(masterKey, endpoint(signature, 2), 0)
    ].flatMap(texts)
    expect(new Set(keys).size).toBe(4)
    expect(texts(endpointSecrets(masterKey, endpoint(signature), 0))).toEqual([keys[0]])
  })
})

describe("master keys", () => {
  it.each([
    [`whmk_${Buffer.alloc(32, 7).toString("base64")}`, true],
    [`whmk_${Buffer.alloc(31, 7).toString("base64")}`, false],
    [`whsec_${Buffer.alloc(32, 7).toString("base64")}`, false],
    ["whmk_", false],
    ["", false]
  ])("%s", (text, isOne) => {
    expect(isWebhookMasterKey(Redacted.make(text))).toBe(isOne)
  })
})

describe("ed25519 secrets", () => {
  // The first test of RFC 8032, section 7.1.
  const seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
  const publicPart = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
  const secretOf = (...parts: ReadonlyArray<string>) =>
    Redacted.make(`whsk_${Buffer.from(parts.join(""), "hex").toString("base64")}`)

  it("are a seed and its public key", () => {
    expect(signingKeyOf(secretOf(seed, publicPart))?.kind).toBe("v1a")
  })

  it.each([
    ["the seed alone", [seed]],
    ["another public key", [seed, seed]],
    ["a byte too many", [seed, publicPart, "00"]]
  ])("%s is none", (_what, parts) => {
    expect(signingKeyOf(secretOf(...parts))).toBeUndefined()
  })

  it("sign together with shared secrets, each with its own version", () => {
    const shared = Redacted.make(`whsec_${Buffer.alloc(32, 7).toString("base64")}`)
    const sent = { id: "ord_1-1-0", sentAtMs: Date.now(), body: "{}" }
    const headers = webhookHeaders(sent, [shared, secretOf(seed, publicPart)])
    expect(headers["webhook-signature"]).toMatch(/^v1,\S+ v1a,\S+$/)
    const shown = Redacted.make(`whpk_${Buffer.from(publicPart, "hex").toString("base64")}`)
    expect([accepts(shared, "{}", headers), accepts(shown, "{}", headers)]).toEqual([true, true])
  })
})
