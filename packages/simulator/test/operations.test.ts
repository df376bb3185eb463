import { describe, expect, it } from "vitest"
import { globalElements } from "../src/contract/Contract.ts"
import { validate } from "../src/contract/validate.ts"
import type { Simulator } from "../src/Simulator.ts"
import { childrenOf } from "../src/xml/XmlElement.ts"
import * as Body from "./stage/requestBodies.ts"
import type { Reply } from "./stage/soapCall.ts"
import { call, find, findAll, send } from "./stage/soapCall.ts"
import { createdOrder, days, hours, paid, withSimulator } from "./stage/withSimulator.ts"

const incorrect = (text: string): ReadonlyArray<string> => [`REQUEST_DATA_INCORRECT: ${text}`]

/** A reply that is not in the contract would be our own mistake. */
const expectContract = ({ root }: Reply): void => {
  const type = globalElements.get(root.name)
  expect(type && validate(root, type)).toBeUndefined()
  expect(type).toBeDefined()
}

const ask = async (simulator: Simulator, body: string): Promise<Reply> => {
  const reply = await call(simulator.url, body)
  expect(reply.status).toBe(200)
  expectContract(reply)
  return reply
}

const totals = async (simulator: Simulator, key: string): Promise<string> => {
  const { inner } = await ask(simulator, Body.byKey("statusRequest", key))
  return ["totalAcquirerApproved", "totalCaptured", "totalRefunded", "totalReversed"].map((name) => find(inner, name))
    .join("/")
}

describe("requests that reach no operation", () => {
  it.each([
    ["no XML", "hello", 500, "Couldn't create SOAP message"],
    ["no envelope", Body.create(), 500, "no SOAP 1.1 envelope"],
    ["an unknown root", Body.envelope(Body.byKey("statusExtendedRequest")), 500, "Cannot find dispatch method for"],
    [
      "an older namespace",
      Body.envelope(Body.create().replace("/1_3/", "/1_2/")),
      500,
      "Cannot find dispatch method for"
    ]
  ])("%s are faults", (_, text, status, fault) =>
    withSimulator(async (simulator) => {
      const reply = await send(simulator.url, text)
      expect(reply.status).toBe(status)
      expect(reply.root.name).toBe("Fault")
      expect(find(reply.root, "faultstring")).toContain(fault)
    }))

  it("too large a body is not read", () =>
    withSimulator(async (simulator) => {
      const answer = await fetch(simulator.url, { method: "POST", body: "x".repeat(1_048_577) })
      expect(answer.status).toBe(413)
    }))

  it("schema violations carry the text of the real service", () =>
    withSimulator(async (simulator) => {
      const reply = await ask(simulator, Body.byKey("extendedStatusRequest", Body.key.slice(1)))
      expect(reply.errors).toEqual(incorrect(
        `XML request does not match XSD. The data is: cvc-type.3.1.3: The value '${
          Body.key.slice(1)
        }' of element 'paymentOrderKey' is not valid..`
      ))
    }))

  it.each([
    ["a wrong password", `<merchant name="demo_shop" password="guess"/>`],
    ["an unknown merchant", `<merchant name="nobody" password="demo-password"/>`],
    [
      "a wrong subject token",
      `<merchant name="demo_shop" password="demo-password"><subjectMerchant name="sub" token="bad"/></merchant>`
    ]
  ])("%s is a security error", (_, merchant) =>
    withSimulator(async (simulator) => {
      const reply = await ask(simulator, Body.create({ merchant }))
      expect(reply.errors[0]).toMatch(/^SECURITY_ERROR: /)
      expect(simulator.orders()).toEqual([])
    }, { merchants: [{ name: "demo_shop", password: "demo-password", subjectTokens: { sub: "good" } }] }))
})

describe("create", () => {
  it("takes a reference once and for ever", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      expect(key).toMatch(/^[A-Z0-9]{32}$/)
      expect((await ask(simulator, Body.create())).errors).toEqual(incorrect("Merchant order reference is not unique."))
      await ask(simulator, Body.byKey("cancelRequest", key))
      expect((await ask(simulator, Body.create())).errors).toEqual(incorrect("Merchant order reference is not unique."))
    }))

  it("names all errors at once", () =>
    withSimulator(async (simulator) => {
      await createdOrder(simulator)
      const { errors } = await ask(
        simulator,
        Body.create({ preferences: Body.preferences.replace("standard", "gold") })
      )
      expect(errors).toEqual([
        ...incorrect("Invalid payment profile for the order"),
        ...incorrect("Merchant order reference is not unique.")
      ])
    }))

  it("begins and continues a recurring series", () =>
    withSimulator(async (simulator) => {
      const series =
        `<paymentRequest><initialPaymentReference><merchantReference>sub-1</merchantReference></initialPaymentReference></paymentRequest>`
      const first = await ask(simulator, Body.create({ reference: "s-1", more: series }))
      expect(find(first.inner, "paymentInsufficientData")).toBe("")
      const unpaid = await ask(simulator, Body.create({ reference: "s-2", more: series }))
      expect(find(unpaid.inner, "error")).toBe("Payment for order could not be authorized.")
      await paid(simulator, find(first.inner, "key") ?? "", "VISA")
      const second = await ask(simulator, Body.create({ reference: "s-3", more: series }))
      expect(find(second.inner, "status")).toBe("AUTHORIZED")
      const third = await createdOrder(simulator, { reference: "s-4" })
      const started = await ask(
        simulator,
        Body.start(series.replaceAll("paymentRequest", "recurringPaymentRequest"), third)
      )
      expect(find(started.inner, "status")).toBe("AUTHORIZED")
    }))
})

describe("start and proceed", () => {
  it.each([
    ["a bank transfer", Body.startTransfer, "AUTHORIZED", undefined],
    ["a direct debit", Body.startDebit, "AUTHORIZED", undefined],
    ["iDEAL", Body.startIdeal, "REDIRECTED_FOR_AUTHORIZATION", "GET"],
    ["a card without browser data", Body.startVisa, "AUTHORIZED", undefined],
    [
      "a card with browser data",
      `${Body.startVisa}<returnUrl>http://shop.example/back</returnUrl>${Body.browser}`,
      "REDIRECTED_FOR_AUTHENTICATION",
      "POST"
    ],
    ["a token", `<token key="stored"/>`, "AUTHORIZED", undefined]
  ])("%s", (_, content, status, method) =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const { inner } = await ask(simulator, Body.start(content, key))
      expect(find(inner, "status")).toBe(status)
      expect(find(inner, "method")).toBe(method)
    }))

  it.each([
    ["an unknown order", Body.start(Body.startIdeal), "Order could not be found with the given key."],
    ["an unknown method", undefined, "Payment for order could not be authorized."]
  ])("refuses %s", (_, body, text) =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const { errors } = await ask(simulator, body ?? Body.start(Body.startIdeal.replace("IDEAL", "BEADS"), key))
      expect(errors).toEqual(incorrect(text))
    }))

  it("authorises iDEAL after the shopper said yes", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const id = find((await ask(simulator, Body.start(Body.startIdeal, key))).inner, "id") ?? ""
      const proceed = Body.onPayment("proceedRequest", id, "<iDealAuthorizationResult/>")
      expect(find((await ask(simulator, proceed)).inner, "status")).toBe("REDIRECTED_FOR_AUTHORIZATION")
      await simulator.act({ do: "answer", paymentId: id, answer: "approved" })
      expect(find((await ask(simulator, proceed)).inner, "status")).toBe("AUTHORIZED")
      expect(find((await ask(simulator, proceed)).inner, "status")).toBe("AUTHORIZED")
      expect(await totals(simulator, key)).toBe("2420/2420/0/0")
    }))

  it("finds out by itself when nobody proceeds", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const id = find((await ask(simulator, Body.start(Body.startIdeal, key))).inner, "id") ?? ""
      await simulator.act({ do: "answer", paymentId: id, answer: "approved" })
      await simulator.advance(hours(1))
      expect(await totals(simulator, key)).toBe("2420/2420/0/0")
    }))

  const secure = (result: string): string =>
    `<threeDomainSecureAuthenticationResult><MD>1</MD><PARes>${result}</PARes></threeDomainSecureAuthenticationResult>`
  const homePay = (code: number): string =>
    `<ingHomePayAuthorizationResult><vendorId>v</vendorId>${
      Body.amount("amount", 2420)
    }<message>123456789012</message>` +
    `<returnCode>${code}</returnCode></ingHomePayAuthorizationResult>`
  const belfius = (status: string): string =>
    `<belfiusAuthorizationResult><status>${status}</status></belfiusAuthorizationResult>`
  const paypal = (cancelled: string): string =>
    `<paypalAuthenticationResult><Token>t</Token><ShopperCanceled>${cancelled}</ShopperCanceled></paypalAuthenticationResult>`
  const started = (method: string, input: string): string =>
    `<payment><paymentMethod>${method}</paymentMethod>${input}</payment>`

  it.each([
    ["a card", `${Body.startVisa}${Body.browser}`, secure("anything"), "AUTHORIZED"],
    ["a card", `${Body.startVisa}${Body.browser}`, secure("simulated-cancelled"), "CANCELED"],
    ["a card", `${Body.startVisa}${Body.browser}`, secure("simulated-refused"), "AUTHORIZATION_FAILED"],
    ["Belfius", started("BELFIUS", "<belfiusPaymentInput/>"), belfius("SUCCESS"), "AUTHORIZED"],
    ["Belfius", started("BELFIUS", "<belfiusPaymentInput/>"), belfius("CANCEL"), "CANCELED"],
    ["Belfius", started("BELFIUS", "<belfiusPaymentInput/>"), belfius("ABORT"), "AUTHORIZATION_FAILED"],
    ["ING Home'Pay", started("ING_HOMEPAY", "<ingHomePayPaymentInput/>"), homePay(0), "AUTHORIZED"],
    ["ING Home'Pay", started("ING_HOMEPAY", "<ingHomePayPaymentInput/>"), homePay(-1), "CANCELED"],
    [
      "KBC",
      started("KBC", "<kbcPaymentInput/>"),
      "<kbcAuthorizationResult><olpCtx>x</olpCtx></kbcAuthorizationResult>",
      "AUTHORIZED"
    ],
    [
      "PayPal",
      started("PAYPAL", "<paypalPaymentInput><mobileUser>false</mobileUser></paypalPaymentInput>"),
      paypal("false"),
      "AUTHORIZED"
    ],
    [
      "PayPal",
      started("PAYPAL", "<paypalPaymentInput><mobileUser>false</mobileUser></paypalPaymentInput>"),
      paypal("true"),
      "CANCELED"
    ]
  ])("%s proceeds with %s %s to %s", (_, start, result, status) =>
    withSimulator(async (simulator) => {
      const made = await simulator.act({
        do: "create-order",
        reference: "be-1",
        amountMinor: 2420,
        currency: "EUR",
        country: "BE"
      })
      const key = made.ok ? made.orderKey : ""
      const id = find((await ask(simulator, Body.start(start, key))).inner, "id") ?? ""
      const reply = await ask(simulator, Body.onPayment("proceedRequest", id, result))
      expect(simulator.order(key)?.payments[0]?.status).toBe(status)
      if (status === "AUTHORIZATION_FAILED") {
        expect(reply.errors).toEqual(incorrect("Payment for order could not be authorized."))
        // Once refused, there is nothing left to proceed with.
        expect((await ask(simulator, Body.onPayment("proceedRequest", id, result))).errors.length).toBe(1)
      } else expect(find(reply.inner, "status")).toBe(status)
    }))

  it("starts no method that is not offered", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const refusals = [
        started("BELFIUS", "<belfiusPaymentInput/>"),
        Body.startVisa,
        started("IDEAL", "<kbcPaymentInput/>")
      ]
      for (const content of refusals) {
        expect((await ask(simulator, Body.start(content, key))).errors).toEqual(
          incorrect("Payment for order could not be authorized.")
        )
      }
      const list = await ask(simulator, Body.byKey("listPaymentMethodsRequest", key))
      expect(findAll(list.inner, "name")).toEqual(["IDEAL"])
    }, { merchants: [{ name: "demo_shop", password: "demo-password", methods: ["IDEAL", "BELFIUS"] }] }))
})

describe("cancel", () => {
  const cancel = async (simulator: Simulator, key: string): Promise<string | undefined> =>
    find((await ask(simulator, Body.byKey("cancelRequest", key))).inner, "result")

  it("says NO_PAYMENTS, then ALREADY_CANCELED", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      expect([await cancel(simulator, key), await cancel(simulator, key)]).toEqual(["NO_PAYMENTS", "ALREADY_CANCELED"])
    }))

  it("voids an authorised card: the word stays AUTHORIZED, capture and reversal tell", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await paid(simulator, key, "VISA")
      expect([await cancel(simulator, key), await cancel(simulator, key)]).toEqual(["SUCCESS", "ALREADY_CANCELED"])
      await simulator.advance(days(3))
      const { inner } = await ask(simulator, Body.byKey("statusRequest", key))
      expect(findAll(inner, "status")).toEqual(["AUTHORIZED", "CANCELED"])
      expect(findAll(inner, "reason")).toEqual(["Cancel request through order api", "Cancel request through order api"])
      expect(await totals(simulator, key)).toBe("0/0/0/2420")
    }))

  it("says SUCCESS right after a bank transfer was promised", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await ask(simulator, Body.start(Body.startTransfer, key))
      expect(await cancel(simulator, key)).toBe("SUCCESS")
    }))

  it("says FAILED once money was captured", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await paid(simulator, key, "IDEAL")
      expect(await cancel(simulator, key)).toBe("FAILED")
      expect(simulator.order(key)?.order.cancelled).toBe(false)
      expect(await totals(simulator, key)).toBe("2420/2420/0/0")
    }))

  it("says PENDING while the acquirer is asked", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await paid(simulator, key, "SEPA_DIRECT_DEBIT")
      await simulator.advance(hours(25))
      expect([await cancel(simulator, key), await cancel(simulator, key)]).toEqual(["PENDING", "PENDING"])
      await simulator.advance(hours(25))
      expect(await cancel(simulator, key)).toBe("ALREADY_CANCELED")
    }))
})

describe("the shopper's bank account", () => {
  /** 1 for an account number whose check digits are right. */
  const remainder = (iban = ""): bigint =>
    BigInt((iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n
  const extended = (simulator: Simulator, key: string) => ask(simulator, Body.byKey("extendedStatusRequest", key))

  it("has an account number that a check accepts, and is shown only once the shopper was at the bank", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const chosen = await simulator.act({ do: "choose", orderKey: key, method: "IDEAL" })
      const redirected = await extended(simulator, key)
      expect([find(redirected.inner, "holderName"), find(redirected.inner, "iban")]).toEqual([undefined, undefined])
      if (chosen.ok && chosen.paymentId !== undefined) {
        await simulator.act({ do: "answer", paymentId: chosen.paymentId, answer: "approved" })
      }
      const paidReport = await extended(simulator, key)
      expect(find(paidReport.inner, "holderName")).toBe("Simulated Shopper")
      expect(remainder(find(paidReport.inner, "iban"))).toBe(1n)
    }))

  it("is the one that the merchant gave at the start", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await ask(simulator, Body.start(Body.startDebit, key))
      expect(find((await extended(simulator, key)).inner, "iban")).toBe("NL00SIMU0000000001")
    }))
})

it("payments have ids in the order in which they began", () =>
  withSimulator(async (simulator) => {
    const ids: Array<number> = []
    for (let count = 0; count < 20; count += 1) {
      ids.push(Number(await paid(simulator, await createdOrder(simulator, { reference: `ref-${count}` }), "IDEAL")))
    }
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  }))

describe("capture", () => {
  const capture = (simulator: Simulator, id: string, content = ""): Promise<Reply> =>
    ask(simulator, Body.onPayment("captureRequest", id, content))

  it("refuses unknown payments, and what is captured already", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      expect((await capture(simulator, "123")).errors).toEqual(incorrect("Payment id incorrect."))
      const id = await paid(simulator, key, "IDEAL")
      expect((await capture(simulator, id)).errors).toEqual(incorrect("No amount authorized available to capture."))
    }))

  it("replaces the automatic capture of a card, and is done later", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const id = await paid(simulator, key, "VISA")
      expect((await capture(simulator, id, Body.amount("amount", 2421))).errors).toEqual(incorrect("Invalid amount."))
      expect((await capture(simulator, id, Body.amount("amount", 2000, "USD"))).errors).toEqual(
        incorrect("Invalid amount.")
      )
      expect(
        (await capture(
          simulator,
          id,
          `<merchantCaptureReference>c-1</merchantCaptureReference>${Body.amount("amount", 2000)}`
        )).errors
      ).toEqual([])
      expect(await totals(simulator, key)).toBe("2420/0/0/0")
      await simulator.advance(days(2))
      expect(await totals(simulator, key)).toBe("2420/2000/0/0")
      const { inner } = await ask(simulator, Body.byKey("statusRequest", key))
      expect(findAll(inner, "merchantCaptureId")).toEqual(["c-1"])
      expect(findAll(inner, "status")).toEqual(["AUTHORIZED", "CANCELED", "CAPTURED"])
    }))

  it("waits for the required date", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const id = await paid(simulator, key, "VISA")
      await capture(simulator, id, "<requiredCaptureDate>2026-01-10</requiredCaptureDate>")
      await simulator.advance(days(3))
      expect(await totals(simulator, key)).toBe("2420/0/0/0")
      await simulator.advance(days(3))
      expect(await totals(simulator, key)).toBe("2420/2420/0/0")
    }))

  it("takes the gross total of an item, unless there is an amount", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator, { more: Body.invoice })
      const id = await paid(simulator, key, "VISA")
      await capture(simulator, id, "<itemCode>B</itemCode>")
      expect((await capture(simulator, id, "<itemCode>Z</itemCode>")).errors).toEqual(incorrect("Invalid amount."))
      await simulator.advance(days(2))
      expect(await totals(simulator, key)).toBe("2420/242/0/0")
    }))
})

describe("refund", () => {
  const refund = (simulator: Simulator, id: string, content = ""): Promise<Reply> =>
    ask(simulator, Body.onPayment("refundRequest", id, content))

  it("needs captured money, and never more than that", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const card = await paid(simulator, key, "VISA", { amountMinor: 1000 })
      expect((await refund(simulator, card)).errors).toEqual(incorrect("No amount captured available to refund."))
      const id = await paid(simulator, key, "IDEAL")
      expect((await refund(simulator, id, Body.amount("amount", 1421))).errors).toEqual(incorrect("Invalid amount."))
      await refund(simulator, id, Body.amount("amount", 420))
      expect(await totals(simulator, key)).toBe("2420/1420/0/0")
      await refund(simulator, id)
      expect((await refund(simulator, id)).errors).toEqual(incorrect("No amount captured available to refund."))
      await simulator.advance(days(2))
      expect(await totals(simulator, key)).toBe("2420/2420/1420/0")
    }))

  it("replaces refunds that are still NEW when asked to", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const id = await paid(simulator, key, "IDEAL")
      await refund(simulator, id, Body.amount("amount", 2000))
      await refund(simulator, id, `${Body.amount("amount", 500)}<cancelReserved>true</cancelReserved>`)
      await simulator.advance(days(2))
      expect(await totals(simulator, key)).toBe("2420/2420/500/0")
    }))

  it("counts order lines and an amount of its own", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator, { more: Body.invoice })
      const id = await paid(simulator, key, "IDEAL")
      const items =
        `<refundItems><additionalRefund vatRate="21">${Body.amount("additionalAmount", 9)}</additionalRefund>`
        + `<itemLine><itemCode>A</itemCode><quantity>2</quantity></itemLine></refundItems>`
      await refund(simulator, id, items)
      await simulator.advance(days(2))
      expect(await totals(simulator, key)).toBe("2420/2420/251/0")
      expect((await refund(simulator, id, items.replace(">2<", ">3<"))).errors).toEqual(incorrect("Invalid amount."))
    }))
})

describe("status and list", () => {
  it("know orders of their own merchant only", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      for (const name of ["statusRequest", "extendedStatusRequest", "listPaymentMethodsRequest", "cancelRequest"]) {
        const other = Body.byKey(name, key).replace("demo_shop", "other_shop")
        expect((await ask(simulator, other)).errors).toEqual(incorrect("Order could not be found with the given key."))
      }
    }, {
      merchants: [{ name: "demo_shop", password: "demo-password" }, { name: "other_shop", password: "demo-password" }]
    }))

  it("show payments in no fixed order", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      for (let count = 0; count < 4; count += 1) await simulator.act({ do: "choose", orderKey: key, method: "IDEAL" })
      const seen = new Set<string>()
      for (let count = 0; count < 8; count += 1) {
        seen.add(findAll((await ask(simulator, Body.byKey("statusRequest", key))).inner, "id").join())
      }
      expect(seen.size).toBeGreaterThan(1)
    }))

  it.each(
    [
      ["1.3.1", false, undefined, false],
      ["1.3.5", true, undefined, false],
      ["1.3.14", true, "1.3", false],
      ["1.3.15", true, "Order API 1.3", true]
    ] as const
  )("of version %s", (version, safe, original, dated) =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await paid(simulator, key, "IDEAL")
      const reply = await ask(simulator, Body.byKey("extendedStatusRequest", key))
      expect(reply.root.attributes.get("ddpXsdVersion")).toBe(version)
      expect(findAll(reply.inner, "consideredSafe").length === 1).toBe(safe)
      expect(find(reply.inner, "originalVersion")).toBe(original)
      expect(findAll(reply.inner, "modifiedDate").length === 1).toBe(dated)
      const list = await ask(simulator, Body.byKey("listPaymentMethodsRequest", key))
      expect(findAll(list.inner, "issuer").length > 0).toBe(version === "1.3.15")
    }, { version }))

  it("of every method follow the contract, also with test elements everywhere", () =>
    withSimulator(async (simulator) => {
      const names = childrenOf(
        (await ask(simulator, Body.byKey("listPaymentMethodsRequest", await createdOrder(simulator)))).inner,
        "paymentMethod"
      ).map((method) => find(method, "name") ?? "")
      expect(names.length).toBeGreaterThan(10)
      for (const method of names) {
        const key = await createdOrder(simulator, { reference: `every-${method}` })
        await paid(simulator, key, method)
        await ask(simulator, Body.byKey("extendedStatusRequest", key))
        const extensible = await call(
          simulator.url,
          Body.byKey("extendedStatusRequest", key, `version="1.3" testExtensibility="true"`)
        )
        expect(findAll(extensible.root, "_any").length).toBeGreaterThan(5)
      }
    }))

  it("considers approved or captured money safe, and nothing else", () =>
    withSimulator(async (simulator) => {
      const safe = async (key: string) => find((await ask(simulator, Body.byKey("statusRequest", key))).inner, "value")
      const key = await createdOrder(simulator)
      expect(await safe(key)).toBe("false")
      await paid(simulator, key, "SEPA_DIRECT_DEBIT")
      expect(await safe(key)).toBe("false")
      await simulator.advance(days(6))
      expect(await safe(key)).toBe("true")
    }))
})
