/**
 * Decisions per second on one core, for a first report (`fresh`) and for the same report again (`unchanged`), beside
 * what adding the same captured amounts up costs with decimal.js alone: the same machine, the same minute. Figures for
 * a person to look at; nothing is asserted.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import type * as Domain from "@docdata/domain"
import type { Order, PaymentLine, Question, StatusReport } from "@docdata/domain"
import { Decimal } from "decimal.js"
import { build } from "esbuild"
import { afterAll, test } from "vitest"

// Bundled first, as an embedder would: modules loaded one by one from source cost a getter at every call between them.
const folder = mkdtempSync(join(tmpdir(), "kernel-bench-"))
const outfile = join(folder, "domain.mjs")
await build({
  entryPoints: [fileURLToPath(new URL("../../domain/src/index.ts", import.meta.url))],
  bundle: true,
  format: "esm",
  outfile
})
const domain = await import(pathToFileURL(outfile).href) as typeof Domain
const { defaultPolicy, reconcile } = domain

afterAll(() => rmSync(folder, { recursive: true }))

const line = (id: number): PaymentLine => {
  const amount = { minor: 2_420, currency: "EUR" }
  return {
    id: String(id),
    paymentMethod: "IDEAL",
    authorization: {
      status: "AUTHORIZED",
      amount,
      confidenceLevel: "ACQUIRER_APPROVED",
      captures: [{ status: "CAPTURED", amount }],
      refunds: [],
      chargebacks: []
    }
  }
}

const report = (lineCount: number, firstId: number): StatusReport => {
  const sum = lineCount * 2_420
  const totals = { shopperPending: 0, acquirerPending: 0, refunded: 0, chargedBack: 0, reversed: 0, exchangedTo: "EUR" }
  return {
    totals: { ...totals, registered: sum, acquirerApproved: sum, captured: sum },
    payments: Array.from({ length: lineCount }, (_, index) => line(firstId + index))
  }
}

const createdAtMs = Date.UTC(2026, 10, 2)

const order = (lineCount: number, number: number): Order => ({
  key: `ORDER${number}`,
  status: "in_progress",
  fulfilment: "wait",
  createdAtMs,
  currency: "EUR",
  grossMinor: lineCount * 2_420
})

// Several orders in turn, so that no result can be remembered, and few enough to stay in the processor's cache.
const orderCountOf = (lineCount: number): number => lineCount > 100 ? 2 : 16

const freshQuestions = (lineCount: number): ReadonlyArray<Question> =>
  Array.from({ length: orderCountOf(lineCount) }, (_, number) => ({
    order: order(lineCount, number),
    payments: [],
    report: report(lineCount, 5_120_000_000 + number * lineCount),
    nowMs: createdAtMs + 60_000,
    policy: defaultPolicy
  }))

const askedAgain = (question: Question): Question => {
  const { order, payments } = reconcile(question)
  return { ...question, order, payments }
}

// Timing one decision would time the clock, so one round decides every order at least once, and a thousand lines.
const decisionsOf = (lineCount: number): number => {
  const orders = orderCountOf(lineCount)
  return Math.ceil(1_000 / lineCount / orders) * orders
}

const decideAll = (questions: ReadonlyArray<Question>, decisions: number) => (): number => {
  let paid = 0
  for (let index = 0; index < decisions; index++) {
    if (reconcile(questions[index % questions.length]!).decision.status === "paid") paid++
  }
  return paid
}

// The least that anybody who adds money up with decimal.js does: no rule, no row, no event, one attempt after another.
const isPaidByDecimal = ({ payments, totals }: StatusReport): boolean => {
  let captured = new Decimal(0)
  for (const { authorization } of payments) {
    if (authorization.status !== "AUTHORIZED") continue
    for (const { amount, status } of authorization.captures) {
      if (status === "CAPTURED") captured = captured.plus(new Decimal(amount.minor).div(100))
    }
  }
  return captured.gte(new Decimal(totals.registered ?? 0).div(100))
}

const addAll = (questions: ReadonlyArray<Question>, decisions: number) => (): number => {
  let paid = 0
  for (let index = 0; index < decisions; index++) {
    if (isPaidByDecimal(questions[index % questions.length]!.report)) paid++
  }
  return paid
}

const perSecond = (value: number): string => Math.round(value).toLocaleString("en-GB").padStart(9)

for (const lineCount of [1, 3, 50, 2_000]) {
  test(`${lineCount} payment lines`, { timeout: 120_000 }, async ({ bench }) => {
    const fresh = freshQuestions(lineCount)
    const unchanged = fresh.map(askedAgain)
    const decisions = decisionsOf(lineCount)
    const results = await bench.compare(
      bench("fresh", decideAll(fresh, decisions)),
      bench("unchanged", decideAll(unchanged, decisions)),
      bench("decimal.js sum", addAll(fresh, decisions)),
      { time: 1_500, warmupTime: 500 }
    )
    for (const name of ["fresh", "unchanged", "decimal.js sum"] as const) {
      const { min, p50 } = results.get(name).latency
      const nanoseconds = (p50 * 1e6 / decisions / lineCount).toFixed(0).padStart(4)
      const rates = `${perSecond(decisions * 1_000 / p50)}/s, at best ${perSecond(decisions * 1_000 / min)}/s`
      console.log(`${name.padEnd(14)} ${String(lineCount).padStart(5)} lines ${rates}, ${nanoseconds} ns a line`)
    }
  })
}
