/**
 * The ways of paying that the fake knows, and what happens with each once the shopper said yes.
 */
import type { PaymentChoice, PaymentMethods } from "@docdata/application"
import type { Method } from "./FakeWorld.ts"

export interface MethodHabit extends Method {
  /** The word of a capture of the whole amount that comes with the authorisation; none where it has to be asked for. */
  readonly capture?: "STARTED" | "CAPTURED"
  /** Where the shopper has to go first. */
  readonly sends?: "REDIRECTED_FOR_AUTHENTICATION" | "REDIRECTED_FOR_AUTHORIZATION"
}

const approved = "ACQUIRER_APPROVED"
const toBank = { confidenceLevel: approved, capture: "CAPTURED", sends: "REDIRECTED_FOR_AUTHORIZATION" } as const
const promised = { confidenceLevel: "ACQUIRER_PENDING" } as const
const atTill = { confidenceLevel: approved, capture: "CAPTURED" } as const

const habits: Readonly<Record<string, Omit<MethodHabit, "name">>> = {
  IDEAL: toBank,
  PAYPAL_EXPRESS_CHECKOUT: { ...toBank, sends: "REDIRECTED_FOR_AUTHENTICATION" },
  BANK_TRANSFER: { confidenceLevel: "SHOPPER_PENDING", capture: "STARTED" },
  SEPA_DIRECT_DEBIT: promised,
  ELV: promised,
  OFFLINE: atTill,
  POINT_OF_SALE: atTill
}

/** A name that is not in the table behaves as a card: approved at once, captured on request. */
export const methodNamed = (name: string): MethodHabit => ({ name, ...(habits[name] ?? { confidenceLevel: approved }) })

/** How a choice of `start` is paid. A card goes to 3-D Secure if the shopper's browser is known. */
export const methodOf = (choice: Exclude<PaymentChoice, { readonly _tag: "Recurring" }>): MethodHabit => {
  const secured = choice.browser === undefined ? {} : { sends: "REDIRECTED_FOR_AUTHENTICATION" } as const
  if (choice._tag === "WithToken") return { ...methodNamed("VISA"), ...secured }
  const { input } = choice
  switch (input._tag) {
    case "EncryptedCard":
      return { ...methodNamed(input.method ?? input.scheme.toUpperCase()), ...secured }
    case "DirectDebit":
    case "DirectDebitMandate":
      return { name: input.method ?? "SEPA_DIRECT_DEBIT", ...promised }
    case "BankTransfer":
      return { ...methodNamed("BANK_TRANSFER"), name: input.method ?? "BANK_TRANSFER" }
    case "Elv":
      return { name: input.method ?? "ELV", ...promised }
    case "Ideal":
      return { name: input.method ?? "IDEAL", ...toBank }
    case "PayPal":
      return { ...methodNamed("PAYPAL_EXPRESS_CHECKOUT"), name: input.method ?? "PAYPAL_EXPRESS_CHECKOUT" }
    case "Offline":
      return { name: input.method ?? "OFFLINE", ...atTill }
    case "PointOfSale":
      return { name: input.method ?? "POINT_OF_SALE", ...atTill }
    case "Kbc":
    case "Belfius":
    case "IngHomePay":
      return { name: input.method, ...toBank }
  }
}

/** What every order is offered. */
export const offered: PaymentMethods = [
  { name: "IDEAL", issuers: [{ id: "INGBNL2A", name: "ING" }, { id: "TRIONL2U", name: "Triodos Bank" }], mandates: [] },
  ...["VISA", "MASTERCARD", "PAYPAL_EXPRESS_CHECKOUT", "SEPA_DIRECT_DEBIT", "BANK_TRANSFER"].map((name) => ({
    name,
    issuers: [],
    mandates: []
  }))
]
