/**
 * A body is UTF-8: bytes that are not, another charset and another encoding are refused, and nothing is created.
 */
import { gzipSync } from "node:zlib"
import * as Redacted from "effect/Redacted"
import { afterAll, beforeAll, expect, it } from "vitest"
import { keys, request, type Service, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const sent = request()
const named = JSON.stringify({
  ...sent,
  order: {
    ...sent.order,
    billTo: { ...sent.order.billTo, address: { ...sent.order.billTo.address, city: "Besançon" } }
  }
})
const utf8 = Buffer.from(named)
// The two bytes of the c with a cedilla, written in three and in one.
const withBytes = (...bytes: ReadonlyArray<number>): Buffer => {
  const at = utf8.indexOf(0xc3)
  return Buffer.concat([utf8.subarray(0, at), Buffer.from(bytes), utf8.subarray(at + 2)])
}

const post = async (body: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>>) => {
  const response = await service.handler(
    new Request("http://service/v1/orders", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${Redacted.value(keys.operator)}`,
        "idempotency-key": JSON.stringify(headers) + Buffer.from(body).toString("hex").slice(0, 40),
        ...headers
      },
      body
    })
  )
  const { code } = await response.json() as { readonly code?: string }
  return [response.status, code]
}

it.each<
  readonly [what: string, body: Buffer, headers: Readonly<Record<string, string>>, expected: readonly [number, string?]]
>([
  ["UTF-8", utf8, {}, [201]],
  ["UTF-8 that says so", utf8, { "content-type": "application/json; charset=\"UTF-8\"" }, [201]],
  ["UTF-8 without an encoding", utf8, { "content-encoding": "identity" }, [201]],
  ["Latin-1", withBytes(0xe7), {}, [400, "bad-request"]],
  ["an overlong character", withBytes(0xe0, 0x83, 0xa7), {}, [400, "bad-request"]],
  ["half a pair of UTF-16", withBytes(0xed, 0xa0, 0x80), {}, [400, "bad-request"]],
  ["UTF-16", Buffer.from(named, "utf16le"), {}, [400, "bad-request"]],
  ["Latin-1 that says so", withBytes(0xe7), { "content-type": "application/json; charset=iso-8859-1" }, [
    415,
    "unsupported-media-type"
  ]],
  ["gzip", gzipSync(utf8), { "content-encoding": "gzip" }, [415, "unsupported-media-type"]]
])("a body in %s is answered as it should be", async (_what, body, headers, [status, code]) => {
  expect(await post(Uint8Array.from(body), headers)).toEqual([status, code])
})
