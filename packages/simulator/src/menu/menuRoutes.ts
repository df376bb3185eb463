/** What the pages do: choosing, paying, failing, leaving, cancelling, and where the shopper goes then. */
import { menuOpenDays } from "../limits.ts"
import { exponentOf } from "../order/Money.ts"
import { offeredMethods } from "../order/offeredMethods.ts"
import type { Order } from "../order/Order.ts"
import { menuMerchantOf } from "../order/Order.ts"
import type { Payment, ReturnUrls } from "../order/Payment.ts"
import { phaseOf } from "../order/Payment.ts"
import { methodNamed } from "../order/PaymentMethod.ts"
import { answerAtBank, chooseMethod, remainingMinor, returnKindOf } from "../order/shopper.ts"
import { present } from "../present.ts"
import type { World } from "../World.ts"
import { bankPage, handBackPage } from "./bankPage.ts"
import { chooserPage } from "./chooserPage.ts"
import type { MenuLanguage, MenuLink } from "./MenuLink.ts"
import { isWebAddress, menuAddress, readMenuLink } from "./MenuLink.ts"
import type { Page } from "./menuPage.ts"
import { escape, messagePage } from "./menuPage.ts"
import { menuTexts } from "./menuTexts.ts"

/** A page, or another address for the browser. */
export type MenuAnswer = Page | { readonly redirect: string }

const dayMs = 86_400_000

interface Visit {
  readonly link: MenuLink
  readonly order: Order
}

/** GET of the menu. With `default_act` a one-click method is started at once. */
export const openMenu = (world: World, parameters: URLSearchParams): MenuAnswer => {
  const visit = enter(world, parameters)
  if ("html" in visit) return visit
  const { link, order } = visit
  const method = methodNamed(link.method ?? "")
  return link.act && method?.oneClick === true
    ? pay(world, visit, { method: link.method ?? "" })
    : chooser(world, { link, order })
}

/** POST of the menu's form. */
export const chooseInMenu = (world: World, form: URLSearchParams): MenuAnswer => {
  const visit = enter(world, form)
  if ("html" in visit) return visit
  if (form.get("do") === "cancel") {
    // Leaving the menu does not cancel the order: the shopper may come back and pay.
    world.note({ orderKey: visit.order.key, what: "shopper went back to the shop" })
    return leaveFor(world, { ...visit, kind: "canceled" })
  }
  const method = form.get("method") ?? ""
  const typed = methodNamed(method)?.paysPart === true ? form.get("card_amount")?.trim() ?? "" : ""
  // A field left empty means all of it; what is no amount means that somebody mistyped.
  if (typed === "") return pay(world, visit, { method })
  const amountMinor = minorOf(typed, visit.order.registered.currency)
  return amountMinor === undefined
    ? chooser(world, { ...visit, refused: true })
    : pay(world, visit, { method, amountMinor })
}

/** GET or first POST of the bank page: `payment` from the menu, `MD` and `TermUrl` from a 3-D Secure redirect. */
export const openBank = (world: World, parameters: URLSearchParams): MenuAnswer => {
  const payment = world.paymentOf(parameters.get("payment") ?? parameters.get("MD") ?? undefined)
  const language = languageOf(world, payment, parameters)
  if (payment === undefined || phaseOf(payment) !== "open") return unknownPayment(language)
  const terminal = parameters.get("TermUrl")
  return bankPage(language, payment, [
    ["client_language", language],
    ...(terminal === null ? [] : [["TermUrl", terminal] as const, ["MD", payment.id] as const])
  ])
}

/** POST of the bank page's form. */
export const answerBank = (world: World, form: URLSearchParams): MenuAnswer => {
  const payment = world.paymentOf(form.get("payment") ?? undefined)
  const language = languageOf(world, payment, form)
  const order = world.orderOf(payment?.orderKey)
  if (payment === undefined || order === undefined || phaseOf(payment) !== "open") return unknownPayment(language)
  const texts = menuTexts[language]
  const answer = form.get("answer")
  if (answer !== "approved" && answer !== "refused" && answer !== "cancelled") {
    world.note({ orderKey: order.key, paymentId: payment.id, what: "shopper closed the window" })
    const again = `/ps/bank?payment=${payment.id}&client_language=${language}`
    const more = `<p><a href="${again}">${escape(texts.payAfterAll)}</a></p>`
    return messagePage(language, { status: 200, title: texts.leftTitle, message: texts.left, more })
  }
  const after = answerAtBank(world, payment, answer)
  if (typeof after === "string") return unknownPayment(language)
  const terminal = form.get("TermUrl")
  const kind = payment.webDirect ? kindOfAnswer[answer] : returnKindOf(after)
  if (terminal !== null && isWebAddress(terminal)) {
    const fields = [["MD", payment.id], ["PaRes", `simulated-${answer}`]] as const
    return handBackPage(language, { target: terminal, fields, message: texts.done[kind] })
  }
  // Part of the order may be left to pay, with another method.
  const isPart = kind === "success" && methodNamed(payment.method)?.paysPart === true &&
    remainingMinor(world, order) > 0
  return isPart
    ? { redirect: backToMenu(order, language) }
    : finish(world, { order, language, kind, returnUrls: after.returnUrls })
}

const kindOfAnswer: Readonly<Record<"approved" | "refused" | "cancelled", keyof ReturnUrls>> = {
  approved: "success",
  refused: "error",
  cancelled: "canceled"
}

const enter = (world: World, parameters: URLSearchParams): Visit | Page => {
  const link = readMenuLink(parameters)
  const texts = menuTexts[link.language]
  if ("_tag" in link) {
    return messagePage(link.language, {
      status: 400,
      title: texts.unknownTitle,
      message: texts.badReturnUrl(link.parameter)
    })
  }
  const found = world.orderOf(link.key)
  const refuse = (status: number, title: string, message: string): Page =>
    messagePage(link.language, { status, title, message })
  if (found === undefined) return refuse(404, texts.unknownTitle, texts.unknownOrder)
  if (menuMerchantOf(found) !== link.merchant && found.merchant !== link.merchant) {
    return refuse(404, texts.unknownTitle, texts.wrongMerchant)
  }
  const order = world.changeOrder(found, { returnUrls: { ...found.returnUrls, ...link.returnUrls } })
  if (order.cancelled) return refuse(410, texts.closedTitle, texts.cancelledOrder)
  if (remainingMinor(world, order) <= 0) return refuse(200, texts.closedTitle, texts.paidOrder)
  const openDays = world.settings.menuCloses === "21-days" ? menuOpenDays : order.daysToPay
  if (world.nowMs - order.createdAtMs > openDays * dayMs) return refuse(410, texts.closedTitle, texts.expiredOrder)
  return { link, order }
}

const chooser = (world: World, parts: Visit & { readonly refused?: boolean }): Page => {
  const merchant = world.merchants.get(parts.order.merchant)
  return chooserPage({
    ...parts,
    remainingMinor: remainingMinor(world, parts.order),
    methods: merchant === undefined
      ? []
      : offeredMethods(parts.order, merchant).filter(({ notInMenu }) => notInMenu !== true)
  })
}

const pay = (
  world: World,
  { link, order }: Visit,
  choice: { readonly method: string; readonly amountMinor?: number }
): MenuAnswer => {
  const issuer = link.issuer === "" ? undefined : link.issuer
  const payment = chooseMethod(world, order, { ...choice, ...present({ issuer }), returnUrls: link.returnUrls })
  return typeof payment === "string"
    ? chooser(world, { link, order, refused: true })
    : { redirect: `/ps/bank?payment=${payment.id}&client_language=${link.language}` }
}

const leaveFor = (world: World, { kind, link, order }: Visit & { readonly kind: keyof ReturnUrls }): MenuAnswer =>
  finish(world, { order, language: link.language, kind, returnUrls: link.returnUrls })

interface Finish {
  readonly order: Order
  readonly language: MenuLanguage
  readonly kind: keyof ReturnUrls
  readonly returnUrls: ReturnUrls
}

/** Back to the shop: the link's address, else the account's, else nowhere. */
const finish = (world: World, { kind, language, order, returnUrls }: Finish): MenuAnswer => {
  const target = returnUrls[kind] ?? world.merchants.get(order.merchant)?.returnUrls?.[kind]
  if (target !== undefined) return { redirect: target }
  const texts = menuTexts[language]
  return messagePage(language, {
    status: 200,
    title: texts.doneTitle,
    message: `${texts.done[kind]} ${texts.noReturnUrl}`
  })
}

const backToMenu = (order: Order, language: MenuLanguage): string => {
  const urls = Object.entries(order.returnUrls).flatMap(([kind, url]) =>
    url === undefined ? [] : [[`return_url_${kind}`, url] satisfies [string, string]]
  )
  const link = readMenuLink(
    new URLSearchParams([
      ["command", "show_payment_cluster"],
      ["payment_cluster_key", order.key],
      ["merchant_name", menuMerchantOf(order)],
      ["client_language", language],
      ...urls
    ])
  )
  return "_tag" in link ? "/ps/menu" : menuAddress(link)
}

const languageOf = (world: World, payment: Payment | undefined, parameters: URLSearchParams): MenuLanguage => {
  const given = parameters.get("client_language") ?? world.orderOf(payment?.orderKey)?.language ?? "en"
  return given.toLowerCase().startsWith("nl") ? "nl" : "en"
}

const unknownPayment = (language: MenuLanguage): Page => {
  const texts = menuTexts[language]
  return messagePage(language, { status: 404, title: texts.unknownTitle, message: texts.unknownPayment })
}

/** Major units as people type them, with point or comma; nothing of what is no amount of the currency. */
const minorOf = (text: string, currency: string): number | undefined => {
  const match = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text)
  const exponent = exponentOf(currency)
  if (match === null || (match[2]?.length ?? 0) > exponent) return undefined
  return Number(`${match[1]}${(match[2] ?? "").padEnd(exponent, "0")}`)
}
