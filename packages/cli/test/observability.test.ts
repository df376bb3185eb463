/**
 * What is seen of the service from outside: one trace from a notification to the shop, lines of the log, and what a
 * collector gets.
 */
import { GatewayFailure } from "@docdata/application"
import { makeApiKey, makeWebhookSecret } from "@docdata/http"
import { type Simulator, startSimulator } from "@docdata/simulator"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as Tracer from "effect/Tracer"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Browser } from "../src/demo/Browser.ts"
import { demoPlan, provider, updateUrlOf } from "../src/demo/demoPlan.ts"
import { ShopClient } from "../src/demo/ShopClient.ts"
import { exportTelemetry } from "../src/observability/exportTelemetry.ts"
import { toStandardError } from "../src/observability/toStandardError.ts"
import { serve } from "@docdata/service"
import type { Shell } from "../src/Shell.ts"

const [secret, key] = [makeWebhookSecret(), makeApiKey()]
let simulator: Simulator
let folder: string
const ends: Array<() => Promise<void>> = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "docdata-observed-"))
  simulator = await startSimulator({ clock: "wall", merchants: [provider] })
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

const until = (holds: () => boolean | Promise<boolean>): Promise<void> =>
  expect.poll(holds, { timeout: 60_000, interval: 25 }).toBe(true)

interface Arrived {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A server that takes what comes, and answers `status`. */
const receiver = async (status = 200) => {
  const arrived: Array<Arrived> = []
  const server = createServer((incoming, outgoing) => {
    let text = ""
    incoming.setEncoding("utf8").on("data", (part: string) => {
      text += part
    })
    incoming.on("end", () => {
      arrived.push({ path: incoming.url ?? "", headers: incoming.headers, text })
      outgoing.writeHead(status, { "content-type": "application/json" }).end("{}")
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  ends.push(() =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  )
  return { arrived, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** The service under `telemetry`, with an order that is paid and of which the shop has heard. */
const paidOrder = async <E>(telemetry: Layer.Layer<never, E>) => {
  const shop = await receiver()
  const scope = Scope.makeUnsafe()
  const plan = demoPlan({
    simulator,
    shopOrigin: shop.origin,
    secret,
    key,
    file: join(folder, "orders.sqlite"),
    port: 0
  })
  const started = Effect.gen(function*() {
    const context = yield* Layer.buildWithScope(telemetry, scope)
    return yield* Effect.provideContext(serve(plan), context)
  })
  const service = await Effect.runPromise(Effect.provideService(started, Scope.Scope, scope))
  const end = (): Promise<void> => Effect.runPromise(Scope.close(scope, Exit.void))
  ends.push(end)
  simulator.setMerchant({ ...provider, updateUrl: updateUrlOf(service.origin) })
  const client = new ShopClient(service.origin, Redacted.value(key))
  const { id, menuUrl } = await client.create("web-1", 4_990)
  const browser = await Browser.open(menuUrl)
  await browser.submit({ method: "IDEAL", do: "pay" })
  await browser.submit({ answer: "approved" }, { stayAway: true })
  const reported = () =>
    shop.arrived.find(({ text }) => text.includes(`"order.status_changed"`) && text.includes(`"paid"`))
  await until(() => reported() !== undefined && reported()?.text.includes(id) === true)
  return { id, end, menuUrl, webhook: reported()!, origin: service.origin }
}

/** Reads the trace of a `traceparent` header. */
const traceOf = (headers: IncomingHttpHeaders): string => String(headers["traceparent"]).split("-")[1] ?? ""

const inMemory = () => {
  const spans: Array<Tracer.Span> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  return { spans, layer: Layer.succeed(Tracer.Tracer, tracer) }
}

/** Everything of a span that an exporter would write: of what came of it, only failures. */
const writtenOf = ({ attributes, name, status }: Tracer.Span): string => {
  const failure = status._tag === "Ended" && Exit.isFailure(status.exit) ? Cause.pretty(status.exit.cause) : ""
  return JSON.stringify([name, [...attributes], failure])
}

describe("a trace", () => {
  it("reaches from the notification over status call, decision and commit to the shop's webhook", async () => {
    const { layer, spans } = inMemory()
    const { id, menuUrl, webhook } = await paidOrder(layer)
    const traceId = traceOf(webhook.headers)
    const inTrace = (name: string) => spans.filter((span) => span.traceId === traceId && span.name === name)
    for (
      const name of [
        "GET /docdata/notifications",
        "ReceiveNotification",
        "Inbox.handle",
        "OrderRefresh.refreshShared",
        "PaymentGateway.status",
        "OrderRefresh.decide",
        "OrderStore.commit",
        "Outbox.deliver",
        "Webhook.send"
      ]
    ) expect(inTrace(name), name).not.toEqual([])

    expect(Object.fromEntries(inTrace("PaymentGateway.status")[0]!.attributes)).toMatchObject({
      "http.request.method": "POST",
      "docdata.operation": "status",
      "http.response.status_code": 200
    })
    expect(Object.fromEntries(inTrace("OrderRefresh.decide")[0]!.attributes)).toMatchObject({
      "docdata.status": "paid",
      "docdata.rule": "paid-in-full"
    })
    // The shop has the message before the service has the shop's answer.
    const sent = () => inTrace("Webhook.send").find(({ status }) => status._tag === "Ended")
    await until(() => sent() !== undefined)
    expect(Object.fromEntries(sent()!.attributes)).toMatchObject({
      "http.request.method": "POST",
      "http.response.status_code": "200"
    })
    expect(inTrace("Outbox.deliver").every(({ attributes }) => attributes.get("docdata.order_id") === id)).toBe(true)
    // Neither Docdata's key nor the shop's number, nor anybody's name, address or secret.
    const orderKey = new URL(menuUrl).searchParams.get("payment_cluster_key") ?? ""
    const written = spans.map(writtenOf).join("\n")
    expect(orderKey.length).toBeGreaterThan(20)
    for (const canary of [orderKey, "web-1", "@", Redacted.value(secret), Redacted.value(key), "Kade"]) {
      expect(written).not.toContain(canary)
    }
  })
})

const shellOf = (lines: Array<string>): Shell => ({ complain: (line: string) => lines.push(line) }) as unknown as Shell

describe("a line of the log", () => {
  it("is one JSON object with time, level, trace and what it is about", async () => {
    const lines: Array<string> = []
    await Effect.runPromise(
      Effect.logWarning("a refresh failed", { failure: "StoreFailure" }).pipe(
        Effect.annotateLogs({ merchant: "shop", orderId: "ord_1" }),
        Effect.withSpan("a refresh"),
        Effect.andThen(Effect.logInfo("not told")),
        Effect.andThen(Effect.logError("a fault", new Error("broken"))),
        Effect.provide(toStandardError(shellOf(lines)))
      )
    )
    expect(lines).toHaveLength(2)
    const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(first).toMatchObject({
      level: "warn",
      message: "a refresh failed",
      merchant: "shop",
      orderId: "ord_1",
      failure: "StoreFailure"
    })
    expect(first?.["traceId"]).toMatch(/^[0-9a-f]{32}$/)
    expect(first?.["spanId"]).toMatch(/^[0-9a-f]{16}$/)
    expect(Date.parse(String(first?.["time"]))).not.toBeNaN()
    expect(second).toMatchObject({ level: "error" })
    expect(second).not.toHaveProperty("traceId")
  })
})

describe("telemetry for a collector", () => {
  it("is sent as OTLP when an address is set, all three signals of it", async () => {
    const collector = await receiver()
    const telemetry = exportTelemetry({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=blue",
      OTEL_METRIC_EXPORT_INTERVAL: "200"
    })
    const lines: Array<string> = []
    const both = Layer.provideMerge(telemetry, toStandardError(shellOf(lines)))
    const { end, id } = await paidOrder(both)
    // What is left is sent at the end.
    await end()
    await Effect.runPromise(Effect.provide(Effect.withSpan(Effect.logWarning("a line"), "a span"), both))
    const bodies = (signal: string) =>
      collector.arrived.filter(({ path }) => path === `/v1/${signal}`)
        .map(({ text }) => JSON.parse(text) as Record<string, Array<Record<string, never>>>)
    const spans = bodies("traces").flatMap(({ resourceSpans = [] }) => resourceSpans)
    expect(JSON.stringify(spans[0])).toContain(`"service.name","value":{"stringValue":"docdata"}`)
    expect(JSON.stringify(spans)).toContain(`"name":"Outbox.deliver"`)
    expect(JSON.stringify(spans)).toContain(id)
    const metrics = JSON.stringify(bodies("metrics"))
    expect(metrics).toContain(`"name":"docdata_deliveries_total"`)
    expect(metrics).toContain(`"name":"http.server.request.duration"`)
    const { traceId } = JSON.parse(lines.find((line) => line.includes("a line")) ?? "{}") as { traceId?: string }
    expect(JSON.stringify(bodies("logs"))).toContain(`"traceId":"${traceId}"`)
    expect(new Set(collector.arrived.map(({ headers }) => headers["x-tenant"]))).toEqual(new Set(["blue"]))
  })

  it("is lost when the collector is broken, and stops nothing", async () => {
    const collector = await receiver(500)
    const { end } = await paidOrder(exportTelemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin }))
    await end()
    expect(collector.arrived.length).toBeGreaterThan(0)
    expect(collector.arrived[0]?.headers["content-type"]).toBe("application/x-protobuf")
  })

  it("is not collected without an address", async () => {
    const used = Effect.provide(Effect.service(Tracer.Tracer), exportTelemetry({}))
    expect(await Effect.runPromise(used)).toBe(Tracer.nativeTracer)
  })

  it.each([
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, /OTEL_EXPORTER_OTLP_PROTOCOL/],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "not an address" }, /OTEL_/]
  ])("refuses %j before anything is started", async (environment, said) => {
    const exit = await Effect.runPromise(
      Effect.exit(Effect.scoped(Layer.build(exportTelemetry(environment))))
    )
    expect(Exit.isFailure(exit) ? String(exit.cause) : "").toMatch(said)
  })
})

describe("a span of a failure", () => {
  it("reaches the collector with the kind of the failure and without what Docdata wrote", async () => {
    const collector = await receiver()
    const text = "payment of Canary-de Vries, NL91ABNA0417164300 is refused"
    const rejected = new GatewayFailure({
      operation: "create",
      reason: { _tag: "Rejected", kind: "refused", errors: [{ code: "REQUEST_DATA_INCORRECT", message: text }] }
    })
    await Effect.runPromise(
      Effect.all([
        Effect.exit(Effect.withSpan(Effect.fail(rejected), "a call")),
        Effect.exit(Effect.withSpan(Effect.die(new TypeError(text)), "a fault"))
      ]).pipe(Effect.provide(exportTelemetry({
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json"
      })))
    )
    const written = collector.arrived.map((one) => one.text).join("\n")
    expect(written).toContain("GatewayFailure")
    expect(written).toContain("TypeError")
    expect(written).not.toMatch(/Canary|Vries|ABNA/)
  })
})
