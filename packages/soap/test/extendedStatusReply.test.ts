import type { PaymentDetails, PaymentInfo } from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import { describe, expect, it } from "vitest"
import { readExtendedStatusReply, readStatusReply } from "../src/index.ts"
import { bytesOf, payment, refusalOf, reply, statusReply, valueOf } from "./replies.ts"

const statusOf = (bytes: Uint8Array) => {
  const answer = valueOf(readExtendedStatusReply(bytes))
  if (answer._tag !== "Success") throw new Error(answer._tag)
  return answer.value
}

const extendedReply = (extended: string): Uint8Array =>
  bytesOf(
    statusReply(payment("1").replace("</payment>", `<extended>${extended}</extended></payment>`))
      .replaceAll("statusResponse", "extendedStatusResponse")
  )

/** Redacted values written out, so that a table of expectations can show them. */
const revealed = (value: unknown): unknown => {
  if (Redacted.isRedacted(value)) return `hidden ${String(Redacted.value(value))}`
  if (Array.isArray(value)) return value.map(revealed)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]))
}

const infoByMethod = (): ReadonlyMap<string, PaymentInfo> => {
  const { report, paymentInfos } = statusOf(reply("extended-1.3-every-kind"))
  const methodById = new Map(report.payments.map(({ id, paymentMethod }) => [id, paymentMethod]))
  return new Map(paymentInfos.map((info) => [methodById.get(info.paymentId) ?? "", info]))
}

describe("details by kind", () => {
  const infos = infoByMethod()

  it.each<[method: string, details: unknown]>([
    ["AMEX", {
      _tag: "Card",
      scheme: "amex",
      holder: "hidden Fake Holder",
      country: "NL",
      panLast4: "0005",
      refusalReason: "Declined",
      mandateNumber: "hidden MANDATE-FAKE-1"
    }],
    ["MASTERCARD", { _tag: "Card", scheme: "masterCard", holder: "hidden Fake Holder", panLast4: "4444" }],
    ["VISA", { _tag: "Card", scheme: "visa", holder: "hidden Fake Holder" }],
    ["MAESTRO", { _tag: "Card", scheme: "maestro", holder: "hidden Fake Holder" }],
    ["MISTERCASH", { _tag: "Card", scheme: "misterCash", holder: "hidden Fake Holder" }],
    ["IDEAL", {
      _tag: "Ideal",
      issuerId: "FAKEBANK",
      holderName: "hidden Fake Payer",
      shopperAccount: { iban: "hidden NL00FAKE0000000001", bic: "hidden FAKENL00" }
    }],
    ["SOFORT_UEBERWEISUNG", {
      _tag: "Sofort",
      product: "sofortUeberweisung",
      shopperAccount: { iban: "hidden DE00FAKE0000000002" }
    }],
    ["EBANKING", { _tag: "Sofort", product: "eBanking", issuerId: "FAKEBANK" }],
    ["BANK_TRANSFER", {
      _tag: "BankTransfer",
      payTo: {
        name: "Fake Beneficiary Foundation",
        city: "Faketown",
        country: "NL",
        bankName: "Fake Bank",
        bankCity: "Bankville",
        bankCode: "0000",
        accountNumber: "000000003",
        bic: "FAKENL00",
        iban: "NL00FAKE0000000003"
      },
      shopperAccount: { iban: "hidden NL00FAKE0000000004" }
    }],
    ["SEPA_DIRECT_DEBIT", {
      _tag: "SepaDirectDebit",
      bic: "hidden FAKENL00",
      iban: "hidden NL00FAKE0000000005",
      country: "NL",
      mandateNumber: "hidden MANDATE-FAKE-2"
    }],
    ["ELV", {
      _tag: "Elv",
      bankCode: "hidden 00000000",
      bankAccountNumber: "hidden 000000006",
      shopperAccount: { iban: "hidden DE00FAKE0000000006", bic: "hidden FAKEDE00" }
    }],
    ["PODIUM_GIFTCARD", { _tag: "GiftCard", number: "hidden GIFT-FAKE-7", balance: "12.50" }],
    ["AFTERPAY_OPEN_INVOICE", {
      _tag: "OpenInvoice",
      product: "afterpayOpenInvoice",
      invoiceNumber: "INV-8",
      reservationNumber: "RES-8"
    }],
    ["AFTERPAY_DIRECT_DEBIT", { _tag: "OpenInvoice", product: "afterpayDirectDebit" }],
    ["KLARNA_INVOICE", { _tag: "OpenInvoice", product: "klarnaInvoice", invoiceNumber: "INV-9" }],
    ["KLARNA_ACCOUNT", { _tag: "OpenInvoice", product: "klarnaAccount", reservationNumber: "RES-10" }],
    ["OFFLINE", { _tag: "Offline", register: { id: "till-3", location: "Shop 1" }, method: "CASH" }],
    ["POINT_OF_SALE", {
      _tag: "PointOfSale",
      receipts: [{
        type: "SHOPPER",
        lines: ["hidden    Fake Shop   ", "hidden Total  1.00"],
        values: [{ key: "AMOUNT", value: "hidden 1.00" }]
      }]
    }],
    ["SYSTEM", { _tag: "System", shopperAccount: { bic: "hidden FAKENL00" } }]
  ])("%s", (method, details) => {
    expect(revealed(infos.get(method)?.details)).toEqual(details)
  })

  it.each(["PAYPAL", "FROM_TOMORROW"])("%s has none, but risk checks", (method) => {
    expect(infos.get(method)).not.toHaveProperty("details")
    expect(infos.get(method)?.riskChecks?.checks).toEqual([])
  })

  it("every kind is covered by the recorded reply", () => {
    const tags = [...infos.values()].map(({ details }) => details?._tag)
    const all: Record<PaymentDetails["_tag"], true> = {
      Card: true,
      Ideal: true,
      Sofort: true,
      BankTransfer: true,
      SepaDirectDebit: true,
      Elv: true,
      GiftCard: true,
      OpenInvoice: true,
      Offline: true,
      PointOfSale: true,
      System: true
    }
    expect(new Set(tags.filter((tag) => tag !== undefined))).toEqual(new Set(Object.keys(all)))
  })
})

describe("an extended status", () => {
  it("has the report of a status", () => {
    for (const name of ["extended-1.3-every-kind", "extended-1.0-risk-checks"]) {
      const plain = valueOf(readStatusReply(reply(name)))
      expect(plain._tag === "Success" && plain.value).toEqual(statusOf(reply(name)).report)
    }
  })

  it("reads risk checks with their scores", () => {
    expect(statusOf(reply("extended-1.0-risk-checks")).paymentInfos).toMatchObject([{
      paymentId: "300400500",
      riskChecks: { score: 120, checks: [{ name: "ip.velocity", score: 120 }, { name: "email.velocity", score: 0 }] }
    }])
  })

  it("leaves out payments without any", () => {
    const { report, paymentInfos } = statusOf(reply("extended-1.3-every-kind"))
    expect(report.payments.length - paymentInfos.length).toBe(1)
    expect(paymentInfos.map(({ paymentId }) => paymentId)).toEqual(report.payments.slice(0, -1).map(({ id }) => id))
  })

  it("hides what is personal from JSON, logs and templates", () => {
    const status = statusOf(reply("extended-1.3-every-kind"))
    const shown = JSON.stringify(status)
    for (
      const personal of ["Fake Holder", "Fake Payer", "MANDATE", "GIFT-FAKE", "Fake Shop", "0000000001", "0000000004"]
    ) {
      expect(shown).not.toContain(personal)
    }
    expect(shown).toContain("NL00FAKE0000000003")
  })

  it("does not depend on the payment's method", () => {
    const { paymentInfos } = statusOf(extendedReply(`<sofortUeberweisungPaymentInfo/>`))
    expect(paymentInfos[0]?.details).toEqual({ _tag: "Sofort", product: "sofortUeberweisung" })
  })

  it("takes the first details if a server sends more", () => {
    const { paymentInfos } = statusOf(extendedReply("<systemPaymentInfo/><visaPaymentInfo/>"))
    expect(paymentInfos[0]?.details).toEqual({ _tag: "System" })
  })

  it("never takes details of another namespace", () => {
    const { paymentInfos } = statusOf(extendedReply(`<systemPaymentInfo xmlns="urn:example:foreign"/>`))
    expect(paymentInfos).toEqual([{ paymentId: "1" }])
  })

  it("has details without anything in them", () => {
    const kinds =
      "<offlinePaymentInfo/>|<pointOfSalePaymentInfo><receipt/></pointOfSalePaymentInfo>|<giftCardPaymentInfo/>|" +
      "<offlinePaymentInfo><register/></offlinePaymentInfo>|<pointOfSalePaymentInfo/>|<bankTransferPaymentInfo/>"
    expect(kinds.split("|").map((kind) => statusOf(extendedReply(kind)).paymentInfos[0]?.details)).toEqual([
      { _tag: "Offline" },
      { _tag: "PointOfSale", receipts: [{ type: "", lines: [], values: [] }] },
      { _tag: "GiftCard" },
      { _tag: "Offline", register: { id: "" } },
      { _tag: "PointOfSale", receipts: [] },
      { _tag: "BankTransfer", payTo: {} }
    ])
  })

  it.each([
    ["risk checks without a score", "<riskChecks/>", "missing-attribute", "riskChecks/@score"],
    ["a score that is no number", `<riskChecks score="high"/>`, "not-an-integer", "riskChecks/@score"],
    [
      "a check's score that is no number",
      `<riskChecks score="1"><check score="">x</check></riskChecks>`,
      "not-an-integer",
      "riskChecks/check/@score"
    ],
    ["risk checks given twice", `<riskChecks score="1"/><riskChecks score="2"/>`, "repeated-element", "riskChecks[2]"],
    [
      "a card holder given twice",
      "<visaPaymentInfo><cardHolder>a</cardHolder><cardHolder>b</cardHolder></visaPaymentInfo>",
      "repeated-element",
      "visaPaymentInfo/cardHolder[2]"
    ]
  ])("refuses %s", (_what, extended, reason, path) => {
    expect(refusalOf(readExtendedStatusReply(extendedReply(extended)))).toMatchObject({
      reason,
      path: `extendedStatusResponse/statusSuccess/report/payment/extended/${path}`
    })
  })

  it("errors and faults come as with a status", () => {
    expect(valueOf(readExtendedStatusReply(reply("fault")))).toMatchObject({ _tag: "Fault" })
    expect(refusalOf(readExtendedStatusReply(bytesOf("<extendedStatusResponse/>"))).reason).toBe("not-a-reply")
    const empty = statusReply("").replaceAll("statusResponse", "extendedStatusResponse").replace(
      "<report></report>",
      ""
    )
    expect(refusalOf(readExtendedStatusReply(bytesOf(empty))).reason).toBe("missing-element")
  })
})
