/**
 * One command on the stores of the settings and over a service at an address: the same answer in both ways.
 */
import { hashApiKey, makeApiKey } from "@docdata/http"
import { serve } from "@docdata/service"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openSources, readServicePlan, readSettings } from "@docdata/service/settings"
import * as Result from "effect/Result"
import { type CreatedOrder, openOrdersShop, type OrdersShop } from "./support/ordersShop.ts"

const scope = Scope.makeUnsafe()
const key = makeApiKey()
let shop: OrdersShop
let order: CreatedOrder
let paymentId: string
let overHttp: Readonly<Record<string, string>>

beforeAll(async () => {
  shop = await openOrdersShop()
  const page = "https://shop.example/"
  const sources = Result.getOrThrow(openSources({
    ...shop.environment,
    DOCDATA_PUBLIC_ORIGIN: "http://127.0.0.1:8080",
    DOCDATA_SUCCESS_URL: page,
    DOCDATA_PENDING_URL: page,
    DOCDATA_CANCELLED_URL: page,
    DOCDATA_FAILED_URL: page,
    DOCDATA_PAID_TOO_LATE_URL: page,
    DOCDATA_PORT: "0",
    DOCDATA_API_KEYS: `desk:${hashApiKey(key)}:admin`
  }, undefined))
  const starting = Effect.flatMap(readSettings(sources, readServicePlan), serve)
  const { origin } = await Effect.runPromise(Effect.provideService(starting, Scope.Scope, scope))
  overHttp = { DOCDATA_SERVICE_URL: origin, DOCDATA_API_KEY: Redacted.value(key) }
  order = await shop.create("web-1")
  paymentId = await shop.pay(order)
  await shop.simulator.act({ do: "capture", paymentId, number: 1, status: "CAPTURED" })
  await shop.run(["orders", "refresh", order.id])
})
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await shop.close()
})

describe("a command on a service and on the stores of the settings answers the same:", () => {
  it.each([
    "orders list --json",
    "orders show web-1 --json",
    "orders explain web-1 --json",
    "orders export web-1",
    "orders watch web-1 --json",
    "orders show nobody",
    "orders refund web-1 --reference r-1 --amount 9999.00 --yes",
    "orders refund web-1 --reference r-1 --not-before 2026-02-31 --yes",
    "menu-url web-1",
    "methods web-1 --json",
    "events tail --after 0 --once --json",
    "anomalies list --json",
    "anomalies ack nobody",
    "notifications list",
    "notifications retry nobody",
    "webhooks list",
    "webhooks test nobody",
    "report --json",
    "replay --rules legacy-2016"
  ])("%s", async (line) => {
    const args = line.split(" ")
    const local = await shop.run(args)
    expect(await shop.run(args, "", { environment: overHttp })).toEqual(local)
    expect([0, 2, 4]).toContain(local.exit)
  })
})

it("what a command changed on the stores of the settings is what a service shows", async () => {
  const refund = ["orders", "refund", "web-1", "--reference", "r-2", "--amount", "12.50", "--yes", "--json"]
  const local = await shop.run(refund)
  expect(JSON.parse(local.stdout)).toMatchObject({ refundReference: "r-2", amount: { minor: 1_250, currency: "EUR" } })
  const again = await shop.run(refund, "", { environment: overHttp })
  expect(JSON.parse(again.stdout)).toEqual(JSON.parse(local.stdout))
})

it("settings that are typed win over the address of the environment, and an address over settings", async () => {
  const environment = { ...shop.environment, DOCDATA_SERVICE_URL: "http://127.0.0.1:9", DOCDATA_API_KEY: "dk_none" }
  expect((await shop.run(["orders", "list"], "", { environment })).exit).toBe(5)
  const both = await shop.run(["orders", "list", "--url", overHttp["DOCDATA_SERVICE_URL"]!], "", { environment })
  expect(both).toMatchObject({ exit: 4, stderr: expect.stringContaining("does not know the key") })
})
