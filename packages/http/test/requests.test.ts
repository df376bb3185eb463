/**
 * A table over every operation of the OpenAPI document: some hundred requests that are wrong in one way each, with what
 * became of them. The document itself is the oracle: what its schemas forbid is refused with 400, and every answer is one
 * that it describes. `npx vitest -u` writes the table anew; read what changed.
 */
import { Anomalies, OrderStore, Outbox, WebhookEndpoints } from "@docdata/application"
import { problemCatalogue, type ProblemCode } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Operation, operations, validatorOf } from "./inputs/apiDocument.ts"
import { type BadRequest, badRequests, type Sound } from "./inputs/badRequests.ts"
import { sampleOf } from "./inputs/wrongValues.ts"
import { act, ask, created, keys, manyKeys, request, type Service, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

interface Given {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

let sentCount = 0

const send = async ({ body, headers, method, path }: BadRequest): Promise<Given> => {
  // Keys take turns, so that none is asked too often.
  const key = manyKeys[sentCount++ % manyKeys.length]!
  const request = new Request(`http://service${path}`, {
    method,
    headers: { authorization: `Bearer ${Redacted.value(key)}`, ...headers },
    ...(body === undefined ? {} : { body })
  })
  const response = await service.handler(request, "192.0.2.1")
  const contentType = response.headers.get("content-type") ?? ""
  return { status: response.status, contentType, text: await response.text() }
}

// Nobody listens there, and nothing leaves this machine.
const webhookUrl = "http://127.0.0.1:9/hooks"

/** An endpoint that was told of one event, and how each operation on it is called when nothing is wrong. */
const soundWebhook = async ({ operationId }: Operation): Promise<Sound> => {
  const { id: orderId } = await created(service)
  const [event] = await service.run(Effect.gen(function*() {
    const endpoints = yield* WebhookEndpoints
    for (const { id } of yield* endpoints.all()) yield* endpoints.remove(id)
    yield* endpoints.add({
      id: "whe_1",
      merchants: ["shop"],
      url: webhookUrl,
      types: "all",
      signature: "v1",
      createdAtMs: Date.now()
    })
    const store = yield* OrderStore
    const events = yield* store.events(orderId)
    for (const { id } of events) {
      yield* (yield* Outbox).redeliver({ subscriber: "whe_1", eventId: id, notBeforeMs: 0 })
    }
    return events
  }))
  const bodies: Readonly<Record<string, unknown>> = {
    "webhook-endpoints.add": { url: webhookUrl },
    "webhook-endpoints.redeliver": { deadLetteredFrom: "1970-01-01T00:00:00Z" }
  }
  const body = bodies[operationId]
  return {
    params: { endpointId: "whe_1", eventId: event!.id },
    ...(operationId === "webhook-deliveries.list" ? { query: { state: "waiting" } } : {}),
    headers: {},
    ...(body === undefined ? {} : { body })
  }
}

let seriesCount = 0

/** A series that has begun, and an order for its next period. */
const soundCharge = async (): Promise<Sound> => {
  const series = `series-${++seriesCount}`
  const first = await created(service, { order: { ...request().order, recurringReference: series } })
  await act(service, { do: "pay", orderKey: first.orderKey, method: "VISA" })
  const { id } = await created(service)
  return { params: { orderId: id }, headers: {}, body: { series, period: "2026-11" } }
}

/** An order with a payment and how each operation on it is called when nothing is wrong. */
const soundFor = async (operation: Operation): Promise<Sound> => {
  if (operation.operationId.startsWith("webhook-")) return soundWebhook(operation)
  if (operation.operationId === "payments.chargeRecurring") return soundCharge()
  const { operationId, requestBody } = operation
  const order = await created(service)
  // A paid order starts no payment.
  const doing = operationId === "payments.start" ? "begin" : "pay"
  const paymentId = await act(service, { do: doing, orderKey: order.orderKey })
  await ask(service, `POST /v1/orders/${order.id}/refresh`, { key: keys.operator })
  const events = await ask(service, `GET /v1/events?orderId=${order.id}`, { key: keys.operator })
  const anomalyId = `anm_${order.id}`
  await service.run(Effect.flatMap(Anomalies, ({ raise }) =>
    raise({
      id: anomalyId,
      merchant: "shop",
      kind: "notification-dead-lettered",
      subject: order.id,
      level: "error",
      data: {},
      raisedAtMs: 0
    })))
  const bodies: Readonly<Record<string, unknown>> = {
    "payments.start": { payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } },
    "payments.proceed": { paymentId, result: { _tag: "Ideal" } },
    "anomalies.acknowledge": { note: "known" },
    "modifications.resolve": { kind: "refund", reference: "R", outcome: "failed", evidence: "bank" },
    "orders.create": request(),
    "refunds.create": { paymentId, refundReference: "R", amount: { minor: 100, currency: "EUR" } },
    "captures.create": { paymentId, captureReference: "C", amount: { minor: 100, currency: "EUR" } }
  }
  const schema = requestBody?.content["application/json"]?.schema
  const body = bodies[operationId] ?? (schema === undefined ? undefined : sampleOf(schema))
  return {
    params: {
      orderId: order.id,
      eventId: events.json.events[0].id,
      anomalyId,
      merchant: "shop",
      shopReference: order.shopReference
    },
    headers: operationId === "orders.create" ? { "idempotency-key": order.id } : {},
    ...(body === undefined ? {} : { body })
  }
}

const codeOf = ({ contentType, text }: Given): ProblemCode | undefined =>
  contentType === "application/problem+json" && text !== "" ? JSON.parse(text).code : undefined

/** What is wrong with an answer, whatever was asked. */
const objections = (operation: Operation, request: BadRequest, given: Given): ReadonlyArray<string> => {
  const { contentType, status, text } = given
  const found: Array<string> = []
  if (status >= 500) found.push("a request alone makes it fail")
  const described = operation.responses[String(status)]
  const schema = described?.content?.[contentType]?.schema
  if (described === undefined) found.push("the document does not know this status")
  else if (schema !== undefined) {
    const validate = validatorOf(schema)
    if (!validate(JSON.parse(text))) found.push(`not as described: ${JSON.stringify(validate.errors?.[0])}`)
  } else if (text !== "") found.push(`the document does not know ${contentType}`)
  if (status >= 400) {
    const code = codeOf(given)
    if (code === undefined || problemCatalogue[code].status !== status) found.push("no problem of the catalogue")
    if (/Secretname|nobody@|dk_|hush|x{20}/.test(text)) found.push("it tells what was sent")
  }
  const forbidden = operation.requestBody?.content["application/json"]?.schema
  if (request.isVariant === true && forbidden !== undefined && typeof request.body === "string") {
    const isForbidden = !validatorOf(forbidden)(JSON.parse(request.body))
    if (isForbidden && status !== 400) found.push("the document forbids it")
    if (!isForbidden && status === 400) found.push("the document allows it")
  }
  return found
}

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]

const otherMethods: ReadonlyArray<BadRequest> = [...new Set(operations.map(({ path }) => path))].flatMap((path) => {
  const known = new Set(operations.filter((operation) => operation.path === path).map(({ method }) => method))
  return methods.filter((method) => !known.has(method))
    .map((method) => ({ what: "another method", method, path: path.replaceAll(/\{\w+\}/g, "x"), headers: {} }))
})

it("every operation refuses what is wrong, by one table", async () => {
  const lines: Array<string> = []
  const refusedCount = { all: 0, refused: 0, failed: 0 }
  const objected: Array<string> = []
  for (const operation of operations) {
    lines.push("", `${operation.method} ${operation.path}`)
    for (const request of badRequests(operation, await soundFor(operation))) {
      const given = await send(request)
      refusedCount.all++
      if (given.status >= 400) refusedCount.refused++
      if (given.status >= 500) refusedCount.failed++
      lines.push(`  ${request.what.padEnd(72)} ${given.status} ${codeOf(given) ?? ""}`.trimEnd())
      for (const objection of objections(operation, request, given)) {
        objected.push(`${operation.operationId}, ${request.what}: ${given.status}: ${objection}`)
      }
    }
  }
  lines.push("", "Methods that an address does not have")
  for (const request of otherMethods) {
    const given = await send(request)
    refusedCount.all++
    refusedCount.refused++
    lines.push(`  ${`${request.method} ${request.path}`.padEnd(72)} ${given.status} ${codeOf(given) ?? ""}`.trimEnd())
    // A HEAD has no body that could say more, and a known address may answer it.
    const isRefused = request.method === "HEAD" || [404, 405].includes(given.status)
    if (!isRefused) objected.push(`${request.method} ${request.path}: ${given.status}`)
  }
  lines.push("", "HEAD where there is GET: the same without a body")
  for (const operation of operations.filter(({ method }) => method === "GET")) {
    const [get] = badRequests(operation, await soundFor(operation))
    const [asked, head] = [await send(get!), await send({ ...get!, method: "HEAD" })]
    refusedCount.all += 2
    lines.push(`  ${`HEAD ${operation.path}`.padEnd(72)} ${head.status}`)
    expect(head, operation.path).toEqual({ ...asked, text: "" })
  }
  const { all, failed, refused } = refusedCount
  lines.unshift(
    `${all} requests to ${operations.length} operations: ${refused} refused, ${failed} with a status of 500 or more`
  )
  expect(objected).toEqual([])
  expect(refused).toBeGreaterThanOrEqual(300)
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("inputs/requests.table.txt")
})
