import { describe, expect, it } from "vitest"
import type { Simulator } from "../src/Simulator.ts"
import * as Body from "./stage/requestBodies.ts"
import { call, find, findAll } from "./stage/soapCall.ts"
import { createdOrder, days, withSimulator } from "./stage/withSimulator.ts"

const returns = {
  return_url_success: "http://shop.example/back?outcome=success",
  return_url_pending: "http://shop.example/back?outcome=pending",
  return_url_canceled: "http://shop.example/back?outcome=canceled",
  return_url_error: "http://shop.example/back?outcome=error"
}

/** A browser without scripts: follows links, fills forms, goes where it is sent. */
class Browser {
  html = ""
  status = 0
  location: string | undefined
  private readonly origin: string
  private address: URL

  constructor(simulator: Simulator) {
    this.origin = new URL(simulator.menuUrl).origin
    this.address = new URL(simulator.menuUrl)
  }

  async open(address: string): Promise<this> {
    return this.take(await fetch(new URL(address, this.origin), { redirect: "manual" }))
  }

  openMenu(key: string, more: Readonly<Record<string, string>> = returns): Promise<this> {
    const parameters = new URLSearchParams({
      command: "show_payment_cluster",
      merchant_name: "demo_shop",
      payment_cluster_key: key,
      client_language: "en",
      ...more
    })
    return this.open(`${this.address.pathname}?${parameters.toString()}`)
  }

  /** Sends the form of the page with its hidden fields and these. */
  async submit(fields: Readonly<Record<string, string>>): Promise<this> {
    const action = /<form method="post" action="([^"]+)"/.exec(this.html)?.[1]?.replaceAll("&amp;", "&") ?? "nowhere"
    return this.take(
      await fetch(new URL(action, this.origin), {
        method: "POST",
        body: new URLSearchParams([...this.hidden(), ...Object.entries(fields)]),
        redirect: "manual"
      })
    )
  }

  hidden(): ReadonlyArray<[string, string]> {
    return [...this.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map((
      [, name = "", value = ""]
    ) => [name, value.replaceAll("&amp;", "&")])
  }

  private async take(answer: Response): Promise<this> {
    this.status = answer.status
    this.html = await answer.text()
    this.location = answer.headers.get("location") ?? undefined
    // Pages of the simulator are followed, the shop is where it ends.
    return this.location?.startsWith("/") === true ? this.open(this.location) : this
  }
}

const statusOf = async (simulator: Simulator, key: string): Promise<string> => {
  const { inner } = await call(simulator.url, Body.byKey("statusRequest", key))
  return `${findAll(inner, "status").join(" ")} ${find(inner, "totalCaptured")}`
}

describe("the menu", () => {
  it.each([
    ["IDEAL", "approved", "success", "AUTHORIZED CAPTURED 2420"],
    ["VISA", "approved", "success", "AUTHORIZED NEW 0"],
    ["BANK_TRANSFER", "approved", "pending", "AUTHORIZED STARTED 0"],
    ["SEPA_DIRECT_DEBIT", "approved", "success", "AUTHORIZED NEW 0"],
    ["IDEAL", "refused", "error", "AUTHORIZATION_FAILED 0"],
    ["PAYPAL_EXPRESS_CHECKOUT", "cancelled", "canceled", "CANCELED 0"]
  ])("%s %s returns to %s", (method, answer, kind, status) =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const browser = await new Browser(simulator).openMenu(key)
      await browser.submit({ method, do: "pay" })
      expect(browser.html).toContain("What happens to this payment?")
      await browser.submit({ answer })
      expect(browser.location).toBe(`http://shop.example/back?outcome=${kind}`)
      expect(await statusOf(simulator, key)).toBe(status)
    }))

  it("leaves the payment open when the window is closed, and lets the shopper come back", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const browser = await new Browser(simulator).openMenu(key)
      await browser.submit({ method: "IDEAL", do: "pay" })
      await browser.submit({ answer: "left" })
      expect(browser.html).toContain("You closed the window")
      expect(await statusOf(simulator, key)).toBe("REDIRECTED_FOR_AUTHORIZATION 0")
      await browser.open(/<a href="([^"]+)">/.exec(browser.html)?.[1]?.replaceAll("&amp;", "&") ?? "")
      await browser.submit({ answer: "approved" })
      expect(await statusOf(simulator, key)).toBe("AUTHORIZED CAPTURED 2420")
    }))

  it("does not cancel the order when the shopper goes back to the shop", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const browser = await new Browser(simulator).openMenu(key)
      await browser.submit({ do: "cancel" })
      expect(browser.location).toBe(returns.return_url_canceled)
      expect(simulator.order(key)?.order.cancelled).toBe(false)
      await (await browser.openMenu(key)).submit({ method: "IDEAL", do: "pay" })
      expect(browser.html).toContain("Pay with iDEAL")
    }))

  it("takes a gift card for a part and iDEAL for the rest", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const browser = await new Browser(simulator).openMenu(key)
      await browser.submit({ method: "PODIUM_GIFTCARD", card_amount: "20,00", do: "pay" })
      await browser.submit({ answer: "approved" })
      expect(browser.html).toContain("Already paid: €20.00")
      expect(browser.html).toContain("€4.20")
      await browser.submit({ method: "IDEAL", do: "pay" })
      await browser.submit({ answer: "approved" })
      expect(browser.location).toBe(returns.return_url_success)
      expect(simulator.order(key)?.report.totals).toMatchObject({
        acquirerPending: 2000,
        acquirerApproved: 420,
        captured: 2420
      })
    }))

  it.each(["999,99x", "-5", "1.234"])(
    "asks again for a gift card of %s, and takes nothing meanwhile",
    (typed) =>
      withSimulator(async (simulator) => {
        const key = await createdOrder(simulator)
        const browser = await new Browser(simulator).openMenu(key)
        await browser.submit({ method: "PODIUM_GIFTCARD", card_amount: typed, do: "pay" })
        expect(browser.html).toContain("That did not work. Please choose again.")
        expect(simulator.order(key)?.report.payments).toEqual([])
        await browser.submit({ method: "PODIUM_GIFTCARD", card_amount: "", do: "pay" })
        expect(browser.html).toContain("€24.20")
      })
  )

  it("puts the method of the link first with its bank chosen", () =>
    withSimulator(async (simulator) => {
      const browser = await new Browser(simulator).openMenu(await createdOrder(simulator), {
        default_pm: "IDEAL",
        ideal_issuer_id: "RABONL2U"
      })
      expect(browser.html).toMatch(/value="IDEAL" required checked/)
      expect(browser.html).toContain(`<option value="RABONL2U" selected>`)
      await browser.submit({ method: "IDEAL", ideal_issuer_id: "INGBNL2A", do: "pay" })
      expect(simulator.orders()[0]?.payments[0]?.issuer).toBe("INGBNL2A")
    }))

  it.each([
    [{ default_pm: "IDEAL", default_act: "true", ideal_issuer_id: "RABONL2U" }, "Pay with iDEAL"],
    [{ default_pm: "PAYPAL", default_act: "yes" }, "Pay with PayPal"],
    [{ default_pm: "VISA", default_act: "true" }, "How would you like to pay?"],
    [{ default_pm: "IDEAL", default_act: "no" }, "How would you like to pay?"]
  ])("with %j starts at %j", (parameters, title) =>
    withSimulator(async (simulator) => {
      const browser = await new Browser(simulator).openMenu(await createdOrder(simulator), parameters)
      expect(browser.html).toContain(`<h1>${title}</h1>`)
    }))

  it.each([["nl", "nl", "Hoe wilt u betalen?", "€ 24,20"], ["NL", "nl", "Hoe wilt u betalen?", "€ 24,20"], [
    "en",
    "en",
    "How would you like to pay?",
    "€24.20"
  ], ["fr", "en", "How would you like to pay?", "€24.20"]])(
    "speaks %s as %s",
    (asked, spoken, title, sum) =>
      withSimulator(async (simulator) => {
        const browser = await new Browser(simulator).openMenu(await createdOrder(simulator), { client_language: asked })
        expect(browser.html).toContain(`<html lang="${spoken}">`)
        expect(browser.html).toContain(title)
        expect(browser.html.replaceAll("\u00a0", " ")).toContain(sum)
      })
  )

  it("says clearly what is wrong with a link", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const browser = new Browser(simulator)
      const visit = async (orderKey: string, more: Readonly<Record<string, string>>, title: string): Promise<void> => {
        await browser.openMenu(orderKey, more)
        expect(browser.html).toContain(title)
        expect(browser.status).toBeGreaterThanOrEqual(400)
      }
      await visit("0".repeat(32), {}, "There is no order with this key.")
      await visit(key, { merchant_name: "somebody" }, "The order does not belong to this merchant name.")
      await visit(
        key,
        { return_url_error: "javascript:alert(1)" },
        "The address in return_url_error is not a web address."
      )
      await simulator.advance(days(22))
      await visit(key, {}, "The time to pay this order has run out.")
      await simulator.act({ do: "cancel-order", orderKey: key })
      await visit(key, {}, "The shop cancelled this order.")
    }))

  it("closes after the days to pay where it is told to", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await simulator.advance(days(13))
      expect((await new Browser(simulator).openMenu(key)).status).toBe(200)
      await simulator.advance(days(2))
      expect((await new Browser(simulator).openMenu(key)).status).toBe(410)
    }, { menuCloses: "days-to-pay" }))

  it("closes once the order is paid", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      await simulator.act({ do: "pay", orderKey: key, method: "IDEAL" })
      expect((await new Browser(simulator).openMenu(key)).html).toContain("This order is paid already.")
    }))

  it("opens under the name of the subject merchant too", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator, {
        merchant:
          `<merchant name="demo_shop" password="demo-password"><subjectMerchant name="sub_shop" token="t"/></merchant>`
      })
      expect((await new Browser(simulator).openMenu(key, { merchant_name: "sub_shop" })).status).toBe(200)
    }))

  it("falls back to the account's return URLs, then to a page of its own", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const browser = await new Browser(simulator).openMenu(key, {})
      await browser.submit({ do: "cancel" })
      expect(browser.html).toContain("The shop gave no address to return to")
      simulator.setMerchant({
        name: "demo_shop",
        password: "demo-password",
        returnUrls: { canceled: "http://shop.example/default" }
      })
      await (await browser.openMenu(key, {})).submit({ do: "cancel" })
      expect(browser.location).toBe("http://shop.example/default")
    }))

  it("escapes what the shop wrote and works without scripts", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator, {
        reference: "&lt;b&gt;&amp;&quot;",
        more: "<description>&lt;script&gt;</description>"
      })
      const browser = await new Browser(simulator).openMenu(key)
      expect(browser.html).toContain("&lt;b&gt;&amp;&quot;")
      expect(browser.html).not.toMatch(/<script|<b>| on\w+=/)
      // Every control has a label.
      const ids = [...browser.html.matchAll(/<(?:input type="radio"|select|input id)[^>]*?id="([^"]+)"/g)].map((
        [, id]
      ) => id)
      expect(ids.length).toBeGreaterThan(10)
      for (const id of ids) expect(browser.html).toContain(`for="${id}"`)
    }))
})

describe("the bank page of a web-direct payment", () => {
  const startCard = async (simulator: Simulator, key: string) => {
    const content = `${Body.startVisa}<returnUrl>http://shop.example/3ds</returnUrl>${Body.browser}`
    const { inner } = await call(simulator.url, Body.start(content, key))
    const parameters =
      inner?.children.find(({ name }) => name === "redirect")?.children.find(({ name }) => name === "parameters")
        ?.children ?? []
    return {
      id: find(inner, "id") ?? "",
      url: find(inner, "url") ?? "",
      fields: parameters.map((each) => [each.attributes.get("name") ?? "", each.text] as [string, string])
    }
  }

  it.each([["approved", "AUTHORIZED"], ["cancelled", "CANCELED"]])(
    "hands a card's result back to the shop by POST: %s",
    (answer, status) =>
      withSimulator(async (simulator) => {
        const key = await createdOrder(simulator)
        const { fields, id, url } = await startCard(simulator, key)
        const browser = new Browser(simulator)
        browser.html = await (await fetch(url, { method: "POST", body: new URLSearchParams(fields) })).text()
        await browser.submit({ answer })
        expect(browser.html).toContain(`action="http://shop.example/3ds"`)
        const result = new Map(browser.hidden())
        expect(result.get("MD")).toBe(id)
        const proceed = `<threeDomainSecureAuthenticationResult><MD>${id}</MD><PARes>${
          result.get("PaRes")
        }</PARes></threeDomainSecureAuthenticationResult>`
        expect(find((await call(simulator.url, Body.onPayment("proceedRequest", id, proceed))).inner, "status")).toBe(
          status
        )
      })
  )

  it("does not take a script for the shop's address", () =>
    withSimulator(async (simulator) => {
      const { id, url } = await startCard(simulator, await createdOrder(simulator))
      const browser = new Browser(simulator)
      const fields = new URLSearchParams({ MD: id, PaReq: "x", TermUrl: "javascript:alert(1)" })
      browser.html = await (await fetch(url, { method: "POST", body: fields })).text()
      await browser.submit({ answer: "approved" })
      expect(browser.location).toBe("http://shop.example/3ds")
    }))

  it("sends an iDEAL shopper back to the one return URL, decided or not", () =>
    withSimulator(async (simulator) => {
      const key = await createdOrder(simulator)
      const { inner } = await call(
        simulator.url,
        Body.start(`${Body.startIdeal}<returnUrl>http://shop.example/back</returnUrl>`, key)
      )
      const browser = await new Browser(simulator).open(find(inner, "url") ?? "")
      await browser.submit({ answer: "approved" })
      expect(browser.location).toBe("http://shop.example/back")
      expect(await statusOf(simulator, key)).toBe("REDIRECTED_FOR_AUTHORIZATION 0")
    }))
})
