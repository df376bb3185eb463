/**
 * Whatever happens to an order, every answer about it is one that the OpenAPI document describes.
 */
import { FakeProvider } from "@docdata/memory"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Operation, operations, validatorOf } from "./inputs/apiDocument.ts"
import { act, ask, created, manyKeys, request, type Service, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const steps = [
  "begin",
  "authorize",
  "pay",
  "refund",
  "charge-back",
  "fail",
  "cancel",
  "refused",
  "silent",
  "away"
] as const

type Step = (typeof steps)[number]

const faults = {
  refused: { _tag: "Rejected", errors: [{ code: "REQUEST_DATA_INCORRECT", message: "no" }] },
  silent: { _tag: "TransportFailure", obstacle: "deadline", sent: "unknown", retryable: false },
  away: { _tag: "TransportFailure", obstacle: "connect-refused", sent: "not-sent", retryable: true }
} as const

const planned = (fault: keyof typeof faults) =>
  service.run(
    Effect.flatMap(FakeProvider, (provider) => provider.plan({ times: 6, executed: false, reason: faults[fault] }))
  )

/** Lets it happen; what the provider does not allow in this state does not. */
const happen = async (step: Step, orderKey: string, paymentId: string): Promise<string> => {
  switch (step) {
    case "begin":
    case "authorize":
    case "pay":
      return act(service, { do: step, orderKey }).catch(() => paymentId)
    case "refund":
      return act(service, { do: "move-refunds", paymentId, to: "CAPTURED" }).catch(() => paymentId)
    case "charge-back":
    case "fail":
      return act(service, { do: step, paymentId }).catch(() => paymentId)
    case "cancel":
      return paymentId
    case "refused":
    case "silent":
    case "away":
      await planned(step)
      return paymentId
  }
}

let callCount = 0

const call = async ({ method, operationId, path, responses }: Operation, orderId: string, paymentId: string) => {
  callCount++
  const bodies: Readonly<Record<string, unknown>> = {
    "orders.create": request(),
    "orders.capture": { paymentId, reference: `C${callCount}`, amountMinor: 10 },
    "orders.refund": { paymentId, reference: `R${callCount}`, amountMinor: 10 }
  }
  const body = bodies[operationId]
  const { json, status } = await ask(service, `${method} ${path.replaceAll(/\{\w+\}/g, orderId)}`, {
    key: manyKeys[callCount % manyKeys.length]!,
    headers: { "idempotency-key": `property-${callCount}` },
    ...(body === undefined ? {} : { body })
  })
  const content = responses[String(status)]?.content ?? {}
  const [schema] = Object.values(content).map((one) => one.schema)
  const validate = schema === undefined ? undefined : validatorOf(schema)
  expect([operationId, status, validate?.(json), validate?.errors]).toEqual([operationId, status, true, null])
  return `${operationId} ${status}`
}

// Groups that this test knows no bodies for are tried elsewhere; what asks Docdata comes first, and meets the faults.
const known = operations.filter(({ operationId }) => operationId.startsWith("orders."))
  .toSorted((a, b) => Number(b.method === "POST") - Number(a.method === "POST"))

it("every answer of every operation is as the document says, in any state of an order", async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 6 }), async (life) => {
      await service.run(Effect.flatMap(FakeProvider, ({ mend }) => mend))
      const { id, orderKey } = await created(service)
      let paymentId = "1"
      for (const step of life) {
        paymentId = await happen(step, orderKey, paymentId)
        for (const operation of known) {
          const isLast = operation.operationId !== "orders.cancel" || step === "cancel"
          if (isLast) seen.add(await call(operation, id, paymentId))
        }
      }
    }),
    { numRuns: 25, seed: 20_260_105 }
  )
  const statuses = new Set([...seen].map((line) => line.split(" ")[1]))
  expect(statuses).toEqual(new Set(["200", "201", "202", "404", "409", "422", "502", "503"]))
  expect(seen.size).toBeGreaterThan(25)
})
