/**
 * What the log says of requests that came to nothing: whose, which and why, and nothing that was sent.
 */
import { OrderStore, StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { ask, created, keys, request, type Service, startService } from "./support/service.ts"

let service: Service

beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const create = (body: unknown, key = keys.operator) =>
  ask(service, "POST /v1/orders/", { key, headers: { "idempotency-key": "key-1" }, body })

/** The one line of the log. */
const line = () => {
  expect(service.informed).toHaveLength(1)
  return service.informed[0]
}

describe("a refused create leaves one line in the log", () => {
  const refusedAs = (code: string, merchant?: string) => ({
    message: "a request was refused",
    operation: "orders.create",
    code,
    key: "operator",
    ...(merchant === undefined ? {} : { merchant })
  })

  it("of a body that has not the expected shape, with the only merchant of the key", async () => {
    expect((await create({ ...request(), order: { buyer: "Secretname" } })).status).toBe(400)
    expect(line()).toEqual(refusedAs("bad-request", "shop"))
  })

  it("of an account that the key does not speak for, without the name that was sent", async () => {
    expect((await create(request({ merchant: "Secretname" }))).json.code).toBe("unknown-merchant")
    expect(line()).toEqual(refusedAs("unknown-merchant", "shop"))
  })

  it("of an account that is switched off, with its merchant although the key speaks for two", async () => {
    expect((await create(request({ merchant: "closed" }), keys.pair)).json.code).toBe("merchant-inactive")
    expect(line()).toEqual({ ...refusedAs("merchant-inactive", "closed"), key: "pair" })
  })

  it("of a key that may only read", async () => {
    expect((await create(request(), keys.reader)).status).toBe(403)
    expect(line()).toEqual({ ...refusedAs("forbidden", "shop"), key: "reader" })
  })

  it("of a request that is refused before it is sent, without a word of what was in it", async () => {
    const { order, ...rest } = request()
    const { json } = await create({ ...rest, order: { ...order, total: { minor: 0, currency: "EUR" } } })
    expect(json.code).toBe("request-refused")
    expect(line()).toEqual(refusedAs("request-refused", "shop"))
  })
})

describe("other requests", () => {
  it("leave a line with the merchant of their order when they are refused", async () => {
    const { id } = await created(service)
    const body = { captureReference: "c1", paymentId: "7" }
    const { json } = await ask(service, `POST /v1/orders/${id}/captures`, { key: keys.all, body })
    expect(json.code).toBe("payment-not-found")
    expect(line()).toEqual({
      message: "a request was refused",
      operation: "captures.create",
      code: "payment-not-found",
      key: "all",
      merchant: "shop"
    })
  })

  it("leave none when they only read and what they ask for is not there", async () => {
    expect((await ask(service, "GET /v1/orders/ord_NOBODY", { key: keys.all })).status).toBe(404)
    expect(service.informed).toEqual([])
  })

  it("leave none without a key that is known, of which there may be any number", async () => {
    expect((await ask(service, "POST /v1/orders/", { body: request() })).status).toBe(401)
    expect(service.informed).toEqual([])
  })

  it("leave a line when the store does not answer, also when they only read", async () => {
    const failure = new StoreFailure({ operation: "OrderStore.read", retryable: true, code: "SQLITE_BUSY" })
    const order = await service.run(Effect.map(OrderStore, (store) => ({ ...store, read: () => Effect.fail(failure) })))
    await service.close()
    service = await startService({ order })
    expect((await ask(service, "GET /v1/orders/ord_NOBODY", { key: keys.all })).status).toBe(503)
    expect(line()).toEqual({
      message: "a request was refused",
      operation: "orders.read",
      code: "store-unavailable",
      key: "all"
    })
  })
})
