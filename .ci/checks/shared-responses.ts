/**
 * Reads every recorded reply in ../shared and compares a summary of each with responses-expected.tsv. A reply without
 * a row fails, and so does a row without a reply.
 *
 * After a change that is meant: `node --conditions=@docdata/source .ci/checks/shared-responses.ts --write`, and look at the
 * difference.
 */
import type { ExtendedStatus, Money, PaymentInfo, PaymentLine, StatusReport } from "@docdata/domain"
import * as Result from "effect/Result"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { decodeAnyReply } from "../../packages/soap/src/decodeReply.ts"
import type { Reply } from "../../packages/soap/src/envelope/Reply.ts"

const data = join(import.meta.dirname, "..", "..", "..", "shared", "data")
const folders = [join(data, "responses"), join(data, "responses-1_1")]
const table = join(import.meta.dirname, "responses-expected.tsv")

const money = ({ minor, currency }: Money): string => `${minor} ${currency}`

const lineSummary = ({ id, paymentMethod, authorization }: PaymentLine): string => {
  const { status, amount, confidenceLevel, captures, refunds, chargebacks, reversal } = authorization
  const modifications = [
    ...captures.map((capture) => `capture ${capture.status} ${money(capture.amount)}`),
    ...refunds.map((refund) => `refund ${refund.status} ${money(refund.amount)}`),
    ...chargebacks.map((chargeback) => `chargeback ${chargeback.status} ${money(chargeback.amount)}`),
    ...(reversal === undefined ? [] : [`reversal ${money(reversal.amount)}`])
  ]
  return [`${id} ${paymentMethod} ${status} ${money(amount)} ${JSON.stringify(confidenceLevel)}`, ...modifications]
    .join(
      ", "
    )
}

const reportSummary = ({ totals, payments, consideredSafe, apiInformation }: StatusReport): string =>
  [
    Object.entries(totals).filter(([name]) => name !== "exchangeRateDate").map(([name, total]) => `${name} ${total}`)
      .join(", "),
    ...payments.map(lineSummary),
    ...(consideredSafe === undefined ? [] : [`considered safe ${consideredSafe.value} ${consideredSafe.level}`]),
    ...(apiInformation === undefined ? [] : [`api ${apiInformation.originalVersion}`])
  ].join("; ")

const infoSummary = ({ paymentId, riskChecks, details }: PaymentInfo): string => {
  const { _tag: kind, ...fields } = details ?? { _tag: "no details" }
  const risk = riskChecks === undefined ? "no risk checks" : `risk ${riskChecks.score} of ${riskChecks.checks.length}`
  return [`info ${paymentId} ${risk}`, kind, ...Object.keys(fields)].join(", ")
}

const extendedSummary = ({ report, paymentInfos }: ExtendedStatus): string =>
  [reportSummary(report), ...paymentInfos.map(infoSummary)].join("; ")

// Names of fields and codes only: neither accounts nor the provider's sentences belong into this repository.
const summary = <A>(reply: Reply<A>, ofValue: (value: A) => string): string => {
  switch (reply._tag) {
    case "Fault":
      return `fault ${reply.faultcode}, text of ${reply.faultstring.length}`
    case "Errors":
      return `${reply.apiVersion} ${reply.ddpXsdVersion ?? "-"} errors ${
        reply.errors.map(({ code, text }) => `${code}, text of ${text.length}`).join("; ")
      }`
    case "Success":
      return `${reply.apiVersion} ${reply.ddpXsdVersion ?? "-"} ${ofValue(reply.value)}`
  }
}

const namesOf = (value: object): string =>
  Object.entries(value).flatMap(([name, inner]) => name === "_tag" ? [String(inner)] : [name]).join(", ")

const summaryOf = (bytes: Uint8Array): string => {
  const read = decodeAnyReply(bytes)
  if (Result.isFailure(read)) return `refused, ${read.failure.message}`
  const { operation, reply } = read.success
  switch (operation) {
    case "statusExtended":
      return summary(reply, extendedSummary)
    case "status":
      return summary(reply, reportSummary)
    case "listPaymentMethods":
      return summary(reply, (methods) => `${operation}: ${methods.length} methods`)
    case "create":
    case "start":
    case "proceed":
    case "cancel":
    case "capture":
    case "refund":
      return summary<object>(reply, (value) => `${operation}: ${namesOf(value)}`)
  }
}

const rows = folders.flatMap((folder) =>
  readdirSync(folder).toSorted().map((file) => `${file}\t${summaryOf(readFileSync(join(folder, file)))}`)
)

if (process.argv.includes("--write")) writeFileSync(table, `${rows.join("\n")}\n`)
const expected = new Set(readFileSync(table, "utf8").trimEnd().split("\n"))
const found = new Set(rows)
for (const row of rows) if (!expected.has(row)) console.error(`read:     ${row}`)
for (const row of expected) if (!found.has(row)) console.error(`expected: ${row}`)
console.log(`${rows.length} recorded replies read, ${expected.size} expected`)
if (rows.length !== expected.size || rows.some((row) => !expected.has(row))) process.exitCode = 1
