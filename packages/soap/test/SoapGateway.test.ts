import { type GatewayFailure, PaymentGateway, type TransportFailure } from "@docdata/application"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import { TestClock } from "effect/testing"
import { gzipSync } from "node:zlib"
import * as SoapGateway from "../src/gateway/SoapGateway.ts"
import type { TransportLimits } from "../src/transport/Limits.ts"
import { createReply, fault, http, type Loopback, loopback, response, statusReply, unusedPort } from "./loopback.ts"
import { selfSignedServer } from "./selfSigned.ts"
import { merchant, minimalOrder, orderKey, paymentId } from "./samples.ts"

const gatewayAt = (port: number, limits: Partial<TransportLimits> = {}, scheme = "http") =>
  SoapGateway.make({ endpoints: { test: `${scheme}://127.0.0.1:${port}/ps/services/paymentservice/1_3` }, limits })

const failed = <A>(effect: Effect.Effect<A, GatewayFailure>) => Effect.flip(effect)

/** The reason of a failure to create, which is never repeated, and of one to ask, without repetitions. */
const reasons = (server: Pick<Loopback, "port">, limits: Partial<TransportLimits> = {}, scheme = "http") =>
  Effect.gen(function*() {
    const gateway = yield* gatewayAt(server.port, { attemptsMax: 1, ...limits }, scheme)
    const create = yield* failed(gateway.create(merchant, minimalOrder))
    const status = yield* failed(gateway.status(merchant, { orderKey }))
    return { create, status }
  })

const assertTransport = (
  { create, status }: { readonly create: GatewayFailure; readonly status: GatewayFailure },
  expected: Omit<TransportFailure, "_tag" | "retryable">,
  retryable: { readonly create: boolean; readonly status: boolean }
) => {
  assert.deepStrictEqual(create.reason, { _tag: "TransportFailure", ...expected, retryable: retryable.create })
  assert.deepStrictEqual(status.reason, { _tag: "TransportFailure", ...expected, retryable: retryable.status })
}

const never = { create: false, status: false }
const readsOnly = { create: false, status: true }
const always = { create: true, status: true }

describe("an answer", () => {
  it.live("comes with the exchange that brought it", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket) => socket.write(http(200, statusReply)))
      const gateway = yield* gatewayAt(server.port)
      const { value, exchange } = yield* gateway.status(merchant, { orderKey })
      assert.strictEqual(value.totals.registered, 1815)
      const [request = ""] = server.requests
      assert.match(request, /^POST \/ps\/services\/paymentservice\/1_3 HTTP\/1\.1\r\n/)
      assert.match(request, /\r\nsoapaction: "status"\r\n/i)
      assert.match(request, /\r\ncontent-type: text\/xml; charset=utf-8\r\n/i)
      assert.include(exchange.replyText, "<totalRegistered>1815</totalRegistered>")
      assert.notInclude(JSON.stringify(exchange), "p&amp;ss")
      const { operation, environment, merchantName, httpStatus, serverVersion, attempts } = exchange
      assert.deepStrictEqual({ operation, environment, merchantName, httpStatus, serverVersion, attempts }, {
        operation: "status",
        environment: "test",
        merchantName: "lantern_shop",
        httpStatus: 200,
        serverVersion: "1.3.15",
        attempts: 1
      })
      assert.isAtLeast(exchange.finishedAtMs, exchange.startedAtMs)
    }))

  it.live("may be a rejection with several errors, and a rejection is no outage", () =>
    Effect.gen(function*() {
      const errors =
        "<createErrors><error code=\"A\">Value 'Mila' is not facet-valid</error><error code=\"B\">Okafor twice</error></createErrors>"
      const server = yield* loopback((socket) => socket.write(http(200, response("create", errors))))
      const gateway = yield* gatewayAt(server.port, { breakerFailuresMax: 1 })
      for (let call = 0; call < 3; call++) {
        const { reason, exchange, message } = yield* failed(gateway.create(merchant, minimalOrder))
        assert.deepStrictEqual(reason, {
          _tag: "Rejected",
          kind: "internal",
          errors: [{ code: "A", message: "Value *** is not facet-valid" }, { code: "B", message: "*** twice" }]
        })
        assert.strictEqual(exchange?.httpStatus, 200)
        assert.notMatch(message, /Mila|Okafor/)
      }
      assert.strictEqual(server.requests.length, 3)
    }))

  it.live("may be a fault, whatever the HTTP status", () =>
    Effect.gen(function*() {
      for (const status of [200, 500]) {
        const server = yield* loopback((socket) => socket.write(http(status, fault)))
        const { create } = yield* reasons(server)
        assert.deepStrictEqual(create.reason, {
          _tag: "Fault",
          code: "S:Server",
          message: "It broke.",
          httpStatus: status
        })
      }
    }))
})

describe("nothing was sent", () => {
  it.live("when the connection is refused", () =>
    Effect.gen(function*() {
      const port = yield* unusedPort
      assertTransport(yield* reasons({ port }), { obstacle: "connect-refused", sent: "not-sent" }, always)
    }))

  it.live("when the connection is reset during the TLS handshake", () =>
    Effect.gen(function*() {
      const server = yield* loopback(() => undefined, (socket) => socket.resetAndDestroy())
      const { create } = yield* reasons(server, {}, "https")
      assert.deepInclude(create.reason, { sent: "not-sent", retryable: true })
    }))

  it.live("when the connection is reset before a byte was written, and only then", () =>
    Effect.gen(function*() {
      const server = yield* loopback(() => undefined, (socket) => socket.resetAndDestroy())
      const { create } = yield* reasons(server)
      assert.strictEqual(server.requests.length, 0)
      // Which of the two depends on the moment; that they go together does not.
      assert.include(
        [["connect-failed", "not-sent", true], ["connection-lost", "unknown", false]].map(String),
        create.reason._tag === "TransportFailure"
          ? String([create.reason.obstacle, create.reason.sent, create.reason.retryable])
          : ""
      )
    }))

  it.live("when the other side does not speak TLS, and asking again will not help", () =>
    Effect.gen(function*() {
      const server = yield* loopback(() => undefined, (socket) => socket.write("HTTP/1.1 400 no\r\n\r\n"))
      assertTransport(yield* reasons(server, {}, "https"), { obstacle: "tls", sent: "not-sent" }, never)
    }))

  it.effect("when there is no connection within its deadline", () =>
    Effect.gen(function*() {
      const server = yield* loopback(() => undefined)
      const gateway = yield* gatewayAt(server.port, {}, "https")
      const call = yield* Effect.forkChild(failed(gateway.create(merchant, minimalOrder)))
      yield* TestClock.adjust("4999 millis")
      assert.isUndefined(call.pollUnsafe())
      yield* TestClock.adjust("1 millis")
      const { reason } = yield* Fiber.join(call)
      assert.deepInclude(reason, { obstacle: "connect-timeout", sent: "not-sent", retryable: true })
    }))

  it.live("when the input is refused", () =>
    Effect.gen(function*() {
      const server = yield* loopback(() => undefined)
      const gateway = yield* gatewayAt(server.port)
      const { reason, exchange } = yield* failed(gateway.capture(merchant, { orderKey, paymentId: "0" }))
      assert.deepInclude(reason, { _tag: "RefusedBeforeSending" })
      assert.isUndefined(exchange)
      assert.strictEqual(server.openSockets(), 0)
    }))

  it.effect("when no place came free in time, or too many wait already", () =>
    Effect.gen(function*() {
      const server = yield* loopback(() => undefined)
      const gateway = yield* gatewayAt(server.port, { inFlightPerMerchantMax: 1, queueLengthMax: 1 })
      const first = yield* Effect.forkChild(failed(gateway.create(merchant, minimalOrder)))
      yield* server.arrived(1)
      yield* TestClock.adjust("10 seconds")
      const second = yield* Effect.forkChild(failed(gateway.create(merchant, minimalOrder)))
      yield* Effect.yieldNow
      const third = yield* failed(gateway.create(merchant, minimalOrder))
      assert.deepInclude(third.reason, { obstacle: "queue-full", sent: "not-sent", retryable: true })
      yield* TestClock.adjust("20 seconds")
      assert.deepInclude((yield* Fiber.join(first)).reason, { obstacle: "deadline", sent: "unknown" })
      yield* TestClock.adjust("10 seconds")
      const { reason } = yield* Fiber.join(second)
      assert.deepInclude(reason, { _tag: "TransportFailure", obstacle: "deadline" })
    }))
})

describe("it is unknown what happened", () => {
  it.live("when the connection is reset after the request", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket) => socket.resetAndDestroy())
      assertTransport(yield* reasons(server), { obstacle: "connection-lost", sent: "unknown" }, readsOnly)
    }))

  it.live("when the connection is closed without a word", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket) => socket.end())
      assertTransport(yield* reasons(server), { obstacle: "connection-lost", sent: "unknown" }, readsOnly)
    }))

  const cut = http(200, createReply)
  const chunked = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n${createReply.slice(0, 16)}\r\n`
  it.live("when the reply breaks off, wherever", () =>
    Effect.gen(function*() {
      for (const part of [cut.slice(0, -1), cut.slice(0, 80), chunked]) {
        for (const end of ["end", "resetAndDestroy"] as const) {
          const server = yield* loopback((socket) => socket.write(part, () => setImmediate(() => socket[end]())))
          const { create } = yield* reasons(server)
          assert.deepInclude(create.reason, { _tag: "TransportFailure", sent: "unknown", retryable: false })
        }
      }
    }))

  it.effect("when the deadline passes without an answer", () =>
    Effect.gen(function*() {
      const server = yield* loopback(() => undefined)
      const gateway = yield* gatewayAt(server.port)
      const call = yield* Effect.forkChild(failed(gateway.create(merchant, minimalOrder)))
      yield* server.arrived(1)
      yield* TestClock.adjust("30 seconds")
      const { reason, exchange } = yield* Fiber.join(call)
      assert.deepInclude(reason, { obstacle: "deadline", sent: "unknown", retryable: false })
      assert.strictEqual(exchange?.timings.totalMs, 30_000)
    }))

  it.live("when a reply drips past the deadline", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket) => {
        socket.write(http(200, createReply).slice(0, 100))
        const timer = setInterval(() => socket.write("<"), 20)
        socket.on("close", () => clearInterval(timer))
      })
      const gateway = yield* gatewayAt(server.port, { totalMs: 250, connectMs: 100 })
      const { reason, exchange } = yield* failed(gateway.create(merchant, minimalOrder))
      assert.deepInclude(reason, { obstacle: "deadline", sent: "unknown" })
      assert.isBelow(exchange?.timings.totalMs ?? Infinity, 1_000)
    }))
})

describe("the answer is not the service's", () => {
  it.live("when it is a page or cut XML: unreadable, with what arrived, masked", () =>
    Effect.gen(function*() {
      const page = "<html><body>Down for Mila</body></html>"
      for (const [body, reason] of [[page, "not-a-reply"], [createReply.slice(0, -40), "truncated"]] as const) {
        const server = yield* loopback((socket) => socket.write(http(200, body)))
        const { create } = yield* reasons(server)
        assert.deepInclude(create.reason, { _tag: "UnreadableReply", reason, httpStatus: 200 })
        assert.isDefined(create.exchange?.replyText)
        assert.notInclude(create.exchange?.replyText, "Mila")
      }
    }))

  it.live("when it is an error status without a reply", () =>
    Effect.gen(function*() {
      const broken = yield* loopback((socket) => socket.write(http(503, "<h1>busy</h1>")))
      assertTransport(yield* reasons(broken), { obstacle: "http-status", sent: "answered", httpStatus: 503 }, readsOnly)
      const missing = yield* loopback((socket) => socket.write(http(404, "")))
      assertTransport(yield* reasons(missing), { obstacle: "http-status", sent: "answered", httpStatus: 404 }, never)
    }))

  it.live("when it points elsewhere: nobody follows", () =>
    Effect.gen(function*() {
      const elsewhere = yield* loopback((socket) => socket.write(http(200, createReply)))
      const target = `content-type: text/xml\r\nlocation: http://127.0.0.1:${elsewhere.port}/`
      const server = yield* loopback((socket) => socket.write(http(307, "", target)))
      assertTransport(yield* reasons(server), { obstacle: "redirect", sent: "answered", httpStatus: 307 }, never)
      assert.strictEqual(elsewhere.requests.length, 0)
    }))

  it.live("when it is compressed", () =>
    Effect.gen(function*() {
      const zipped = gzipSync(createReply)
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${zipped.length}\r\n\r\n`
      const server = yield* loopback((socket) => socket.write(Buffer.concat([Buffer.from(head), zipped])))
      assertTransport(
        yield* reasons(server),
        { obstacle: "content-encoding", sent: "answered", httpStatus: 200 },
        never
      )
    }))

  it.live("when it is too large, announced or not", () =>
    Effect.gen(function*() {
      const large = "x".repeat(3_000)
      const chunks = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nbb8\r\n${large}\r\n0\r\n\r\n`
      for (const reply of [http(200, large), chunks]) {
        const server = yield* loopback((socket) => socket.write(reply))
        const { create } = yield* reasons(server, { replyBytesMax: 2_000 })
        assert.deepInclude(create.reason, { obstacle: "reply-too-large", sent: "answered", retryable: false })
      }
    }))
})

describe("repetition", () => {
  const failingFirst = (failures: number) =>
    loopback((socket, _, count) => socket.write(count < failures ? http(503, "") : http(200, statusReply)))

  it.live("helps the calls that change nothing", () =>
    Effect.gen(function*() {
      const server = yield* failingFirst(2)
      const gateway = yield* gatewayAt(server.port, { backoffMs: 1 })
      const { exchange } = yield* gateway.status(merchant, { orderKey })
      assert.strictEqual(exchange.attempts, 3)
      assert.strictEqual(exchange.httpStatus, 200)
    }))

  it.live("is never tried for the others, whatever the failure", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket) => socket.write(http(503, "")))
      const gateway = yield* gatewayAt(server.port, { backoffMs: 1, breakerFailuresMax: 100 })
      const amount = { minor: 1, currency: "EUR" }
      yield* failed(gateway.create(merchant, minimalOrder))
      yield* failed(gateway.start(merchant, { orderKey, payment: { _tag: "Recurring", recurringReference: "r" } }))
      yield* failed(gateway.proceed(merchant, { orderKey, paymentId, result: { _tag: "Ideal" } }))
      yield* failed(gateway.cancel(merchant, { orderKey }))
      yield* failed(gateway.capture(merchant, { orderKey, paymentId, amount }))
      yield* failed(gateway.refund(merchant, { orderKey, paymentId, scope: { _tag: "Amount", amount } }))
      assert.strictEqual(server.requests.length, 6)
    }))

  it.live("stays within a tenth more requests than calls", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket) => socket.write(http(503, "")))
      const gateway = yield* gatewayAt(server.port, { backoffMs: 1, breakerFailuresMax: 1_000 })
      for (let call = 0; call < 200; call++) yield* failed(gateway.status(merchant, { orderKey }))
      assert.isAbove(server.requests.length, 200)
      assert.isAtMost(server.requests.length, 220)
    }))

  it.effect("never pauses beyond the deadline", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket, _, count) => count === 0 ? socket.write(http(503, "")) : undefined)
      const gateway = yield* gatewayAt(server.port, { backoffMs: 1_000_000, backoffMaxMs: 1_000_000, totalMs: 1 })
      const { exchange } = yield* failed(gateway.status(merchant, { orderKey }))
      assert.strictEqual(exchange?.attempts, 1)
    }))
})

describe("the circuit", () => {
  it.effect("opens after failures in a row, lets one probe through, and closes with its answer", () =>
    Effect.gen(function*() {
      let isUp = false
      const server = yield* loopback((socket) => socket.write(isUp ? http(200, createReply) : http(503, "")))
      const gateway = yield* gatewayAt(server.port)
      const create = gateway.create(merchant, minimalOrder)
      for (let call = 0; call < 5; call++) yield* failed(create)
      const open = yield* failed(create)
      assert.deepInclude(open.reason, {
        obstacle: "circuit-open",
        sent: "not-sent",
        retryable: true,
        retryAfterMs: 10_000
      })
      assert.strictEqual(open.exchange?.attempts, 0)
      assert.strictEqual(server.requests.length, 5)

      yield* TestClock.adjust("10 seconds")
      yield* failed(create) // the probe, in vain
      assert.deepInclude((yield* failed(create)).reason, { obstacle: "circuit-open" })
      assert.strictEqual(server.requests.length, 6)

      isUp = true
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual((yield* create).value.orderKey, orderKey)
      assert.strictEqual((yield* create).value.orderKey, orderKey)
    }))

  it.effect("opens for pages in place of replies, too", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket) => socket.write(http(200, "<html>down</html>")))
      const gateway = yield* gatewayAt(server.port, { breakerFailuresMax: 2 })
      const create = failed(gateway.create(merchant, minimalOrder))
      assert.deepInclude((yield* create).reason, { _tag: "UnreadableReply" })
      assert.deepInclude((yield* create).reason, { _tag: "UnreadableReply" })
      assert.deepInclude((yield* create).reason, { obstacle: "circuit-open" })
    }))

  it.effect("stays closed for replies of this API that say what we do not understand", () =>
    Effect.gen(function*() {
      const odd = createReply.replace(/<key>[^<]*<\/key>/, "")
      const server = yield* loopback((socket) => socket.write(http(200, odd)))
      const gateway = yield* gatewayAt(server.port, { breakerFailuresMax: 2 })
      for (let call = 0; call < 4; call++) {
        const { reason } = yield* failed(gateway.create(merchant, minimalOrder))
        assert.deepInclude(reason, { _tag: "UnreadableReply", reason: "missing-element" })
      }
      assert.strictEqual(server.requests.length, 4)
    }))

  it.effect("is not opened by a call that had little time left after waiting", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket, _, count) =>
        count === 2 ? socket.write(http(200, createReply)) : undefined
      )
      const gateway = yield* gatewayAt(server.port, { breakerFailuresMax: 2, inFlightPerMerchantMax: 1 })
      const call = () => Effect.forkChild(gateway.create(merchant, minimalOrder), { startImmediately: true })
      const first = yield* call()
      yield* server.arrived(1)
      yield* TestClock.adjust("10 seconds")
      const second = yield* call()
      yield* TestClock.adjust("20 seconds")
      assert.deepInclude((yield* failed(Fiber.join(first))).reason, { obstacle: "deadline" })
      yield* server.arrived(2)
      yield* TestClock.adjust("10 seconds")
      assert.deepInclude((yield* failed(Fiber.join(second))).reason, { obstacle: "deadline" })
      assert.strictEqual((yield* gateway.create(merchant, minimalOrder)).value.orderKey, orderKey)
    }))

  it.effect("lets only one probe through at a time, and another when it was interrupted", () =>
    Effect.gen(function*() {
      const server = yield* loopback((socket, _, count) => count < 5 ? socket.write(http(503, "")) : undefined)
      const gateway = yield* gatewayAt(server.port)
      const create = gateway.create(merchant, minimalOrder)
      for (let call = 0; call < 5; call++) yield* failed(create)
      yield* TestClock.adjust("10 seconds")
      const probe = yield* Effect.forkChild(create)
      yield* server.arrived(6)
      assert.deepInclude((yield* failed(create)).reason, { obstacle: "circuit-open" })
      yield* Fiber.interrupt(probe)
      const next = yield* Effect.forkChild(create)
      yield* server.arrived(7)
      yield* Fiber.interrupt(next)
    }))
})

describe("the end", () => {
  it.live("lets calls under way finish and takes no new ones", () =>
    Effect.gen(function*() {
      const answers: Array<() => void> = []
      const server = yield* loopback((socket) => answers.push(() => socket.write(http(200, statusReply))))
      const scope = yield* Scope.make()
      const gateway = yield* Scope.provide(gatewayAt(server.port), scope)
      const call = yield* Effect.forkChild(gateway.status(merchant, { orderKey }))
      yield* server.arrived(1)
      const closing = yield* Effect.forkChild(Scope.close(scope, Exit.void), { startImmediately: true })
      assert.deepInclude((yield* failed(gateway.status(merchant, { orderKey }))).reason, {
        obstacle: "closed",
        sent: "not-sent"
      })
      for (const answer of answers) answer()
      assert.strictEqual((yield* Fiber.join(call)).value.totals.registered, 1815)
      yield* Fiber.join(closing)
    }))

  it.live("gives up a call that is interrupted, connection and all", () =>
    Effect.gen(function*() {
      const closed: Array<() => void> = []
      const gone = new Promise<void>((resolve) => closed.push(resolve))
      const server = yield* loopback((socket) => socket.on("close", () => closed[0]?.()))
      const gateway = yield* gatewayAt(server.port)
      const call = yield* Effect.forkChild(gateway.create(merchant, minimalOrder))
      yield* server.arrived(1)
      yield* Fiber.interrupt(call)
      yield* Effect.promise(() => gone)
    }))
})

describe("a certificate that nobody vouches for", () => {
  it.live("ends the call before a password is sent", () =>
    Effect.gen(function*() {
      const { port, received } = yield* selfSignedServer
      assertTransport(yield* reasons({ port }, {}, "https"), { obstacle: "tls", sent: "not-sent" }, never)
      assert.strictEqual(received(), "")
    }))
})

describe("an address", () => {
  it.live("has to be https, except on this machine", () =>
    Effect.gen(function*() {
      for (const test of ["http://192.0.2.1/ps", "ftp://127.0.0.1/", "https://u:p@host.example/", "nonsense"]) {
        const refused = yield* Effect.flip(SoapGateway.make({ endpoints: { test } }))
        assert.strictEqual(refused._tag, "EndpointFailure")
        assert.notInclude(refused.message, "u:p")
      }
      yield* SoapGateway.make({ endpoints: { test: "http://localhost:1/x" } })
    }))

  it.live("comes with limits under which something can work", () =>
    Effect.gen(function*() {
      const refusals: ReadonlyArray<Partial<TransportLimits>> = [
        { totalMs: 0 },
        { inFlightMax: Number.NaN },
        { queueLengthMax: 1.5 },
        { retriesPerCall: -1 }
      ]
      for (const limits of refusals) {
        const { message } = yield* Effect.flip(SoapGateway.make({ limits }))
        assert.include(message, `the limit ${Object.keys(limits)[0]} is refused`)
      }
      yield* SoapGateway.make({ limits: { retriesPerCall: 0, retryReserve: 0 } })
    }))

  it.live("makes a layer", () =>
    Effect.gen(function*() {
      const gateway = yield* PaymentGateway
      assert.isFunction(gateway.statusExtended)
    }).pipe(Effect.provide(SoapGateway.layer())))
})
