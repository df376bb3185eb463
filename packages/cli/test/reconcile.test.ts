import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { describe, expect, it } from "vitest"
import { lineBytesMax } from "../src/input/readLines.ts"
import { bundlePath, docdata, fileWith } from "./support/run.ts"

const order = {
  key: "0123456789ABCDEF0123456789ABCDEF",
  status: "new",
  fulfilment: "wait",
  createdAtMs: Date.UTC(2026, 1, 3),
  currency: "EUR",
  grossMinor: 4995
}
const zero = { shopperPending: 0, acquirerPending: 0, refunded: 0, chargedBack: 0, reversed: 0 }
const money = (minor: number): object => ({ minor, currency: "EUR" })
const paidReport = {
  totals: { exchangedTo: "EUR", registered: 4995, acquirerApproved: 4995, captured: 4995, ...zero },
  payments: [{
    id: "71",
    paymentMethod: "IDEAL",
    authorization: {
      status: "AUTHORIZED",
      amount: money(4995),
      confidenceLevel: "ACQUIRER_APPROVED",
      captures: [{ status: "CAPTURED", amount: money(4995) }],
      refunds: [],
      chargebacks: []
    }
  }]
}
const emptyReport = {
  totals: { exchangedTo: "EUR", registered: 4995, acquirerApproved: 0, captured: 0, ...zero },
  payments: []
}
const paidLine = JSON.stringify({ order, payments: [], report: paidReport, nowMs: order.createdAtMs })

interface Answer {
  readonly order: { readonly status: string }
  readonly payments: ReadonlyArray<object>
  readonly decision: { readonly status: string }
  readonly events: ReadonlyArray<{ readonly type: string }>
}

const answers = (stdout: string): ReadonlyArray<Answer> =>
  stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line))

describe("docdata reconcile --jsonl", () => {
  it("answers each line with order, payments, decision, findings and events", () => {
    const { exit, stderr, stdout } = docdata(["reconcile", "--jsonl"], `${paidLine}\n`)
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    const [answer] = answers(stdout)
    expect(Object.keys(answer!)).toEqual(["order", "payments", "decision", "findings", "events"])
    expect(answer!.order).toMatchObject({ key: order.key, status: "paid", fulfilment: "ship" })
    expect(answer!.events.map(({ type }) => type)).toEqual([
      "payment.added",
      "order.status_changed",
      "order.fulfilment_changed"
    ])
  })

  it("fed with its own answer, tells nothing new", () => {
    const [first] = answers(docdata(["reconcile", "--jsonl"], paidLine).stdout)
    const again = JSON.stringify({ order: first!.order, payments: first!.payments, report: paidReport })
    const [second] = answers(docdata(["reconcile", "--jsonl", "-"], again).stdout)
    expect(second!.events).toEqual([])
  })

  it("takes intent, nowMs and parts of the policy from the line, the rest from the flags", () => {
    const lines = [
      { order, payments: [], report: emptyReport, intent: { wanted: "cancelled", cancelResult: "NO_PAYMENTS" } },
      { order, payments: [], report: emptyReport, nowMs: order.createdAtMs + 30 * 24 * 60 * 60 * 1000 },
      { order, payments: [], report: emptyReport, nowMs: order.createdAtMs + 2 * 24 * 60 * 60 * 1000 },
      {
        order,
        payments: [],
        report: emptyReport,
        nowMs: order.createdAtMs + 2 * 24 * 60 * 60 * 1000,
        policy: { expireAfterDays: 1 }
      }
    ]
    const file = fileWith(lines.map((line) => JSON.stringify(line)).join("\n"), "orders.jsonl")
    const { stdout } = docdata(["reconcile", "--jsonl", file, "--now", "2026-02-03T01:00:00Z"])
    expect(answers(stdout).map(({ decision }) => decision.status)).toEqual(["cancelled", "expired", "new", "expired"])
  })

  it("tells a bad line with its number and field, goes on, and ends with 2 and a count", () => {
    const broken = JSON.stringify({ order, payments: [], report: { ...paidReport, totals: { captured: 1.5 } } })
    const file = fileWith(["", paidLine, broken, "{\"order\":", paidLine, "\r"].join("\n"), "orders.jsonl")
    const { exit, stderr, stdout } = docdata(["reconcile", "--jsonl", file])
    expect(exit).toBe(2)
    expect(answers(stdout)).toHaveLength(2)
    expect(stderr.split("\n")).toEqual([
      `docdata: ${file}:3: report.totals.captured: an integer is expected`,
      `docdata: ${file}:4:10: this is not JSON: a JSON value is expected`,
      `docdata: ${file}: 2 of 4 lines were not understood and have no answer`,
      ""
    ])
  })

  it("passes over a line that is too long or not UTF-8 without keeping it", () => {
    const long = Buffer.alloc(lineBytesMax + 1, 32)
    const input = Buffer.concat([long, Buffer.from(`\n${paidLine}\n`), Uint8Array.of(255, 10), Buffer.from(paidLine)])
    const { exit, stderr, stdout } = docdata(["reconcile", "--jsonl"], input)
    expect(exit).toBe(2)
    expect(answers(stdout)).toHaveLength(2)
    expect(stderr).toContain(`(stdin):1: the line is longer than ${lineBytesMax} bytes`)
    expect(stderr).toContain("(stdin):3: the line is not UTF-8 text")
  })

  it("says in one line that a file is not there", () => {
    const { exit, stderr } = docdata(["reconcile", "--jsonl", "/nowhere/orders.jsonl"])
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: "docdata: /nowhere/orders.jsonl: there is no such file\n" })
  })

  it("takes 200,000 lines within a heap that could not hold them", async () => {
    const count = 200_000
    // The answers alone are some 250 MB.
    const child = spawn(process.execPath, ["--max-old-space-size=48", bundlePath(), "reconcile", "--jsonl"])
    const exited = once(child, "exit")
    let received = 0
    const received200k = (async () => {
      for await (const _line of createInterface({ input: child.stdout })) received++
    })()
    for (let sent = 0; sent < count; sent += 500) {
      if (!child.stdin.write(`${paidLine}\n`.repeat(500))) await once(child.stdin, "drain")
    }
    child.stdin.end()
    const [code] = await exited
    await received200k
    expect({ code, received }).toEqual({ code: 0, received: count })
  }, 120_000)

  it("stops reading while nobody takes the answers", async () => {
    const child = spawn(process.execPath, [bundlePath(), "reconcile", "--jsonl"], { stdio: ["pipe", "pipe", "ignore"] })
    const lines = `${paidLine}\n`.repeat(1000)
    let accepted = 0
    // Nothing is read from the child's output, so its input has to stop taking more.
    const stalled = await Promise.race([
      (async () => {
        for (; accepted < 200; accepted++) {
          if (!child.stdin.write(lines)) await once(child.stdin, "drain")
        }
        return false
      })(),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 2_000))
    ])
    child.kill("SIGKILL")
    expect(stalled).toBe(true)
    expect(accepted).toBeLessThan(100)
  }, 20_000)

  it("ends quietly when the reader has enough", () => {
    const file = fileWith(`${paidLine}\n`.repeat(5_000), "orders.jsonl")
    const script = `"$0" "$1" reconcile --jsonl "$2" | head -n 1 | wc -l; echo "exit \${PIPESTATUS[0]}"`
    const { stderr, stdout } = spawnSync("bash", ["-c", script, process.execPath, bundlePath(), file], {
      encoding: "utf8"
    })
    expect({ stdout: stdout.trim().split(/\s+/), stderr }).toEqual({ stdout: ["1", "exit", "0"], stderr: "" })
  })
})
