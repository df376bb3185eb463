/** The second page: what would happen at the bank, the acquirer or the wallet, with everything that can happen there. */
import type { Payment } from "../order/Payment.ts"
import { methodNamed } from "../order/PaymentMethod.ts"
import type { MenuLanguage } from "./MenuLink.ts"
import type { Page } from "./menuPage.ts"
import { escape, hiddenFields, page } from "./menuPage.ts"
import { menuTexts, methodLabel, moneyLabel } from "./menuTexts.ts"

/** `carried` are the fields that must come back with the answer. */
export const bankPage = (
  language: MenuLanguage,
  payment: Payment,
  carried: ReadonlyArray<readonly [string, string]>
): Page => {
  const texts = menuTexts[language]
  const method = methodNamed(payment.method)
  const button = (answer: string, label: string, main = false): string =>
    `<button name="answer" value="${answer}"${main ? " class=\"main\"" : ""}>${escape(label)}</button>`
  return page(language, {
    title: texts.bankTitle(method === undefined ? payment.method : methodLabel(method, language)),
    content: `<div class="card"><dl><dt class="sum">${escape(texts.toPay)}</dt><dd class="sum">${
      escape(moneyLabel(payment.amount, language))
    }</dd></dl></div>
<p>${escape(texts.bankQuestion)}</p>
<form method="post" action="/ps/bank">
${hiddenFields([["payment", payment.id], ...carried])}
${button("approved", method?.confidence === "SHOPPER_PENDING" ? texts.approveTransfer : texts.approve, true)}
${button("refused", texts.refuse)}
${button("cancelled", texts.cancel)}
${button("left", texts.leave)}
</form>`
  })
}

/** Takes the result of a 3-D Secure check back to the shop: that must be a POST, so without scripts it takes a button. */
export const handBackPage = (
  language: MenuLanguage,
  parts: {
    readonly target: string
    readonly fields: ReadonlyArray<readonly [string, string]>
    readonly message: string
  }
): Page => {
  const texts = menuTexts[language]
  return page(language, {
    title: texts.doneTitle,
    content: `<div class="card"><p>${escape(parts.message)}</p></div>
<form method="post" action="${escape(parts.target)}">
${hiddenFields(parts.fields)}
<button class="main">${escape(texts.continueToShop)}</button>
</form>`
  })
}
