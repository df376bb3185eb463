import { spawnSync } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { situations } from "../src/explain/demo/situations.ts"
import { bundlePath, docdata, fileWith, isOneLine } from "./support/run.ts"

const reply = situations[0]!.reply
const report = fileWith(reply, "report.xml")

/** One line on standard error that fits, nothing on standard output, exit code 2. */
const expectRefused = (args: ReadonlyArray<string>, stderr: RegExp, input?: string | Uint8Array): void => {
  const ended = docdata(args, input)
  expect(ended.stderr).toMatch(stderr)
  expect(isOneLine(ended.stderr), ended.stderr).toBe(true)
  expect({ exit: ended.exit, stdout: ended.stdout }).toEqual({ exit: 2, stdout: "" })
}

describe("a bad command line ends with 2 and one line", () => {
  it.each<readonly [args: ReadonlyArray<string>, stderr: RegExp]>([
    [[], /^docdata: no command given; see docdata --help/],
    [["frobnicate"], /unknown command frobnicate/],
    [["exlpain"], /unknown command exlpain, did you mean explain\?; see docdata --help/],
    [["help", "frobnicate"], /unknown command frobnicate/],
    [["help", "soap", "frobnicate"], /docdata soap: unknown command frobnicate/],
    [["soap"], /docdata soap: no command given; see docdata soap --help/],
    [["soap", "--bogus"], /docdata soap: unknown flag --bogus/],
    [["--frobnicate"], /unknown flag --frobnicate;/],
    [["--versoin"], /unknown flag --versoin, did you mean --version\?;/],
    [["explain", "--rulse", "strict", "a"], /unknown flag --rulse, did you mean --rules\?;/],
    [["explain"], /docdata explain: REPORT.xml\|- is missing/],
    [["explain", "a", "b"], /unexpected operand b/],
    [["explain", "--bogus", "a"], /unknown flag --bogus/],
    [["explain", "-j", "a"], /unknown flag -j/],
    [["explain", "--rules"], /--rules needs a value: SET/],
    [["explain", "--rules", "--json", "a"], /--rules needs a value: SET/],
    [["explain", "--rules", "lenient", "a"], /--rules is strict, legacy-2016, legacy-2013; not lenient/],
    [["explain", "--paid-when", "soon", "a"], /--paid-when is captured, approved, promised, considered-safe; not soon/],
    [["explain", "--json=yes", "a"], /--json takes no value/],
    [["explain", "--json", "--json", "a"], /--json is given twice/],
    [["explain", "--now", "yesterday", "a"], /--now is an ISO 8601 instant with a zone/],
    [["explain", "--now", "2026-02-31T00:00:00Z", "a"], /--now is an ISO 8601 instant with a zone/],
    [["explain", "-", "--order", "-"], /standard input cannot be both the report and the order/],
    [["explain", "--fl\nag", "a"], /unknown flag --fl ag/],
    [["reconcile"], /--jsonl is missing/],
    [["schema", "demo"], /there is no schema named demo; see docdata schema --help/],
    [["schema", "orders-lst"], /there is no schema named orders-lst, did you mean orders-list\?; see/],
    [["demo", "x"], /unexpected operand x/],
    [["explain", "--demo", "x"], /--demo stands alone/],
    [["explain", "--demo", "--json"], /--demo stands alone/]
  ])("%j", (args, stderr) => expectRefused(args, stderr))
})

describe("a bad report ends with 2 and one line that names file and place", () => {
  it("missing file, directory, empty, too large", () => {
    const missing = join(mkdtempSync(join(tmpdir(), "docdata-cli-file-")), "missing.xml")
    expectRefused(["explain", missing], /missing\.xml: there is no such file/)
    expectRefused(["explain", tmpdir()], /this is a directory, not a file/)
    expectRefused(["explain", fileWith("")], /input:1:1: it is empty/)
    expectRefused(["explain", "-"], /\(stdin\):1:1: it is empty/)
    expectRefused(["explain", fileWith(Buffer.alloc(5 * 1024 * 1024, 32))], /larger than the 4194304 bytes allowed/)
  })

  it("binary, malformed, cut off, hostile, something else", () => {
    expectRefused(["explain", "-"], /\(stdin\):1:2: the bytes are not UTF-8/, Uint8Array.of(60, 255, 254, 0))
    expectRefused(
      ["explain", "-"],
      /\(stdin\):\d+:\d+: an end tag does not match/,
      reply.replace("</report>", "</rapport>")
    )
    expectRefused(["explain", "-"], /\(stdin\):\d+:\d+: the document ends before/, reply.slice(0, 900))
    expectRefused(["explain", "-"], /document type and entity declarations/, `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`)
    expectRefused(["explain", "-"], /\(stdin\):1:1: this is neither a SOAP 1.1 envelope nor/, "<html></html>")
    expectRefused(
      ["explain", "-"],
      /this is the answer to another operation: explain reads replies to status and statusExtended/,
      reply.replaceAll("statusResponse", "refundResponse")
    )
    expectRefused(
      ["explain", "-"],
      /totalCaptured.*|an integer is expected/,
      reply.replace("<totalCaptured>4995", "<totalCaptured>x")
    )
  })

  it("is found by editors: FILE:LINE:COLUMN", () => {
    const file = fileWith(reply.replace("</report>", "</rapport>"), "broken.xml")
    const line = reply.split("\n").findIndex((text) => text.includes("</report>")) + 1
    expectRefused(["explain", file], new RegExp(`broken\\.xml:${line}:\\d+: `))
  })
})

describe("standard input that cannot be read ends with 2 and one line", () => {
  it.each<readonly [redirection: string, stderr: RegExp]>([
    ["< /", /^docdata: \(stdin\): this is a directory, not a file\n$/],
    ["<&-", /^docdata: \(stdin\):1:1: it is empty\n$/],
    ["0> /dev/null", /^docdata: \(stdin\): it cannot be read \(E[A-Z]+\)\n$/]
  ])("%s", (redirection, message) => {
    const script = `"$0" "$1" explain - ${redirection}`
    const { status, stderr, stdout } = spawnSync("bash", ["-c", script, process.execPath, bundlePath()], {
      encoding: "utf8"
    })
    expect(stderr).toMatch(message)
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" })
  })
})

describe("a bad order file ends with 2 and one line that names the field", () => {
  const good = { status: "new", created: "2026-02-03T08:00:00Z", currency: "EUR", gross: "49.95" }
  const expectOrderRefused = (text: string, stderr: RegExp): void =>
    expectRefused(["explain", report, "--order", fileWith(text, "order.json")], stderr)

  it.each<readonly [fields: object, stderr: RegExp]>([
    [{ status: "payed" }, /order\.json: status: it is none of new, in_progress/],
    [{ status: undefined }, /order\.json: status: it is missing/],
    [{ created: "2026-02-03" }, /order\.json: created: an ISO 8601 instant with a zone/],
    [{ currency: "eur" }, /order\.json: currency: /],
    [{ gross: 4995 }, /order\.json: gross: expected an amount as text in major units, such as "33\.10"/],
    [{ gross: "49,95" }, /order\.json: gross: an amount is a plain decimal/],
    [{ gross: "49.951" }, /order\.json: gross: EUR has 2 decimals/],
    [{ gross: "-1.00" }, /order\.json: gross: what an order costs is not negative/],
    [{ grosss: "1.00" }, /order\.json: grosss: there is no such field/],
    [{ hold: "yes" }, /order\.json: hold: it is none of cancel-not-confirmed, paid-after-close/],
    [{ coveredByCapture: "yes" }, /order\.json: coveredByCapture: boolean is expected/],
    [{ fulfilment: "send" }, /order\.json: fulfilment: it is none of ship, wait, stop/]
  ])("%j", (fields, stderr) => expectOrderRefused(JSON.stringify({ ...good, ...fields }), stderr))

  it.each<readonly [text: string, stderr: RegExp]>([
    ["[]", /order\.json: an object is expected/],
    ["", /order\.json:1:1: it is empty/],
    ["{\n  \"status\" \"new\"\n}", /order\.json:2:12: this is not JSON: a colon is expected/],
    ["{\"status\": \"new\"", /order\.json:1:17: this is not JSON: a comma or } is expected/],
    ["{\"status\": new}", /order\.json:1:12: this is not JSON: a JSON value is expected/]
  ])("%j", expectOrderRefused)

  it("not UTF-8", () => {
    expectRefused(
      ["explain", report, "--order", fileWith(Uint8Array.of(123, 255, 125), "order.json")],
      /order\.json:1:1: it is not UTF-8 text/
    )
  })
})
