import { describe, expect, it } from "vitest"
import type { Action } from "../src/control/Action.ts"
import type { Simulator } from "../src/Simulator.ts"
import { createdOrder, days, paid, withSimulator } from "./stage/withSimulator.ts"
import * as Body from "./stage/requestBodies.ts"
import { call } from "./stage/soapCall.ts"

interface Answer {
  readonly status: number
  readonly body: unknown
}

const control = async (
  simulator: Simulator,
  what: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {}
): Promise<Answer> => {
  const [method = "", path = ""] = what.split(" ")
  const answer = await fetch(`${simulator.controlUrl}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) })
  })
  return { status: answer.status, body: await answer.json() }
}

describe("the control API", () => {
  it("describes itself", () =>
    withSimulator(async (simulator) => {
      const { body } = await control(simulator, "GET ")
      expect(body).toMatchObject({ endpoint: simulator.url, menu: simulator.menuUrl, nowMs: simulator.nowMs() })
    }))

  it("plays a whole order by hand", () =>
    withSimulator(async (simulator) => {
      const act = async (action: Action) =>
        (await control(simulator, "POST /actions", action)).body as {
          orderKey: string
          paymentId: string
          result: string
        }
      const { orderKey } = await act({ do: "create-order", reference: "by-hand", amountMinor: 5000, currency: "EUR" })
      const { paymentId } = await act({ do: "choose", orderKey, method: "SEPA_DIRECT_DEBIT" })
      await act({ do: "answer", paymentId, answer: "approved" })
      expect((await control(simulator, "POST /clock", { advanceMs: days(6) })).body).toEqual({
        nowMs: simulator.nowMs()
      })
      await act({ do: "file-refund", paymentId, amountMinor: 1000 })
      await act({ do: "refund", paymentId, status: "CAPTURED" })
      await act({ do: "chargeback", paymentId, amountMinor: 500, reason: "MD06" })
      expect((await act({ do: "cancel-order", orderKey })).result).toBe("FAILED")
      const { body } = await control(simulator, `GET /orders/${orderKey}`)
      expect(body).toMatchObject({
        order: { reference: "by-hand" },
        report: {
          totals: { registered: 5000, acquirerPending: 5000, captured: 5000, refunded: 1000, chargedBack: 500 }
        }
      })
      expect((body as { history: ReadonlyArray<unknown> }).history.length).toBeGreaterThan(8)
      expect(((await control(simulator, "GET /orders")).body as ReadonlyArray<unknown>).length).toBe(1)
    }))

  it.each<readonly [string, unknown, number, string]>([
    ["GET /nothing", undefined, 404, "there is no GET /nothing"],
    ["GET /orders/X", undefined, 404, "no order with this key"],
    ["POST /actions", { do: "dance" }, 400, "do"],
    ["POST /actions", { do: "answer", paymentId: "1", answer: "approved" }, 409, "no payment with this id"],
    ["POST /actions", { do: "notify", orderKey: "X" }, 409, "no order with this key"],
    ["POST /actions", "{", 400, "no JSON"],
    ["POST /clock", { advanceMs: -1 }, 400, "advanceMs"],
    ["POST /faults", [{ executed: true, effect: { kind: "delay" } }], 400, "delayMs"],
    ["POST /faults", [{ executed: true, effect: { kind: "reset-before-reading" } }], 400, "cannot have been executed"],
    ["POST /notification-faults", [{ kind: "stolen" }], 400, "kind"],
    ["POST /merchants", { name: "m", password: "p", updateUrl: "http://192.0.2.1/?id=" }, 400, "this machine"],
    ["POST /scenarios/none", {}, 404, "no scenario named none"]
  ])("%s %j is refused", (what, body, status, reason) =>
    withSimulator(async (simulator) => {
      const answer = await control(simulator, what, body)
      expect(answer.status).toBe(status)
      expect((answer.body as { error: string }).error).toContain(reason)
    }))

  it("plans and forgets faults", () =>
    withSimulator(async (simulator) => {
      const fault = {
        operation: "status",
        times: 2,
        executed: false,
        effect: { kind: "errors", errors: [{ code: "INTERNAL_ERROR", text: "x" }] }
      }
      expect((await control(simulator, "POST /faults", [fault])).body).toEqual({ ok: true })
      expect((await control(simulator, "GET /faults")).body).toEqual([fault])
      expect((await call(simulator.url, Body.byKey("statusRequest"))).errors).toEqual(["INTERNAL_ERROR: x"])
      await control(simulator, "POST /notification-faults", [{ kind: "lost" }])
      await control(simulator, "DELETE /faults")
      expect(simulator.faults()).toEqual([])
    }))

  it("lists and plays scenarios", () =>
    withSimulator(async (simulator) => {
      const { body } = await control(simulator, "GET /scenarios")
      expect((body as ReadonlyArray<{ name: string }>).map(({ name }) => name)).toContain("ideal-paid")
      const run = await control(simulator, "POST /scenarios/ideal-paid", { seed: 3 })
      expect(run.body).toMatchObject({ name: "ideal-paid", seed: 3, expected: "paid", skipped: [] })
    }))

  it("shows accounts without passwords", () =>
    withSimulator(async (simulator) => {
      await control(simulator, "POST /merchants", {
        name: "second",
        password: "hidden-word",
        subjectTokens: { a: "hidden-token" }
      })
      const text = JSON.stringify((await control(simulator, "GET /merchants")).body)
      expect(text).toContain("second")
      expect(text).not.toContain("hidden")
    }))

  it.each([
    ["a page of another site", { origin: "http://elsewhere.example" }, 403],
    ["plain text, which such a page may send unasked", { "content-type": "text/plain" }, 415]
  ])("does not listen to %s", (_, headers, status) =>
    withSimulator(async (simulator) => {
      expect((await control(simulator, "POST /clock", { advanceMs: 1 }, headers)).status).toBe(status)
      expect(simulator.waiting()).toEqual([])
    }))

  it("refuses what is too large", () =>
    withSimulator(async (simulator) => {
      expect((await control(simulator, "POST /clock", " ".repeat(262_145))).status).toBe(413)
    }))
})

describe("the request log", () => {
  it("holds no password, token, account number or name", () =>
    withSimulator(async (simulator) => {
      const canaries = [
        "canary-password",
        "canary-token",
        "NL00CANA0000000001",
        "CanaryFirst",
        "canary@shop.example",
        "4000000000000002",
        "canary-person",
        "Canary Street",
        "Canary City"
      ]
      const secret = (body: string): string =>
        body.replace("demo-password", "canary-password").replace("NL00SIMU0000000001", "NL00CANA0000000001").replaceAll(
          "Test</first>",
          "CanaryFirst</first>"
        )
          .replaceAll("test@shop.example", "canary@shop.example")
          .replaceAll(/<shopper id="[^"]*"/g, `<shopper id="canary-person"`)
          .replaceAll(/<street>[^<]*</g, "<street>Canary Street<")
          .replaceAll(/<city>[^<]*</g, "<city>Canary City<")
      const merchant =
        `<merchant name="demo_shop" password="canary-password"><subjectMerchant name="s" token="canary-token"/></merchant>`
      const reply = await call(simulator.url, secret(Body.create({ merchant })))
      const key = /<key>(\w+)</.exec(reply.text)?.[1] ?? ""
      await call(simulator.url, secret(Body.start(Body.startDebit, key)))
      await call(
        simulator.url,
        secret(Body.start(Body.startDebit.replace("NL00SIMU0000000001", "NL00CANA0000000001 x"), key))
      )
      const card =
        `<payment><paymentMethod>VISA</paymentMethod><visaPaymentInput><cardHolderName>CanaryFirst</cardHolderName><cardNumber>4000000000000002</cardNumber><expiryDate month="01" year="30"/></visaPaymentInput></payment>`
      await call(simulator.url, secret(Body.start(card, key)))
      await call(simulator.url, secret(Body.byKey("extendedStatusRequest", key)))
      await call(simulator.url, secret(Body.create({ merchant })).replace("canary@shop", "o'canary@shop"))
      const log = JSON.stringify([
        simulator.requests(),
        (await control(simulator, "GET /requests")).body,
        simulator.history()
      ])
      expect(simulator.requests().map(({ outcome }) => outcome)).toEqual([
        "success",
        "success",
        "errors",
        "success",
        "success",
        "errors"
      ])
      for (const canary of canaries) expect(log).not.toContain(canary)
      expect(log).toContain("ref-1")
    }, { merchants: [{ name: "demo_shop", password: "canary-password" }] }))

  it("says which rule was broken, more exactly than the reply", () =>
    withSimulator(async (simulator) => {
      await call(simulator.url, Body.create({ reference: "" }))
      expect(simulator.requests()[0]?.violation).toEqual({
        path: "createRequest/merchantOrderReference",
        detail: "has 0 characters, at least 1 are needed"
      })
    }))

  it("shows what took effect", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await call(simulator.url, Body.create())
      await paid(simulator, key, "IDEAL")
      await call(simulator.url, Body.byKey("cancelRequest", key))
      expect(simulator.requests().map(({ executed, operation }) => `${operation} ${executed}`)).toEqual([
        "create true",
        "create false",
        "cancel true"
      ])
    }))
})
