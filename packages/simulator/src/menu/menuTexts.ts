/** Everything the menu says, in the languages it speaks. */
import type { Money } from "@docdata/domain"
import { exponentOf } from "../order/Money.ts"
import type { PaymentMethod } from "../order/PaymentMethod.ts"
import type { MenuLanguage } from "./MenuLink.ts"

export interface MenuTexts {
  readonly title: string
  readonly notice: string
  readonly order: string
  readonly toPay: string
  readonly alreadyPaid: (amount: string) => string
  readonly method: string
  readonly issuer: string
  readonly anyIssuer: string
  readonly cardAmount: (currency: string) => string
  readonly continue: string
  readonly backToShop: string
  readonly noMethods: string
  readonly bankTitle: (method: string) => string
  readonly bankQuestion: string
  readonly approve: string
  readonly approveTransfer: string
  readonly refuse: string
  readonly cancel: string
  readonly leave: string
  readonly leftTitle: string
  readonly left: string
  readonly payAfterAll: string
  readonly doneTitle: string
  readonly done: Readonly<Record<"success" | "pending" | "canceled" | "error", string>>
  readonly noReturnUrl: string
  readonly continueToShop: string
  readonly unknownTitle: string
  readonly unknownOrder: string
  readonly wrongMerchant: string
  readonly badReturnUrl: (parameter: string) => string
  readonly closedTitle: string
  readonly cancelledOrder: string
  readonly paidOrder: string
  readonly expiredOrder: string
  readonly unknownPayment: string
  readonly refusedChoice: string
}

export const menuTexts: Readonly<Record<MenuLanguage, MenuTexts>> = {
  en: {
    title: "How would you like to pay?",
    notice: "Payment simulator: no real money moves here.",
    order: "Order",
    toPay: "To pay",
    alreadyPaid: (amount) => `Already paid: ${amount}`,
    method: "Payment method",
    issuer: "Your bank",
    anyIssuer: "Choose at the bank",
    cardAmount: (currency) => `Amount on the gift card, in ${currency}`,
    continue: "Continue",
    backToShop: "Cancel and go back to the shop",
    noMethods: "This order cannot be paid with any method.",
    bankTitle: (method) => `Pay with ${method}`,
    bankQuestion: "You play the shopper and the bank. What happens to this payment?",
    approve: "Approve the payment",
    approveTransfer: "Promise to transfer the money",
    refuse: "Let the bank refuse it",
    cancel: "Cancel this payment",
    leave: "Close the window",
    leftTitle: "You closed the window",
    left: "The shop hears nothing from your browser. The payment stays open.",
    payAfterAll: "Go on with the payment",
    doneTitle: "Payment",
    done: {
      success: "The payment succeeded.",
      pending: "The payment is on its way.",
      canceled: "The payment was cancelled.",
      error: "The payment failed."
    },
    noReturnUrl: "The shop gave no address to return to, so this is where it ends.",
    continueToShop: "Continue to the shop",
    unknownTitle: "This payment link does not work",
    unknownOrder: "There is no order with this key.",
    wrongMerchant: "The order does not belong to this merchant name.",
    badReturnUrl: (parameter) => `The address in ${parameter} is not a web address.`,
    closedTitle: "This order is closed",
    cancelledOrder: "The shop cancelled this order. It can no longer be paid.",
    paidOrder: "This order is paid already.",
    expiredOrder: "The time to pay this order has run out.",
    unknownPayment: "There is no open payment with this number.",
    refusedChoice: "That did not work. Please choose again."
  },
  nl: {
    title: "Hoe wilt u betalen?",
    notice: "Betaalsimulator: hier wordt geen echt geld verplaatst.",
    order: "Bestelling",
    toPay: "Te betalen",
    alreadyPaid: (amount) => `Al betaald: ${amount}`,
    method: "Betaalmethode",
    issuer: "Uw bank",
    anyIssuer: "Bij de bank kiezen",
    cardAmount: (currency) => `Bedrag op de cadeaukaart, in ${currency}`,
    continue: "Verder",
    backToShop: "Annuleren en terug naar de winkel",
    noMethods: "Deze bestelling kan met geen enkele methode worden betaald.",
    bankTitle: (method) => `Betalen met ${method}`,
    bankQuestion: "U speelt de klant en de bank. Wat gebeurt er met deze betaling?",
    approve: "Betaling goedkeuren",
    approveTransfer: "Beloven het geld over te maken",
    refuse: "De bank laten weigeren",
    cancel: "Deze betaling annuleren",
    leave: "Venster sluiten",
    leftTitle: "U heeft het venster gesloten",
    left: "De winkel hoort niets van uw browser. De betaling blijft open.",
    payAfterAll: "Toch verder met betalen",
    doneTitle: "Betaling",
    done: {
      success: "De betaling is gelukt.",
      pending: "De betaling is onderweg.",
      canceled: "De betaling is geannuleerd.",
      error: "De betaling is mislukt."
    },
    noReturnUrl: "De winkel heeft geen adres opgegeven om naar terug te keren; hier eindigt het.",
    continueToShop: "Verder naar de winkel",
    unknownTitle: "Deze betaallink werkt niet",
    unknownOrder: "Er is geen bestelling met deze sleutel.",
    wrongMerchant: "De bestelling hoort niet bij deze winkel.",
    badReturnUrl: (parameter) => `Het adres in ${parameter} is geen webadres.`,
    closedTitle: "Deze bestelling is gesloten",
    cancelledOrder: "De winkel heeft deze bestelling geannuleerd. Betalen kan niet meer.",
    paidOrder: "Deze bestelling is al betaald.",
    expiredOrder: "De tijd om deze bestelling te betalen is verstreken.",
    unknownPayment: "Er is geen open betaling met dit nummer.",
    refusedChoice: "Dat lukte niet. Kies opnieuw."
  }
}

// Brands have one name; these are words.
const dutchLabels: Readonly<Record<string, string>> = {
  BANK_TRANSFER: "Bankoverschrijving",
  SEPA_DIRECT_DEBIT: "SEPA-incasso",
  PODIUM_GIFTCARD: "Podium Cadeaukaart",
  KLARNA_INVOICE: "Klarna achteraf betalen",
  KLARNA_ACCOUNT: "Klarna gespreid betalen",
  AFTERPAY_DIRECT_DEBIT: "AfterPay incasso",
  KBC: "KBC-betaalknop"
}

/** The name of a method as shoppers know it. */
export const methodLabel = (method: PaymentMethod, language: MenuLanguage): string =>
  language === "nl" ? dutchLabels[method.name] ?? method.label : method.label

/** An amount as the language writes it. For display only: the fraction becomes binary here. */
export const moneyLabel = ({ currency, minor }: Money, language: MenuLanguage): string => {
  const digits = exponentOf(currency)
  return new Intl.NumberFormat(language === "nl" ? "nl-NL" : "en-IE", {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits
  }).format(minor / 10 ** digits)
}
