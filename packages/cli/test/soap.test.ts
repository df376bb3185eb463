import type { Operation } from "@docdata/application"
import { inputByOperation, Merchant } from "@docdata/application/schema"
import { encodeRequest } from "@docdata/soap"
import { type Simulator, startSimulator } from "@docdata/simulator"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { operationChoices } from "../src/choices.ts"
import { inProcess } from "./support/inProcess.ts"
import { isOneLine } from "./support/run.ts"

const folder = new URL("encode/", import.meta.url)
const fixtures = readdirSync(folder).toSorted().map((file) => ({
  file,
  operation: file.split(".")[0] as Operation,
  text: readFileSync(new URL(file, folder), "utf8")
}))

const encode = (operation: string, input: unknown, ...flags: ReadonlyArray<string>) =>
  inProcess(["soap", "encode", operation, ...flags], typeof input === "string" ? input : JSON.stringify(input))

/** What the gateway would send for the JSON of a fixture, by the same schema and encoder. */
const sent = (operation: Operation, json: unknown): string => {
  const { input, merchant } = json as Record<string, unknown>
  const encoded = encodeRequest(operation, {
    merchant: Schema.decodeUnknownSync(Merchant)(merchant),
    input: Schema.decodeUnknownSync(inputByOperation[operation])(input)
  })
  return "problems" in encoded ? JSON.stringify(encoded.problems) : encoded.xml
}

/** The JSON with every value that its schema redacts replaced. */
const withCanaries = (json: unknown, typed: unknown): unknown => {
  if (Redacted.isRedacted(typed)) return "CANARY00000000000"
  if (Array.isArray(json)) return json.map((each, at) => withCanaries(each, (typed as ReadonlyArray<unknown>)[at]))
  if (typeof json !== "object" || json === null) return json
  return Object.fromEntries(
    Object.entries(json).map(([key, each]) => [key, withCanaries(each, (typed as Record<string, unknown>)[key])])
  )
}

describe("docdata soap encode", () => {
  it("has fixtures for all nine operations", async () => {
    expect(new Set(fixtures.map(({ operation }) => operation))).toEqual(new Set(operationChoices))
    expect(fixtures.length).toBeGreaterThanOrEqual(31)
  })

  it.each(fixtures)("$file: exactly what would be sent, with --show-secrets", async ({ operation, text }) => {
    const { exit, stderr, stdout } = await encode(operation, text, "--show-secrets")
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect(stdout).toBe(`${sent(operation, JSON.parse(text))}\n`)
  })

  it.each(fixtures)("$file: no secret of it otherwise, and nothing else is missing", async ({ operation, text }) => {
    const json = JSON.parse(text) as { readonly merchant: unknown; readonly input: unknown }
    const schema = inputByOperation[operation] as Schema.Decoder<unknown>
    const canaried = {
      merchant: withCanaries(json.merchant, Schema.decodeUnknownSync(Merchant)(json.merchant)),
      input: withCanaries(json.input, Schema.decodeUnknownSync(schema)(json.input))
    }
    const { exit, stdout } = await inProcess(["soap", "encode", operation], JSON.stringify(canaried))
    expect(exit).toBe(0)
    expect(stdout).not.toContain("CANARY")
    expect(stdout.replaceAll("***", "CANARY00000000000")).toBe(`${sent(operation, canaried)}\n`)
  })

  const good = JSON.parse(fixtures.find(({ file }) => file === "create.minimal.json")!.text)

  it("masks secrets with special characters", async () => {
    const password = "p&ss\t<w>rd\"1'"
    const { stdout } = await encode("create", { ...good, merchant: { ...good.merchant, password } })
    expect(stdout).toContain(`password="***"`)
    expect(stdout).toContain("<first>Mila</first>")
  })

  it("names every field that breaks a rule, by its path in the JSON, without the value", async () => {
    const buyer = { ...good.input.buyer, phoneNumber: "CANARY".repeat(9), email: "CANARY at home" }
    const bad = { merchant: { ...good.merchant, password: "" }, input: { ...good.input, buyer } }
    const { exit, stderr, stdout } = await encode("create", bad)
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" })
    expect(stderr.trimEnd().split("\n").map((line) => line.replace(/: [^:]*$/, ""))).toEqual([
      "docdata: (stdin): merchant.password",
      "docdata: (stdin): input.buyer.email",
      "docdata: (stdin): input.buyer.phoneNumber"
    ])
    expect(stderr).not.toContain("CANARY")
  })

  it.each<readonly [json: unknown, stderr: RegExp]>([
    ["", /\(stdin\):1:1: it is empty/],
    ["{", /\(stdin\):1:2: this is not JSON/],
    ["[]", /\(stdin\): an object is expected/],
    [{ input: good.input }, /\(stdin\): merchant: it is missing/],
    [
      { ...good, merchant: { ...good.merchant, environment: "production" } },
      /merchant\.environment: it is none of test, live/
    ],
    [{ ...good, input: { ...good.input, total: { minor: "10", currency: "EUR" } } }, /input\.total\.minor: /],
    [{ ...good, input: { ...good.input, cardNumber: "4111111111111111" } }, /input\.cardNumber: there is no such field/]
  ])("%j ends with 2 and one line", async (json, stderr) => {
    const ended = await encode("create", json)
    expect(ended.stderr).toMatch(stderr)
    expect(ended.stderr).not.toContain("4111")
    expect(isOneLine(ended.stderr), ended.stderr).toBe(true)
    expect({ exit: ended.exit, stdout: ended.stdout }).toEqual({ exit: 2, stdout: "" })
  })

  it.each<readonly [args: ReadonlyArray<string>, stderr: RegExp]>([
    [["soap"], /docdata soap: no command given; see docdata soap --help/],
    [["soap", "send"], /docdata soap: unknown command send; see docdata soap --help/],
    [["soap", "encdoe"], /unknown command encdoe, did you mean encode\?;/],
    [["soap", "encode"], /OPERATION is missing/],
    [["soap", "encode", "charge"], /OPERATION is create, start, .*; not charge/],
    [["soap", "decode", "x"], /unexpected operand x/]
  ])("%j ends with 2 and one line", async (args, stderr) => {
    const ended = await inProcess(args, "")
    expect(ended.stderr).toMatch(stderr)
    expect(isOneLine(ended.stderr), ended.stderr).toBe(true)
    expect(ended.exit).toBe(2)
  })
})

describe("docdata soap decode", () => {
  let simulator: Simulator
  const merchant = { environment: "test", merchantName: "shop", password: "s3cret" }

  beforeAll(async () => {
    simulator = await startSimulator({ merchants: [{ name: merchant.merchantName, password: merchant.password }] })
  })
  afterAll(() => simulator.close())

  /** The reply to what encode prints, from the simulator. */
  const replyTo = async (operation: Operation, input: unknown): Promise<string> => {
    const { stdout } = await encode(operation, { merchant, input }, "--show-secrets")
    const answer = await fetch(simulator.url, {
      method: "POST",
      headers: { "content-type": "text/xml; charset=utf-8", soapaction: `"${operation}"` },
      body: stdout
    })
    return answer.text()
  }

  const decode = (reply: string, ...flags: ReadonlyArray<string>) => inProcess(["soap", "decode", ...flags], reply)

  const ordered = async (reference: string): Promise<string> => {
    const made = await simulator.act({ do: "create-order", reference, amountMinor: 4990, currency: "EUR" })
    return made.ok ? made.orderKey : ""
  }

  it("prints what create answered, of a request that encode made", async () => {
    const order = JSON.parse(fixtures.find(({ file }) => file === "create.minimal.json")!.text).input
    const { exit, stderr, stdout } = await decode(await replyTo("create", order))
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect(JSON.parse(stdout)).toEqual({
      kind: "success",
      operation: "create",
      apiVersion: "1.3",
      ddpXsdVersion: "1.3.15",
      value: { orderKey: simulator.orders()[0]!.order.key }
    })
  })

  it("prints a report, and masks who paid unless asked", async () => {
    const orderKey = await ordered("web-1")
    await simulator.act({ do: "pay", orderKey, method: "IDEAL" })
    const reply = await replyTo("statusExtended", { orderKey })
    const masked = await decode(reply)
    expect(masked.exit).toBe(0)
    expect(JSON.parse(masked.stdout)).toMatchObject({
      operation: "statusExtended",
      value: {
        report: { totals: { registered: 4990, captured: 4990 } },
        paymentInfos: [{ details: { _tag: "Ideal", holderName: "***", shopperAccount: { iban: "***" } } }]
      }
    })
    expect(masked.stdout).not.toMatch(/Simulated Shopper|NL\d\dSIMU/)
    expect((await decode(reply, "--show-secrets")).stdout).toMatch(/Simulated Shopper[^]*NL\d\dSIMU/)
  })

  it("knows the reply of each operation", async () => {
    const orderKey = await ordered("web-2")
    const paid = await simulator.act({ do: "pay", orderKey, method: "IDEAL" })
    const paymentId = paid.ok ? paid.paymentId : ""
    const open = await ordered("web-3")
    const inputs: ReadonlyArray<readonly [Operation, unknown]> = [
      ["start", { orderKey: open, payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } }],
      ["refund", { orderKey, paymentId, scope: { _tag: "Amount" } }],
      ["status", { orderKey }],
      ["listPaymentMethods", { orderKey }],
      ["cancel", { orderKey: open }]
    ]
    for (const [operation, input] of inputs) {
      const { exit, stdout } = await decode(await replyTo(operation, input))
      expect({ exit, operation: JSON.parse(stdout).operation }).toEqual({ exit: 0, operation })
    }
  })

  it("ends with 3 and prints all errors; texts that repeat what was sent are masked", async () => {
    const reply = await replyTo("status", { orderKey: "0".repeat(32) })
    const echoing = reply.replace("Order could not", "Value 'CANARY' is not valid. Order could not")
    const { exit, stdout } = await decode(echoing)
    expect(exit).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "error-reply",
      operation: "status",
      errors: [{ code: "REQUEST_DATA_INCORRECT" }]
    })
    expect(stdout).not.toContain("CANARY")
    expect((await decode(echoing, "--show-secrets")).stdout).toContain("CANARY")
  })

  it("ends with 3 and prints a fault", async () => {
    const fault = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>` +
      `<faultcode>s:Server</faultcode><faultstring>It broke.</faultstring></s:Fault></s:Body></s:Envelope>`
    const { exit, stdout } = await decode(fault)
    expect({ exit, ...JSON.parse(stdout) }).toEqual({
      exit: 3,
      kind: "soap-fault",
      faultcode: "s:Server",
      faultstring: "It broke."
    })
  })

  it("prints nothing that steers a terminal", async () => {
    const orderKey = await ordered("web-4")
    await simulator.act({ do: "pay", orderKey, method: "VISA" })
    const reply = (await replyTo("status", { orderKey })).replace(">VISA<", ">VI\u202eSA\u0085<")
    const { stdout } = await decode(reply)
    expect(stdout).not.toMatch(/[\u202e\u0085]/)
    expect(JSON.parse(stdout).value.payments[0].paymentMethod).toBe("VI\u202eSA\u0085")
  })

  it.each<readonly [reply: string, stderr: RegExp]>([
    ["", /\(stdin\):1:1: it is empty/],
    ["<html>CANARY</html>", /\(stdin\):1:1: /],
    ["<a", /\(stdin\):1:\d+: /]
  ])("%j ends with 2 and one line", async (reply, stderr) => {
    const ended = await decode(reply)
    expect(ended.stderr).toMatch(stderr)
    expect(ended.stderr).not.toContain("CANARY")
    expect(isOneLine(ended.stderr), ended.stderr).toBe(true)
    expect({ exit: ended.exit, stdout: ended.stdout }).toEqual({ exit: 2, stdout: "" })
  })
})
