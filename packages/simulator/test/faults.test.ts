import { request } from "node:http"
import { gunzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import type { Fault, FaultEffect } from "../src/faults/Fault.ts"
import type { Simulator } from "../src/Simulator.ts"
import * as Body from "./stage/requestBodies.ts"
import { call } from "./stage/soapCall.ts"
import { createdOrder, paid, withSimulator } from "./stage/withSimulator.ts"

interface RawAnswer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: Buffer
  /** Absent if the answer was complete as far as HTTP can tell. */
  readonly broken: string | undefined
  readonly chunks: number
}

/** Sends a body the way a plain HTTP client does and keeps whatever comes back. */
const post = (simulator: Simulator, body: string, action: string): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const chunks: Array<Buffer> = []
    let status: number | undefined
    let headers: RawAnswer["headers"] = {}
    const finish = (broken: string | undefined): void =>
      resolve({ status, headers, body: Buffer.concat(chunks), broken, chunks: chunks.length })
    const outgoing = request(simulator.url, {
      method: "POST",
      agent: false,
      headers: { "content-type": "text/xml; charset=utf-8", soapaction: `"${action}"` }
    }, (answer) => {
      status = answer.statusCode
      headers = answer.headers
      answer.on("data", (chunk: Buffer) => chunks.push(chunk))
      answer.on("end", () => finish(answer.complete ? undefined : "incomplete"))
      answer.on("error", (problem) => finish("code" in problem ? String(problem.code) : problem.message))
    })
    outgoing.on("error", (problem) => finish("code" in problem ? String(problem.code) : problem.message))
    outgoing.end(Body.envelope(body))
  })

const refundOf = (id: string): string => Body.onPayment("refundRequest", id, Body.amount("amount", 100))

interface Seen {
  readonly status?: number
  readonly broken?: boolean
  readonly body?: RegExp
  readonly check?: (answer: RawAnswer) => void
}

const table: ReadonlyArray<readonly [FaultEffect, Seen]> = [
  [{ kind: "delay", delayMs: 30 }, { status: 200, body: /refundSuccess/ }],
  [{ kind: "drip", bytes: 64, everyMs: 1 }, {
    status: 200,
    body: /refundSuccess/,
    check: ({ chunks }) => expect(chunks).toBeGreaterThan(2)
  }],
  [{ kind: "reset-before-reply" }, { broken: true }],
  [{ kind: "reset-in-reply", afterBytes: 0 }, { status: 200, broken: true, body: /^$/ }],
  [{ kind: "reset-in-reply", afterBytes: 50 }, { status: 200, broken: true, body: /^<\?xml.{45}$/s }],
  [{ kind: "reset-in-reply", afterBytes: 99_999 }, { status: 200, broken: true, body: /<\/S:Envelope$/ }],
  [{ kind: "truncated", afterBytes: 120 }, { status: 200, body: /^.{120}$/s }],
  [{ kind: "truncated", afterBytes: 0 }, { status: 200, body: /^$/ }],
  [{ kind: "html" }, {
    status: 200,
    body: /<!DOCTYPE html>/,
    check: ({ headers }) => expect(headers["content-type"]).toContain("text/html")
  }],
  [{ kind: "gzip" }, {
    status: 200,
    check: ({ body, headers }) => {
      expect(headers["content-encoding"]).toBe("gzip")
      expect(gunzipSync(body).toString()).toContain("refundSuccess")
    }
  }],
  [{ kind: "status", status: 500, body: "fault" }, {
    status: 500,
    body: /<faultstring>Fault occurred while processing/
  }],
  [{ kind: "status", status: 503, body: "html" }, { status: 503, body: /<html>/ }],
  [{ kind: "status", status: 502, body: "empty" }, { status: 502, body: /^$/ }],
  [{ kind: "redirect", status: 302, location: "http://127.0.0.1:9/" }, {
    status: 302,
    check: ({ headers }) => expect(headers["location"]).toBe("http://127.0.0.1:9/")
  }],
  [{ kind: "oversized", sizeBytes: 300_000 }, { status: 200, check: ({ body }) => expect(body.length).toBe(300_000) }],
  [{ kind: "document-type" }, { status: 200, body: /<!DOCTYPE S:Envelope/ }]
]

const refundsOf = (simulator: Simulator, key: string): number => simulator.order(key)?.payments[0]?.refunds.length ?? -1

const withPaidOrder = (use: (simulator: Simulator, key: string, id: string) => Promise<void>): Promise<void> =>
  withSimulator(async (simulator) => {
    const key = await createdOrder(simulator)
    await use(simulator, key, await paid(simulator, key, "IDEAL"))
  })

describe.each([true, false])("a fault that was executed: %s", (executed) => {
  it.each(table)("%j", (effect, seen) =>
    withPaidOrder(async (simulator, key, id) => {
      const before = simulator.history().length
      simulator.planFaults([{ operation: "refund", executed, effect }])
      const answer = await post(simulator, refundOf(id), "refund")
      expect(answer.status).toBe(seen.status)
      expect(answer.broken !== undefined).toBe(seen.broken ?? false)
      if (seen.body !== undefined) expect(answer.body.toString()).toMatch(seen.body)
      seen.check?.(answer)
      expect(refundsOf(simulator, key)).toBe(executed ? 1 : 0)
      expect(simulator.history().length > before).toBe(executed)
      expect(simulator.requests().at(-1)).toMatchObject({ operation: "refund", executed, fault: effect.kind })
      // The fault is used up.
      expect((await call(simulator.url, refundOf(id))).errors).toEqual([])
      expect(refundsOf(simulator, key)).toBe(executed ? 2 : 1)
    }))
})

describe("faults", () => {
  it("reset a connection before the request is read", () =>
    withPaidOrder(async (simulator, key, id) => {
      simulator.planFaults([{ operation: "refund", executed: false, effect: { kind: "reset-before-reading" } }])
      const answer = await post(simulator, refundOf(id), "refund")
      expect([answer.status, answer.broken]).toEqual([undefined, "ECONNRESET"])
      expect(refundsOf(simulator, key)).toBe(0)
      expect(simulator.requests().at(-1)).toMatchObject({ operation: "refund", executed: false, outcome: "not-read" })
    }))

  it("answer with any errors", () =>
    withPaidOrder(async (simulator, key, id) => {
      const errors = [{ code: "INTERNAL_ERROR", text: "Out of order" }, { code: "UNKNOWN_ERROR", text: "?" }] as const
      simulator.planFaults([{ operation: "refund", executed: false, effect: { kind: "errors", errors } }])
      expect((await call(simulator.url, refundOf(id))).errors).toEqual([
        "INTERNAL_ERROR: Out of order",
        "UNKNOWN_ERROR: ?"
      ])
      expect(refundsOf(simulator, key)).toBe(0)
    }))

  it.each([["start-errors", "startErrors"], ["payment-error", "startSuccess"]] as const)(
    "decline a payment as %s",
    (as, inner) =>
      withSimulator(async (simulator) => {
        const key = await createdOrder(simulator)
        simulator.planFaults([{ operation: "start", executed: true, effect: { kind: "decline", as } }])
        const reply = await call(simulator.url, Body.start(Body.startVisa, key))
        expect(reply.inner?.name).toBe(inner)
        expect(reply.text).toContain("Payment for order could not be authorized.")
        expect(simulator.order(key)?.payments[0]?.status).toBe("AUTHORIZATION_FAILED")
      })
  )

  it("wait for their operation, their turn and their number of times", () =>
    withPaidOrder(async (simulator, key, id) => {
      simulator.planFaults([{
        operation: "status",
        skip: 1,
        times: 2,
        executed: true,
        effect: { kind: "status", status: 500, body: "empty" }
      }])
      const status = async (): Promise<number | undefined> =>
        (await post(simulator, Body.byKey("statusRequest", key), "status")).status
      expect((await post(simulator, refundOf(id), "refund")).status).toBe(200)
      expect([await status(), await status(), await status(), await status()]).toEqual([200, 500, 500, 200])
      expect(simulator.faults()).toEqual([])
    }))

  it("befall any operation if none is named, also without a SOAPAction header", () =>
    withPaidOrder(async (simulator, key) => {
      simulator.planFaults([{ executed: true, effect: { kind: "status", status: 503, body: "fault" } }])
      expect((await call(simulator.url, Body.byKey("statusRequest", key))).status).toBe(503)
      expect((await call(simulator.url, Body.byKey("statusRequest", key))).status).toBe(200)
    }))

  const senseless: ReadonlyArray<readonly [Fault, string]> = [
    [{ executed: true, effect: { kind: "reset-before-reading" } }, "cannot have been executed"],
    [{ executed: false, effect: { kind: "decline", as: "start-errors" } }, "is an executed request"],
    [{ executed: true, effect: { kind: "delay", delayMs: -1 } }, "delayMs"],
    [{ executed: true, effect: { kind: "oversized", sizeBytes: 1e12 } }, "sizeBytes"],
    [{ executed: true, effect: { kind: "status", status: 200, body: "empty" } }, "400 to 599"],
    [{ executed: true, effect: { kind: "redirect", status: 200, location: "/" } }, "300 to 399"],
    [{ executed: true, times: 0, effect: { kind: "html" } }, "times is at least 1"]
  ]
  it.each(senseless)("that make no sense are refused: %j", (fault, reason) =>
    withSimulator(async (simulator) => {
      expect(() => simulator.planFaults([fault])).toThrow(reason)
    }))

  it("end when the simulator closes", async () => {
    const answers: Array<Promise<RawAnswer>> = []
    await withPaidOrder(async (simulator, key) => {
      simulator.planFaults([{ operation: "status", executed: true, effect: { kind: "delay", delayMs: 100_000 } }])
      answers.push(post(simulator, Body.byKey("statusRequest", key), "status"))
      await expect.poll(() => simulator.requests().at(-1)?.fault).toBe("delay")
    })
    expect((await answers[0])?.broken).toBeDefined()
  })
})
