/**
 * A scenario row in the kernel's terms: what was known, what the report says, and what must follow.
 *
 * The columns and their little languages are explained in `README.md` beside this file.
 */
import { defaultPolicy } from "../../src/defaultPolicy.ts"
import { type CoverPolicy, paidWhens, type Policy, type RuleSetName, ruleSetNames } from "../../src/Policy.ts"
import type { Intent } from "../../src/Intent.ts"
import type { Hold, Order } from "../../src/Order.ts"
import { fulfilments, orderStatuses } from "../../src/OrderStatus.ts"
import type { PaymentRow } from "../../src/PaymentRow.ts"
import type { Question } from "../../src/reconcile.ts"
import { readLines, readTotals } from "./reportText.ts"
import { amountIn, tokensOf } from "./words.ts"
import { TableError, type TableRow } from "./table.ts"

const known = ["situation", "order", "age", "before", "stored", "lines", "totals", "intent", "policy"]
const following = ["status", "rule", "goods", "findings", "events", "cover", "keeps", "rows", "source"]

export const scenarioColumns: ReadonlySet<string> = new Set([...known, ...following])

/** What a row says before its place in a chain of rows is known. */
export interface Scenario {
  readonly row: TableRow
  /** The order and its payments are those after the row above. */
  readonly continues: boolean
  readonly question: Question
}

const orderKey = "ORDER"

const holds: ReadonlyArray<Hold> = ["cancel-not-confirmed", "paid-after-close"]

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, ms: 1 }

/** `21d+1ms`, or two instants: `2016-03-20T12:00+01:00 to 2016-04-10T12:00+02:00`. */
const readAge = (text: string): { readonly createdAtMs: number; readonly nowMs: number } => {
  const [from, to] = text.split(" to ")
  if (to !== undefined) return { createdAtMs: Date.parse(from!), nowMs: Date.parse(to) }
  const ageMs = text.split("+").reduce((sum, part) => {
    const [, count, unit] = /^(\d+)(d|h|ms)$/.exec(part) ?? []
    if (count === undefined) throw new Error(`"${text}" is no age`)
    return sum + Number(count) * unitMs[unit!]!
  }, 0)
  const createdAtMs = Date.UTC(2016, 4, 20, 12)
  return { createdAtMs, nowMs: createdAtMs + ageMs }
}

/** `EUR 100.00`, or `EUR unknown` for an order whose amount nobody knows. */
const readOrder = (text: string): Pick<Order, "currency" | "grossMinor"> => {
  const [currency, gross] = tokensOf(text)
  return gross === "unknown" ? { currency: currency! } : { currency: currency!, grossMinor: amountIn(currency!, gross) }
}

type Before = Pick<Order, "status" | "fulfilment" | "hold" | "closedBy" | "coveredByCapture" | "releasedMinor">

const readKept = (word: string): Partial<Before> => {
  const hold = holds.find((name) => word === `hold:${name}`)
  if (hold !== undefined) return { hold }
  if (word === "by:shop" || word === "by:expiry") return { closedBy: word === "by:shop" ? "shop" : "expiry" }
  if (word === "promise" || word === "covered") return { coveredByCapture: word === "covered" }
  if (word.startsWith("released:")) return { releasedMinor: amountIn("EUR", word.slice("released:".length)) }
  const fulfilment = fulfilments.find((name) => name === word)
  if (fulfilment === undefined) throw new Error(`an order keeps no "${word}"`)
  return { fulfilment }
}

/** `paid ship promise hold:paid-after-close released:40.00`: status, fulfilment and what the order keeps; euros. */
const readBefore = (text: string): Before => {
  const [word, ...rest] = tokensOf(text)
  const status = orderStatuses.find((name) => name === word)
  if (status === undefined) throw new Error(`"${word}" is no status`)
  return Object.assign({ status, fulfilment: "wait" as const }, ...rest.map(readKept)) as Before
}

/** `#1 IDEAL AUTHORIZED ACQUIRER_APPROVED 100.00 0.00 0.00 0.00 0.00 of OTHER`: allocated, debited, refunded, charged back, reversed. */
const readStored = (text: string, currency: string): ReadonlyArray<PaymentRow> =>
  text === "-" ? [] : text.split(";").map((part) => {
    const [id, paymentMethod, status, confidenceLevel, ...rest] = tokensOf(part)
    const amounts = rest.slice(0, 5).map((amount) => amountIn(currency, amount))
    const [of, owner, more] = rest.slice(5)
    if (!/^#\d+$/.test(id!) || amounts.length < 5 || more !== undefined || (of !== undefined && of !== "of")) {
      throw new Error(`"${part}" is no stored payment`)
    }
    return {
      paymentId: id!.slice(1),
      ...(owner === undefined ? {} : { orderKey: owner }),
      paymentMethod: paymentMethod!,
      status: status!,
      confidenceLevel: confidenceLevel!,
      currency,
      allocatedMinor: amounts[0]!,
      debitedMinor: amounts[1]!,
      refundedMinor: amounts[2]!,
      chargedBackMinor: amounts[3]!,
      reversedMinor: amounts[4]!
    }
  })

/** `cancel`, `cancel SUCCESS`, `expire`, `legacy WORD`. */
const readIntent = (text: string): { readonly intent?: Intent } => {
  const [word, argument, more] = tokensOf(text)
  if (text === "-") return {}
  if (more === undefined && word === "cancel") {
    return { intent: { wanted: "cancelled", ...(argument === undefined ? {} : { cancelResult: argument }) } }
  }
  if (argument === undefined && word === "expire") return { intent: { wanted: "expired" } }
  if (argument !== undefined && word === "legacy") return { intent: { wanted: "legacy", status: argument } }
  throw new Error(`nobody can want "${text}"`)
}

const paidWhenOf = (word: string | undefined) => {
  const when = paidWhens.find((name) => name === word)
  if (when === undefined) throw new Error(`"${word}" covers nothing`)
  return when
}

/** `captured`, or `IDEAL=approved /USD=promised else captured`. */
const readCover = (words: ReadonlyArray<string>): CoverPolicy => {
  const rules = words.slice(0, -1).filter((word) => word !== "else").map((word) => {
    const [who, when] = word.split("=")
    const [paymentMethod, currency] = who!.split("/")
    return {
      ...(paymentMethod === "" ? {} : { paymentMethod: paymentMethod! }),
      ...(currency === undefined ? {} : { currency }),
      when: paidWhenOf(when)
    }
  })
  return { default: paidWhenOf(words.at(-1)), rules }
}

const ruleSetOf = (word: string): RuleSetName => {
  const rules = ruleSetNames.find((name) => name === word)
  if (rules === undefined) throw new Error(`there are no rules "${word}"`)
  return rules
}

const readPolicyPart = (part: string): Partial<Policy> => {
  const [name, first, ...rest] = tokensOf(part)
  if (first === undefined) throw new Error(`"${part}" is no policy`)
  switch (name ?? "") {
    case "paid":
      return { paidWhen: readCover([first, ...rest]) }
    case "ship":
      return { shipWhen: readCover([first, ...rest]) }
    case "rules":
      return { rules: ruleSetOf(first) }
    case "ids":
      return { legacyIdOrder: first === "text" ? "text" : "number" }
    case "expire":
      return { expireAfterDays: Number(first) }
    case "margin":
      return { marginMinor: { ...defaultPolicy.marginMinor, [first]: amountIn(first, rest[0]) } }
    default:
      throw new Error(`no policy is called "${name}"`)
  }
}

/** `paid approved, ship promised, margin EUR 1.00, expire 30, rules legacy-2013, ids text`; what is not named is the default policy's. */
const readPolicy = (text: string): Policy =>
  Object.assign({}, defaultPolicy, ...(text === "-" ? [] : text.split(",").map(readPolicyPart))) as Policy

const cell = (row: TableRow, name: string): string => {
  const text = row.cells[name]
  if (text === undefined) throw new Error(`the column "${name}" is missing`)
  return text
}

/** Reads one row; fails with its place if anything in it is not understood. */
export const readScenario = (row: TableRow): Scenario => {
  try {
    const before = cell(row, "before")
    const { currency, ...gross } = readOrder(cell(row, "order"))
    const { createdAtMs, nowMs } = readAge(cell(row, "age"))
    const lines = readLines(cell(row, "lines"), currency)
    return {
      row,
      continues: before === "then",
      question: {
        order: {
          key: orderKey,
          ...(before === "then" ? { status: "new", fulfilment: "wait" } : readBefore(before)),
          createdAtMs,
          currency,
          ...gross
        },
        payments: readStored(cell(row, "stored"), currency),
        report: readTotals(cell(row, "totals"), { currency, lines, ...gross }),
        nowMs,
        ...readIntent(cell(row, "intent")),
        policy: readPolicy(cell(row, "policy"))
      }
    }
  } catch (error) {
    throw new TableError(row, error instanceof Error ? error.message : String(error))
  }
}
