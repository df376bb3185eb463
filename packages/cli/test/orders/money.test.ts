import { text } from "node:stream/consumers"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createdOf, type CreatedOrder, description, openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"
import { startStandIn } from "../support/standIn.ts"

let shop: OrdersShop
let order: CreatedOrder

beforeEach(async () => {
  shop = await openOrdersShop()
  order = await shop.create("web-1")
})
afterEach(() => shop.close())

const asked = (operation: string): number =>
  shop.simulator.requests().filter((request) => request.operation === operation).length

/** An order whose payment is authorised and waits for a capture. */
const authorized = async (): Promise<void> => {
  await shop.pay(order, "KLARNA_INVOICE")
  await shop.run(["orders", "refresh", order.id])
}

const capture = (...flags: ReadonlyArray<string>) => ["orders", "capture", order.id, "--reference", "c-1", ...flags]

describe("consent", () => {
  it.each([["cancel"], ["capture"], ["erase"]])("%s needs --yes where there is nobody to ask", async (verb) => {
    await authorized()
    const reference = verb === "capture" ? ["--reference", "c-1"] : []
    const { exit, stderr, stdout } = await shop.run(["orders", verb, order.id, ...reference])
    expect(stderr).toMatch(new RegExp(`^docdata orders ${verb}: .*${order.id}`))
    expect(stderr).toMatch(/--yes is missing, and there is nobody to ask\n$/)
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" })
    expect(asked("cancel") + asked("capture")).toBe(0)
  })

  it("is asked for at a terminal, and anything but yes does nothing", async () => {
    const questions: Array<string> = []
    const answering = (answer: string) => (question: string) => {
      questions.push(question)
      return Promise.resolve(answer)
    }
    for (const answer of ["", "n", "yesterday"]) {
      const { exit, stderr } = await shop.run(["orders", "cancel", order.id], "", { ask: answering(answer) })
      expect(stderr).toMatch(/nothing was done\n$/)
      expect(exit).toBe(4)
    }
    expect(asked("cancel")).toBe(0)
    expect((await shop.run(["orders", "cancel", order.id], "", { ask: answering("y") })).exit).toBe(0)
    expect(asked("cancel")).toBe(1)
    expect(questions).toEqual(Array(4).fill("Go on? [y/N] "))
  })
})

describe("docdata orders cancel", () => {
  it("tells what Docdata did and what is true then", async () => {
    const { exit, stdout } = await shop.run(["orders", "cancel", order.id, "--yes"])
    expect({ exit, stdout }).toEqual({
      exit: 0,
      stdout: "Docdata cancelled it; there was no payment\nthe order is cancelled, goods: stop\n"
    })
    const [again] = await shop.json<object>("orders-cancel", ["orders", "cancel", order.id, "--yes"])
    expect(again).toMatchObject({ result: "AlreadyCancelled", order: { status: "cancelled" } })
  })
})

describe("docdata orders capture and refund", () => {
  it("move exact amounts, once per reference", async () => {
    await authorized()
    const args = capture("--amount", "19.99", "--yes")
    const [first] = await shop.json<object>("orders-capture", args)
    expect(first).toMatchObject({ kind: "capture", amount: { minor: 1_999, currency: "EUR" }, state: "filed" })
    const [again] = await shop.json<object>("orders-capture", args)
    expect(again).toEqual(first)
    expect(asked("capture")).toBe(1)
    const other = await shop.run(capture("--amount", "20.00", "--yes"))
    expect(other.stderr).toMatch(
      /: --reference was used for another amount or payment of this order: take another one\n$/
    )
    expect([other.exit, asked("capture")]).toEqual([4, 1])
  })

  it("say that there is no payment yet", async () => {
    const { exit, stderr } = await shop.run(capture("--yes"))
    expect(stderr).toMatch(/: the order has no payment yet\n$/)
    expect(exit).toBe(4)
  })

  it("a refund gives back what was captured, all that is left without an amount", async () => {
    const paymentId = await shop.pay(order)
    await shop.simulator.act({ do: "capture", paymentId, number: 1, status: "CAPTURED" })
    await shop.run(["orders", "refresh", order.id])
    const part = ["orders", "refund", order.id, "--reference", "r-1", "--amount", "9.90", "--yes"]
    expect((await shop.run(part)).stdout).toBe("refund r-1 of 9.90 EUR is filed\n")
    const rest = ["orders", "refund", order.id, "--reference", "r-2", "--yes"]
    expect((await shop.run(rest)).stdout).toBe("refund r-2 of 40.00 EUR is filed\n")
    const more = await shop.run(["orders", "refund", order.id, "--reference", "r-3", "--amount", "0.01", "--yes"])
    expect(more.stderr).toMatch(/amount-too-large: 0 is left/)
    expect(more.exit).toBe(4)
  })

  it.each<readonly [flags: ReadonlyArray<string>, stderr: RegExp]>([
    [["--amount", "19,99"], /--amount: an amount is a plain decimal such as 33\.10/],
    [["--amount", "19.999"], /--amount: EUR has 2 decimals/],
    [["--amount", "1e3"], /--amount: an amount is a plain decimal/],
    [["--amount", "0"], /--amount\.minor: a value between 1 and 2147483647 is expected/],
    [["--amount=-5"], /--amount\.minor: a value between 1 and 2147483647 is expected/],
    [["--not-before", "soon"], /--not-before: a day of the calendar such as 2026-12-01 is expected/],
    [["--not-before", "2026-02-31"], /--not-before: a day of the calendar such as 2026-12-01 is expected/],
    [["--description", "x".repeat(300)], /--description: /],
    [["--description", "\uFFFE"], /--description: /]
  ])("%j is refused before a capture is stored, and the reference stays free", async (flags, stderr) => {
    await authorized()
    const ended = await shop.run(capture("--yes", ...flags))
    expect(ended.stderr).toMatch(stderr)
    expect(ended.exit).toBe(2)
    expect(asked("capture")).toBe(0)
    expect((await shop.run(["orders", "show", order.id])).stdout).toMatch(/Captures and refunds\n {2}none/)
    expect((await shop.run(capture("--yes"))).stdout).toBe("capture c-1 of 49.90 EUR is filed\n")
  })

  it.each([
    ["   ", /--reference: a text on one line that is not blank, without invisible characters/],
    ["r".repeat(36), /--reference: /]
  ])("a capture under the reference %j is refused before it is stored", async (reference, expected) => {
    await authorized()
    const { exit, stderr } = await shop.run(["orders", "capture", order.id, "--reference", reference, "--yes"])
    expect(stderr).toMatch(expected)
    expect([exit, asked("capture")]).toEqual([2, 0])
    expect((await shop.run(["orders", "show", order.id])).stdout).toMatch(/Captures and refunds\n {2}none/)
  })

  it("without a reference, or with a payment that is not there", async () => {
    await authorized()
    const nameless = await shop.run(["orders", "capture", order.id, "--yes"])
    expect(nameless.stderr).toMatch(/--reference: it is missing/)
    const elsewhere = await shop.run(capture("--payment", "1", "--yes"))
    expect(elsewhere.stderr).toMatch(/the order has no such payment/)
    expect([nameless.exit, elsewhere.exit]).toEqual([2, 4])
  })
})

describe("what Docdata does not answer", () => {
  const broken = (executed: boolean) =>
    shop.simulator.planFaults([{
      operation: "capture",
      times: 1,
      executed,
      effect: { kind: executed ? "reset-before-reply" : "reset-before-reading" }
    }])

  it("ends with 6 if it may have been done", async () => {
    await authorized()
    broken(true)
    const { exit, stderr } = await shop.run(capture("--yes"))
    expect(stderr).toMatch(/^docdata orders capture: outcome-unknown: /m)
    expect(exit).toBe(6)
  })

  it("ends with 6 again when the same reference asks what became of it, and asks nothing", async () => {
    await authorized()
    broken(true)
    await shop.run(capture("--yes"))
    const again = await shop.run(capture("--yes"))
    expect(again.stdout).toBe("capture c-1 of 49.90 EUR is unclear\n")
    expect(again.stderr).toMatch(/refresh the order: /)
    expect([again.exit, asked("capture")]).toEqual([6, 1])
  })

  it("of a capture gives its reference back: repeating it fails alike as long as Docdata is down", async () => {
    await authorized()
    await shop.simulator.close()
    const first = await shop.run(capture("--yes"))
    expect(first.stderr).toMatch(/^docdata orders capture: provider-unavailable: /m)
    const again = await shop.run(capture("--yes"))
    expect(again.stderr).toBe(first.stderr)
    expect([first.exit, again.exit]).toEqual([5, 5])
  })

  it("ends with 5 if it was not", async () => {
    await shop.simulator.close()
    const { exit, stderr } = await shop.run(["orders", "refresh", order.id])
    expect(stderr).toMatch(/provider-unavailable: /)
    expect(exit).toBe(5)
  })

  it("ends with 3 if it is an error reply", async () => {
    shop.simulator.planFaults([{
      operation: "cancel",
      times: 1,
      executed: false,
      effect: { kind: "errors", errors: [{ code: "SECURITY_ERROR", text: "Login failed." }] }
    }])
    const { exit, stderr } = await shop.run(["orders", "cancel", order.id, "--yes"])
    expect(stderr).toMatch(/provider-refused: .*SECURITY_ERROR/)
    expect(exit).toBe(3)
  })
})

describe("payments without the menu", () => {
  it("start hides the shopper's redirect in its text unless asked, proceed says what is true then", async () => {
    const payment = JSON.stringify({ payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "SIMUNL2A" } } })
    const [issuer] = (await shop.json<{ issuers: ReadonlyArray<{ id: string }> }>("methods", ["methods", order.id]))
      .flatMap(({ issuers }) => issuers)
    const input = payment.replace("SIMUNL2A", issuer?.id ?? "")
    const [started] = await shop.json<object>("orders-start", ["orders", "start", order.id, "-"], input)
    expect(started).toMatchObject({
      payment: { outcome: "Accepted" },
      redirect: { url: expect.stringMatching(/^http/) }
    })
    expect((await shop.run(["orders", "start", order.id, "-"], input)).stdout).toMatch(/^redirect +(GET|POST) \*{3}$/m)
    const shown = await shop.run(["orders", "start", order.id, "-", "--show-secrets"], input)
    expect(shown.stdout).toMatch(/^redirect +(GET|POST) https?:\/\//m)
    const paymentId = /^payment +(\d+)$/m.exec(shown.stdout)?.[1]
    const result = JSON.stringify({ paymentId, result: { _tag: "Ideal" } })
    const [proceeded] = await shop.json<object>("orders-proceed", ["orders", "proceed", order.id, "-"], result)
    expect(proceeded).toMatchObject({ order: { status: expect.stringMatching(/^(in_progress|pending)$/) } })
  })

  it("charge charges a series once for a period, after consent, whatever order asks", async () => {
    const series = { ...description(900), recurringReference: "series-1" }
    const args = [
      "orders",
      "create",
      "-",
      "--merchant",
      "shop",
      "--shop-reference",
      "sub-1",
      "--idempotency-key",
      "sub-1"
    ]
    const [first] = await shop.json<Parameters<typeof createdOf>[0]>("orders-create", args, JSON.stringify(series))
    await shop.pay(createdOf(first!), "VISA")
    const charge = (id: string) => ["orders", "charge", id, "--series", "series-1", "--period", "2026-11"]
    const unasked = await shop.run(charge(order.id))
    expect(unasked.stderr).toMatch(
      /49\.90 EUR will be charged for 2026-11 of series series-1, by order .*--yes is missing/s
    )
    expect([unasked.exit, asked("start")]).toEqual([2, 0])
    const [charged] = await shop.json<object>("orders-charge", [...charge(order.id), "--yes"])
    expect(charged).toMatchObject({ payment: { outcome: "Accepted" } })
    const other = await shop.create("web-2")
    for (const { id } of [order, other]) {
      const again = await shop.run([...charge(id), "--yes"])
      expect(again.stderr).toMatch(/already-charged: /)
      expect(again.exit).toBe(4)
    }
    expect(asked("start")).toBe(1)
    expect((await shop.run(["orders", "charge", order.id, "--period", "2026-12", "--yes"])).exit).toBe(2)
  })

  it("an answer that says nothing of the payment ends with 6, because it may have begun", async () => {
    const standIn = await startStandIn(async (request, response) => {
      const { "content-type": type = "", soapaction = "\"\"" } = request.headers
      const body = await text(request)
      const headers = { "content-type": type, soapaction: String(soapaction) }
      const answer = await fetch(new URL(request.url ?? "/", shop.simulator.url), { method: "POST", headers, body })
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" })
      response.end((await answer.text()).replace(/<(\w+:)?paymentSuccess>.*<\/(\w+:)?paymentSuccess>/s, ""))
    })
    const url = new URL(new URL(shop.simulator.url).pathname, standIn.origin).href
    const environment = { ...shop.environment, DOCDATA_TEST_ENDPOINT: url }
    const payment = JSON.stringify({ payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "SIMUNL2A" } } })
    const { exit, stdout } = await shop.run(["orders", "start", order.id, "-"], payment, { environment })
    await standIn.close()
    expect(stdout).toMatch(/^payment +Docdata did not say: refresh the order$/m)
    expect([exit, asked("start")]).toEqual([6, 1])
  })

  it("start takes no repeat of a series, which it would charge as often as it is called", async () => {
    const payment = JSON.stringify({ payment: { _tag: "Recurring", recurringReference: "series-1" } })
    const { exit } = await shop.run(["orders", "start", order.id, "-"], payment)
    expect(exit).toBe(2)
    expect(asked("start")).toBe(0)
  })

  it("methods and menu-url tell how the order can be paid", async () => {
    const { stdout } = await shop.run(["methods", order.orderReference])
    expect(stdout).toMatch(/^IDEAL$/m)
    const [menu] = await shop.json<{ url: string }>("menu-url", [
      "menu-url",
      order.key,
      "--method",
      "IDEAL",
      "--language",
      "de"
    ])
    expect(menu?.url).toMatch(/client_language=de&default_pm=IDEAL/)
    const refused = await shop.run(["menu-url", order.id, "--language", "german"])
    expect(refused.stderr).toMatch(/client_language/)
    expect(refused.exit).toBe(2)
  })
})
