/**
 * How the shopper pays: one element per method, each with its own content.
 */
import type { CardScheme, CardToken, ElvAccount, PaymentInput } from "@docdata/application"
import { needed, optional, type RequestWriter } from "./RequestWriter.ts"
import { bic, boolean, email, iban, issuerId, openText, prose, text } from "./Rule.ts"

type Of<Tag extends PaymentInput["_tag"]> = Extract<PaymentInput, { readonly _tag: Tag }>

const cards: Readonly<Record<CardScheme, { readonly method: string; readonly tag: string }>> = {
  amex: { method: "AMEX", tag: "amexPaymentInput" },
  mastercard: { method: "MASTERCARD", tag: "masterCardPaymentInput" },
  visa: { method: "VISA", tag: "visaPaymentInput" },
  maestro: { method: "MAESTRO", tag: "maestroPaymentInput" },
  mistercash: { method: "MISTERCASH", tag: "misterCashPaymentInput" }
}

const tokenTags = {
  amex: "amexTokenInput",
  mastercard: "masterCardTokenInput",
  visa: "visaTokenInput"
} as const

const schemeRule = (schemes: object) => ({ limit: "one-of", message: `one of ${Object.keys(schemes).join(", ")}` })

const writeMethod = (writer: RequestWriter, method: string | undefined, standard?: string): void =>
  writer.leaves({ method: method ?? standard }, [needed("paymentMethod", "method", text(50))])

const writeEncryptedCard = (writer: RequestWriter, input: Of<"EncryptedCard">): void => {
  const card = Object.hasOwn(cards, input.scheme) ? cards[input.scheme] : undefined
  if (card === undefined) {
    writer.refuse("scheme", schemeRule(cards), typeof input.scheme)
    return
  }
  writeMethod(writer, input.method, card.method)
  writer.element(card.tag, {}, () => writer.leaves(input, [needed("encryptedData", "encryptedData", openText)]))
}

const writeDirectDebit = (writer: RequestWriter, input: Of<"DirectDebit">): void =>
  writer.element("directDebitPaymentInput", {}, () =>
    writer.leaves(input, [
      optional<Of<"DirectDebit">>("holderName", "holderName", prose(35)),
      optional<Of<"DirectDebit">>("bic", "bic", bic),
      needed<Of<"DirectDebit">>("iban", "iban", iban)
    ]))

const writeElv = (writer: RequestWriter, account: ElvAccount): void =>
  writer.object("account", account, () =>
    writer.element("elvPaymentInput", {}, () =>
      "iban" in account
        ? writer.leaves(account, [needed("iban", "iban", text(35))])
        : writer.leaves(account, [
          needed("accountNumber", "accountNumber", text(35)),
          needed("bankCode", "bankCode", text(35))
        ])))

const writeOffline = (writer: RequestWriter, input: Of<"Offline">): void =>
  writer.element("offlinePaymentInput", {}, () => {
    const { register } = input
    if (register !== undefined) {
      writer.object("register", register, () =>
        writer.element("register", {}, () =>
          writer.leaves(register, [
            needed<typeof register>("id", "id", text(50)),
            optional<typeof register>("location", "location", text(50))
          ])))
    }
    writer.leaves(input, [needed<Of<"Offline">>("method", "paidBy", text(50))])
  })

/** Source: Docdata XSD 1.3, `paymentInput`; command names from the manual. */
export const writePaymentInput = (writer: RequestWriter, input: PaymentInput): void => {
  const only = (method: string | undefined, standard: string | undefined, body: () => void): void => {
    writeMethod(writer, method, standard)
    body()
  }
  const leaf = <Tag extends PaymentInput["_tag"]>(
    tag: string,
    of: Of<Tag>,
    leaves: Parameters<typeof writer.leaves<Of<Tag>>>[1]
  ) => writer.element(tag, {}, () => writer.leaves(of, leaves))
  writer.choice(input, {
    EncryptedCard: (card) => writeEncryptedCard(writer, card),
    DirectDebit: (debit) => only(debit.method, "SEPA_DIRECT_DEBIT", () => writeDirectDebit(writer, debit)),
    DirectDebitMandate: (debit) =>
      only(
        debit.method,
        "SEPA_DIRECT_DEBIT",
        () => leaf("directDebitPaymentInput", debit, [needed("mandateNumber", "mandateNumber", text(35))])
      ),
    BankTransfer: (transfer) =>
      only(
        transfer.method,
        "BANK_TRANSFER",
        () => leaf("bankTransferPaymentInput", transfer, [needed("emailAddress", "email", email)])
      ),
    Elv: (elv) => only(elv.method, "ELV", () => writeElv(writer, elv.account)),
    Ideal: (ideal) =>
      only(ideal.method, "IDEAL", () => leaf("iDealPaymentInput", ideal, [needed("issuerId", "issuerId", issuerId)])),
    PayPal: (paypal) =>
      only(
        paypal.method,
        "PAYPAL_EXPRESS_CHECKOUT",
        () => leaf("paypalPaymentInput", paypal, [needed("mobileUser", "mobileShopper", boolean)])
      ),
    Offline: (offline) => only(offline.method, "OFFLINE", () => writeOffline(writer, offline)),
    PointOfSale: (till) => only(till.method, "POINT_OF_SALE", () => writer.element("pointOfSalePaymentInput", {})),
    Kbc: (kbc) => only(kbc.method, undefined, () => writer.element("kbcPaymentInput", {})),
    Belfius: (belfius) => only(belfius.method, undefined, () => writer.element("belfiusPaymentInput", {})),
    IngHomePay: (ing) => only(ing.method, undefined, () => writer.element("ingHomePayPaymentInput", {}))
  })
}

/** Source: Docdata XSD 1.3, `token` and `cardTokenInput`. */
export const writeToken = (writer: RequestWriter, token: CardToken): void => {
  const key = writer.checked("key", token.key, text(512))
  const { encrypted } = token
  if (encrypted === undefined) {
    writer.element("token", { key })
    return
  }
  writer.object("encrypted", encrypted, () => {
    if (!Object.hasOwn(tokenTags, encrypted.scheme)) {
      writer.refuse("scheme", schemeRule(tokenTags), typeof encrypted.scheme)
      return
    }
    writer.element(
      "token",
      { key },
      () =>
        writer.element(
          tokenTags[encrypted.scheme],
          {},
          () => writer.leaves(encrypted, [needed<typeof encrypted>("encryptedData", "data", openText)])
        )
    )
  })
}
