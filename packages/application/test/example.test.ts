import { readFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { expect, it } from "vitest"
import { checkout } from "../examples/createOrder.ts"
import { type CreateOrderInput, GatewayFailure, type Merchant, PaymentGateway } from "../src/index.ts"

it("the README shows the example that runs here", () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")
  expect(/(?<=```ts\n)[\s\S]*?(?=```)/.exec(read("../README.md"))?.[0]).toBe(read("../examples/createOrder.ts"))
})

const merchant: Merchant = { environment: "test", merchantName: "lantern_shop", password: Redacted.make("x") }
const order: CreateOrderInput = {
  orderReference: "r-1",
  profile: "standard",
  daysToPay: 7,
  buyer: { _tag: "Company", id: "c", name: "Veld", email: "books@veld.example", language: "nl" },
  total: { minor: 100, currency: "EUR" },
  billTo: { name: { first: "A", last: "B" }, address: { street: "S", city: "C", country: "NL" } }
}

const said = (create: PaymentGateway["Service"]["create"]) =>
  Effect.runPromise(checkout(merchant, order).pipe(Effect.provide(Layer.mock(PaymentGateway, { create }))))

it("the example leads to the menu, or says what to do next", async () => {
  const orderKey = "9F8E7D6C5B4A39281706F5E4D3C2B1A0"
  const exchange = {} as never
  expect(await said(() => Effect.succeed({ value: { orderKey }, exchange }))).toBe(
    "https://testsecure.docdatapayments.com/ps/menu?command=show_payment_cluster&merchant_name=lantern_shop"
      + `&payment_cluster_key=${orderKey}&client_language=nl&default_pm=IDEAL`
  )
  const failing = (sent: "unknown" | "not-sent") =>
    said(() =>
      Effect.fail(
        new GatewayFailure({
          operation: "create",
          reason: { _tag: "TransportFailure", obstacle: "connection-lost", sent, retryable: false }
        })
      )
    )
  expect(await failing("unknown")).toMatch(/^look first: create no answer: connection-lost; the order may exist/)
  expect(await failing("not-sent")).toMatch(/^try again: /)
})
