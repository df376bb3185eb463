/**
 * The shop's order over REST: what its attempts come to, and who may see it.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { act, ask, keys, request, type Service, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const operate = { key: keys.operator }

const attempt = async (shopReference: string, key: string) => {
  const { json, status } = await ask(service, "POST /v1/orders", {
    ...operate,
    headers: { "idempotency-key": key },
    body: request({ shopReference })
  })
  expect(status).toBe(201)
  return { id: json.id as string, orderKey: json.orderKey as string }
}

const pay = async ({ id, orderKey }: { readonly id: string; readonly orderKey: string }) => {
  await act(service, { do: "pay", orderKey })
  expect((await ask(service, `POST /v1/orders/${id}/refresh`, operate)).status).toBe(200)
}

describe("GET /v1/shop-orders/{merchant}/{shopReference}", () => {
  it("answers what the attempts come to, and which was paid twice", async () => {
    const number = `twice/${"1".repeat(150)}`
    const first = await attempt(number, "twice-1")
    const second = await attempt(number, "twice-2")
    const read = () => ask(service, `GET /v1/shop-orders/shop/${encodeURIComponent(number)}`, operate)
    expect((await read()).json).toMatchObject({ status: "new", fulfilment: "wait", leadingOrderId: second.id })
    await pay(second)
    await pay(first)
    const { json, status } = await read()
    expect(status).toBe(200)
    expect(json).toMatchObject({
      merchant: "shop",
      shopReference: number,
      status: "paid",
      fulfilment: "ship",
      leadingOrderId: second.id,
      paidTwice: [{ orderId: first.id, kept: { minor: 4990, currency: "EUR" } }]
    })
    expect(json.attempts.map(({ id, orderAttempt }: Record<string, unknown>) => [id, orderAttempt])).toEqual([
      [second.id, 2],
      [first.id, 1]
    ])
    const order = await ask(service, `GET /v1/orders/${first.id}`, operate)
    expect(order.json).toMatchObject({ status: "paid", fulfilment: "wait", hold: "paid-twice" })
  })

  it("is not there for who may not see the merchant, and for a number that nobody gave", async () => {
    await attempt("seen-1", "seen-1")
    for (const path of ["shop/none-1", "outlet/seen-1", "nobody/seen-1"]) {
      const { json, status } = await ask(service, `GET /v1/shop-orders/${path}`, operate)
      expect([status, json.code]).toEqual([404, "order-not-found"])
    }
  })
})
