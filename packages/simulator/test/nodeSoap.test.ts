import { createClientAsync } from "soap"
import { describe, expect, it } from "vitest"
import type { Simulator } from "../src/Simulator.ts"
import { days, paid, withSimulator } from "./stage/withSimulator.ts"

/** A client that knows nothing but the WSDL the simulator serves. */
const connect = async (simulator: Simulator) => {
  const client = await createClientAsync(`${simulator.url}?wsdl`)
  const operate = async (
    operation: string,
    content: Readonly<Record<string, unknown>>
  ): Promise<Record<string, unknown>> => {
    const body = {
      attributes: { version: "1.3" },
      merchant: { attributes: { name: "demo_shop", password: "demo-password" } },
      ...content
    }
    const method: unknown = Reflect.get(client, `${operation}Async`)
    if (typeof method !== "function") throw new Error(`the WSDL has no ${operation}`)
    const [result] = await method.call(client, body) as [Record<string, unknown>]
    return result
  }
  return { client, operate }
}

const address = { street: "Teststraat", city: "Nergens", country: { attributes: { code: "NL" } } }
const name = { first: "Test", last: "Person" }
const order = (reference: string) => ({
  merchantOrderReference: reference,
  paymentPreferences: { profile: "standard", numberOfDaysToPay: 14 },
  shopper: {
    attributes: { id: "1" },
    name,
    email: "test@shop.example",
    language: { attributes: { code: "nl" } },
    gender: "U"
  },
  totalGrossAmount: { attributes: { currency: "EUR" }, $value: 2420 },
  billTo: { name, address }
})
const euro = (minor: number) => ({ attributes: { currency: "EUR" }, $value: minor })

describe("node-soap from the served WSDL", () => {
  it("finds all nine operations", () =>
    withSimulator(async (simulator) => {
      const { client } = await connect(simulator)
      const port = client.describe() as { paymentService: { PaymentServiceSOAP: Record<string, unknown> } }
      expect(Object.keys(port.paymentService.PaymentServiceSOAP).toSorted()).toEqual([
        "cancel",
        "capture",
        "create",
        "listPaymentMethods",
        "proceed",
        "refund",
        "start",
        "status",
        "statusExtended"
      ])
    }))

  it("creates, lists, captures, refunds, asks and cancels", () =>
    withSimulator(async (simulator) => {
      const { operate } = await connect(simulator)
      const created = await operate("create", order("soap-1"))
      expect(created).toMatchObject({
        createSuccess: { success: { $value: "Operation successful." } },
        attributes: { ddpXsdVersion: "1.3.15" }
      })
      const { key: paymentOrderKey } = created["createSuccess"] as { key: string }
      const list = await operate("listPaymentMethods", { paymentOrderKey })
      expect(list).toMatchObject({
        listPaymentMethodsSuccess: { paymentMethod: expect.arrayContaining([{ name: "VISA" }]) }
      })

      const paymentId = await paid(simulator, paymentOrderKey, "VISA")
      expect(
        await operate("capture", { paymentId, merchantCaptureReference: "c", amount: euro(2000), finalCapture: true })
      ).toHaveProperty("captureSuccess")
      await simulator.advance(days(2))
      expect(
        await operate("refund", { paymentId, merchantRefundReference: "r", amount: euro(500), description: "back" })
      ).toHaveProperty("refundSuccess")
      await simulator.advance(days(2))

      expect(await operate("status", { paymentOrderKey })).toMatchObject({
        statusSuccess: {
          report: {
            approximateTotals: { totalRegistered: 2420, totalCaptured: 2000, totalRefunded: 500 },
            payment: [{
              id: paymentId,
              authorization: { status: "AUTHORIZED", capture: [{ status: "CANCELED" }, { status: "CAPTURED" }] }
            }],
            consideredSafe: { value: true }
          }
        }
      })
      expect(await operate("statusExtended", { paymentOrderKey })).toMatchObject({
        statusSuccess: { report: { payment: [{ extended: { visaPaymentInfo: { cardHolder: "Simulated Shopper" } } }] } }
      })
      expect(await operate("cancel", { paymentOrderKey })).toMatchObject({ cancelSuccess: { result: "FAILED" } })
    }))

  it("starts and proceeds", () =>
    withSimulator(async (simulator) => {
      const { operate } = await connect(simulator)
      const { createSuccess } = await operate("create", order("soap-2")) as { createSuccess: { key: string } }
      const started = await operate("start", {
        paymentOrderKey: createSuccess.key,
        payment: { paymentMethod: "IDEAL", iDealPaymentInput: { issuerId: "INGBNL2A" } },
        returnUrl: "http://shop.example/back"
      })
      expect(started).toMatchObject({ startSuccess: { redirect: { method: "GET" } } })
      const id = simulator.order(createSuccess.key)?.payments[0]?.id ?? ""
      await simulator.act({ do: "answer", paymentId: id, answer: "approved" })
      expect(await operate("proceed", { paymentId: id, iDealAuthorizationResult: {} })).toMatchObject({
        proceedSuccess: { paymentResponse: { paymentSuccess: { status: "AUTHORIZED", id } } }
      })
    }))

  it("sees errors as replies and broken envelopes as faults", () =>
    withSimulator(async (simulator) => {
      const { operate } = await connect(simulator)
      expect(await operate("status", { paymentOrderKey: "0".repeat(32) })).toMatchObject({
        statusErrors: {
          error: [{
            attributes: { code: "REQUEST_DATA_INCORRECT" },
            $value: "Order could not be found with the given key."
          }]
        }
      })
      simulator.planFaults([{ executed: false, effect: { kind: "status", status: 500, body: "fault" } }])
      await expect(operate("status", { paymentOrderKey: "0".repeat(32) })).rejects.toThrow(
        "Fault occurred while processing."
      )
    }))
})
