/**
 * What a shopper sees whose address of return names no order: a small page in the language of the browser, with a way to the
 * shop. Without scripts, and without anything out of the address.
 */
import { createHash } from "node:crypto"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { html } from "../docs/html.ts"

const style = `
:root { color-scheme: light dark }
body { max-width: 34rem; margin: 0 auto; padding: 2rem 1.5rem; font: 1.125rem/1.5 system-ui, sans-serif }
h1 { font-size: 1.5rem; line-height: 1.25 }
`

const policy = `default-src 'none'; style-src 'sha256-${
  createHash("sha256").update(style).digest("base64")
}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const words = {
  en: {
    title: "This address belongs to no order",
    meaning:
      "It may be incomplete, or an old one. This says nothing about your payment: the shop learns of that by itself.",
    toShop: "Go to the shop"
  },
  nl: {
    title: "Dit adres hoort bij geen bestelling",
    meaning: "Misschien is het onvolledig of oud. Dit zegt niets over uw betaling: daar hoort de winkel zelf van.",
    toShop: "Naar de winkel"
  }
}

type Language = keyof typeof words

/** The first of ours among the languages of `Accept-Language`, by their weight; English if there is none. */
const languageIn = (accepted: string): Language => {
  const requests = accepted.split(",").map((request) => {
    const [, language = "", weight = "1"] = /^\s*(en|nl)\b[^;]*(?:;\s*q=([\d.]+))?/i.exec(request) ?? []
    return { language: language.toLowerCase(), weight: Number(weight) }
  })
  const [first] = requests.filter(({ language, weight }) => language in words && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
  return first?.language === "nl" ? "nl" : "en"
}

export interface LostShopper {
  readonly status: 400 | 404
  /** The header `Accept-Language`. */
  readonly accepted: string
  /** Any page of the shop. */
  readonly shopPage: string
}

export const shopperPage = ({ accepted, shopPage, status }: LostShopper): HttpServerResponse.HttpServerResponse => {
  const language = languageIn(accepted)
  const { meaning, title, toShop } = words[language]
  // Of the page itself nothing is known to be right: it is about an order.
  const shop = new URL("/", shopPage).href
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${{
    html: style
  }}</style></head>
<body><main><h1>${title}</h1><p>${meaning}</p><p><a href="${shop}">${toShop}</a></p></main></body></html>
`
  return HttpServerResponse.text(page.html, {
    status,
    contentType: "text/html; charset=utf-8",
    headers: { "content-security-policy": policy }
  })
}
