// Everything a process writes about its calls, searched for what must never be in it.
import { type GatewayFailure, type Merchant, PaymentGateway } from "@docdata/application"
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"
import * as SoapGateway from "../src/gateway/SoapGateway.ts"
import { fault, http, loopback, response, statusReply } from "./loopback.ts"
import { minimalOrder, orderKey, paymentId } from "./samples.ts"

const password = "CANARY-password-<&>"
const iban = "NL99CANR0123456789"
const canaries = ["CANARY", "CANR0123456789"]
const merchant: Merchant = {
  environment: "test",
  merchantName: "lantern_shop",
  password: Redacted.make(password),
  subjectMerchant: { name: "stall", token: Redacted.make("CANARY-token") }
}

const order = {
  ...minimalOrder,
  description: "CANARY description",
  buyer: {
    _tag: "Shopper",
    id: "CANARY-id",
    name: { first: "CANARYfirst", last: "CANARYlast" },
    email: "CANARY@lantern.example",
    language: "nl",
    gender: "female"
  },
  billTo: {
    name: { first: "CANARYfirst", last: "CANARYlast" },
    address: { street: "CANARY street", city: "CANARY", country: "NL" }
  }
} as const

const echo =
  `XML request does not match XSD: Value 'CANARYfirst' is not valid; account ${iban}; CANARY street; ${password}`
const replies = [
  http(200, statusReply),
  http(
    200,
    response(
      "create",
      `<createErrors><error code="X">${echo.replaceAll("<&>", "&lt;&amp;&gt;")}</error></createErrors>`
    )
  ),
  http(500, fault.replace("It broke.", "at account " + iban + ", CANARY@lantern.example")),
  http(503, `<p>CANARYfirst ${iban}</p>`),
  http(200, `<html>CANARYlast ${iban}</html>`),
  http(200, `<a xmlns="CANARY:x" b="${iban}">CANARY</a>`),
  http(302, "", "content-type: text/xml\r\nlocation: https://CANARY.example/"),
  http(
    200,
    response(
      "status",
      "<statusSuccess><success code=\"SUCCESS\">x</success><report><approximateTotals brandNew=\"CANARY\"/><payment><holder>CANARY</holder></payment></report></statusSuccess>"
    )
  )
]

describe("a password, an account number and a name", () => {
  it.live("are in no log, span, metric, error or exchange", () =>
    Effect.gen(function*() {
      const written: Array<unknown> = []
      const spans: Array<Tracer.Span> = []
      const tracer = Tracer.make({
        span: (options) => {
          const span = new Tracer.NativeSpan(options)
          spans.push(span)
          return span
        }
      })
      let turn = 0
      const server = yield* loopback((socket) => socket.write(replies[turn % replies.length]!))
      const logger = Logger.make(({ cause, message }) => written.push(message, Cause.pretty(cause)))
      const limits = { attemptsMax: 1, breakerFailuresMax: 1_000 }
      const live = SoapGateway.layer({ endpoints: { test: `http://127.0.0.1:${server.port}/x` }, limits })

      const program = Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const account = {
          holderName: "CANARYholder",
          holderCity: "CANARY",
          holderCountry: "NL",
          iban: Redacted.make(iban)
        }
        const input = { _tag: "DirectDebit", holderName: "CANARYholder", iban: Redacted.make(iban) } as const
        const calls: ReadonlyArray<Effect.Effect<unknown, GatewayFailure>> = [
          gateway.create(merchant, order),
          gateway.create(merchant, { ...order, description: "" }),
          gateway.create(merchant, { ...order, orderReference: "CANARY".repeat(99) }),
          gateway.start(merchant, { orderKey, payment: { _tag: "WithInput", input } }),
          gateway.refund(merchant, { orderKey, paymentId, scope: { _tag: "Amount" }, account }),
          gateway.status(merchant, { orderKey })
        ]
        for (turn = 0; turn < replies.length; turn++) {
          for (const call of calls) {
            const exit = yield* Effect.exit(call)
            if (Exit.isFailure(exit)) {
              yield* Effect.logError("a call failed", exit.cause)
              written.push(Cause.pretty(exit.cause), Cause.squash(exit.cause), String(Cause.squash(exit.cause)))
            } else {
              const { exchange } = exit.value as { readonly exchange: unknown }
              yield* Effect.logInfo("a call succeeded", exchange)
              written.push(exchange)
            }
          }
        }
        written.push(yield* Metric.snapshot)
      })
      yield* program.pipe(
        Effect.provide(Layer.mergeAll(live, Logger.layer([logger]), Layer.succeed(Tracer.Tracer, tracer)))
      )

      for (const span of spans) {
        written.push(span.name, [...span.attributes], span.status)
      }
      const texts = written.map((each) =>
        `${inspect(each, { depth: 12, getters: true })} ${
          JSON.stringify(each, (_, value: unknown) => typeof value === "bigint" ? String(value) : value)
        }`
      )
      assert.isAbove(spans.length, 20)
      assert.isAbove(texts.length, 60)
      for (const canary of canaries) {
        assert.deepStrictEqual(
          texts.flatMap((text) =>
            text.includes(canary)
              ? [text.slice(Math.max(0, text.indexOf(canary) - 200), text.indexOf(canary) + 60)]
              : []
          ),
          []
        )
      }
    }))

  it.live("leave room for what an operator needs: OpenTelemetry's names", () =>
    Effect.gen(function*() {
      const spans: Array<Tracer.Span> = []
      const tracer = Tracer.make({
        span: (options) => {
          const span = new Tracer.NativeSpan(options)
          spans.push(span)
          return span
        }
      })
      const server = yield* loopback((socket) => socket.write(http(503, "")))
      const gateway = yield* SoapGateway.make({
        endpoints: { test: `http://127.0.0.1:${server.port}/x` },
        limits: { backoffMs: 1 }
      })
      yield* Effect.flip(gateway.status(merchant, { orderKey })).pipe(Effect.provideService(Tracer.Tracer, tracer))
      const [span] = spans
      assert.strictEqual(span?.name, "PaymentGateway.status")
      assert.strictEqual(span?.kind, "client")
      assert.deepStrictEqual(Object.fromEntries(span?.attributes ?? []), {
        "http.request.method": "POST",
        "server.address": "127.0.0.1",
        "server.port": String(server.port),
        "docdata.operation": "status",
        "http.response.status_code": 503,
        "http.request.resend_count": 2,
        "error.type": "503"
      })
      const measured = (yield* Metric.snapshot).filter(({ id, attributes }) =>
        id === "http.client.request.duration" && attributes?.["server.port"] === String(server.port)
      )
      assert.deepStrictEqual(measured.map(({ attributes }) => attributes), [{
        unit: "s",
        "http.request.method": "POST",
        "server.address": "127.0.0.1",
        "server.port": String(server.port),
        "docdata.operation": "status",
        "http.response.status_code": "503",
        "error.type": "503"
      }])
    }))
})
