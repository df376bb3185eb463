/** The first page of the menu: what is to be paid, and with which method. */
import type { Order } from "../order/Order.ts"
import type { PaymentMethod } from "../order/PaymentMethod.ts"
import { issuers } from "../order/PaymentMethod.ts"
import type { MenuLanguage, MenuLink } from "./MenuLink.ts"
import type { Page } from "./menuPage.ts"
import { escape, hiddenFields, page } from "./menuPage.ts"
import type { MenuTexts } from "./menuTexts.ts"
import { menuTexts, methodLabel, moneyLabel } from "./menuTexts.ts"

export interface ChooserParts {
  readonly link: MenuLink
  readonly order: Order
  readonly remainingMinor: number
  readonly methods: ReadonlyArray<PaymentMethod>
  /** The choice before this one did not work. */
  readonly refused?: boolean
}

export const chooserPage = ({ link, methods, order, refused, remainingMinor }: ChooserParts): Page => {
  const texts = menuTexts[link.language]
  const { currency } = order.registered
  const show = (minor: number): string => escape(moneyLabel({ minor, currency }, link.language))
  const paidMinor = order.registered.minor - remainingMinor
  const chosen = methods.find(({ name }) => name === link.method)
  // The method the link names comes first, with its form open.
  const sorted = chosen === undefined ? methods : [chosen, ...methods.filter((method) => method !== chosen)]
  const choices = sorted.map((method) =>
    choice(method, {
      chosen: method === (chosen ?? (methods.length === 1 ? methods[0] : undefined)),
      currency,
      issuer: link.issuer,
      language: link.language,
      texts
    })
  )
  return page(link.language, {
    title: texts.title,
    content: `${refused === true ? `<p class="problem" role="alert">${escape(texts.refusedChoice)}</p>` : ""}
<div class="card"><dl>
<dt>${escape(texts.order)}</dt><dd>${escape(order.reference)}</dd>
${order.description === undefined ? "" : `<dd>${escape(order.description)}</dd>`}
<dt class="sum">${escape(texts.toPay)}</dt><dd class="sum">${show(remainingMinor)}</dd>
</dl>${paidMinor > 0 ? `<p>${texts.alreadyPaid(show(paidMinor))}</p>` : ""}</div>
<form method="post" action="/ps/menu">
${hiddenFields(link.parameters.filter(([name]) => name !== "ideal_issuer_id" && name !== "default_act"))}
<fieldset class="card"><legend>${escape(texts.method)}</legend>
${choices.join("\n")}${methods.length === 0 ? `<p>${escape(texts.noMethods)}</p>` : ""}
</fieldset>
${methods.length === 0 ? "" : `<button class="main" name="do" value="pay">${escape(texts.continue)}</button>`}
<button name="do" value="cancel" formnovalidate>${escape(texts.backToShop)}</button>
</form>`
  })
}

interface ChoiceParts {
  readonly chosen: boolean
  readonly currency: string
  readonly issuer: string | undefined
  readonly language: MenuLanguage
  readonly texts: MenuTexts
}

const choice = (method: PaymentMethod, parts: ChoiceParts): string => {
  const id = `method-${method.name}`
  return `<div class="choice"><label for="${id}"><input type="radio" name="method" id="${id}" value="${
    escape(method.name)
  }" required${parts.chosen ? " checked" : ""}> ${escape(methodLabel(method, parts.language))}</label>${
    moreOf(method, parts)
  }</div>`
}

const moreOf = (method: PaymentMethod, { currency, issuer, texts }: ChoiceParts): string => {
  if (method.name === "IDEAL") {
    const options = issuers.map(({ bic, code, name }) =>
      `<option value="${bic}"${bic === issuer || code === issuer ? " selected" : ""}>${escape(name)}</option>`
    )
    return `<div class="more"><label for="issuer">${
      escape(texts.issuer)
    }</label><select id="issuer" name="ideal_issuer_id"><option value="">${escape(texts.anyIssuer)}</option>${
      options.join("")
    }</select></div>`
  }
  if (method.paysPart !== true) return ""
  return `<div class="more"><label for="card-amount">${escape(texts.cardAmount(currency))}</label>`
    + `<input id="card-amount" name="card_amount" inputmode="decimal" placeholder="10.00" autocomplete="off"></div>`
}
