/**
 * What the demo shows: a line per message of the live part, the table at the end, and a timeline per order.
 */
import { Amount } from "@docdata/domain"
import { colourOfStatus, type Paint } from "../text/Paint.ts"
import { table } from "../text/table.ts"
import { beside, wrap } from "../text/wrap.ts"
import type { ReceivedEvent } from "./shopPages.ts"
import type { ShopExplanation, ShopOrder, ShopTimeline } from "./ShopClient.ts"

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, "0")

/** How long after: `0d 00:00:02`. */
const elapsed = (ms: number): string => {
  const rest = ms % dayMs
  const time = [rest / 3_600_000, (rest % 3_600_000) / minuteMs, (rest % minuteMs) / 1_000].map(twoDigits).join(":")
  return `${Math.floor(ms / dayMs)}d ${time}`
}

/** What the shop heard, in one line; nothing for messages that are not about the status. */
export const receivedLine = ({ data, type }: ReceivedEvent, sinceMs: number): string | undefined =>
  type === "order.status_changed"
    ? `  ${elapsed(sinceMs)}  ${data.order.shopReference.padEnd(8)}  ${
      `${data.from} -> ${data.to}`.padEnd(26)
    } ${data.rule}`
    : undefined

/** One order when all is done. */
export interface Ended {
  readonly title: string
  readonly expected: string
  readonly received: string | undefined
  readonly order: ShopOrder
  readonly timeline: ShopTimeline
  readonly explanation: ShopExplanation
}

/** True if the shop and the service agree on what had to come. */
export const isRight = ({ expected, received, order }: Ended): boolean =>
  received === expected && order.status === expected

const amountOf = ({ amount }: ShopOrder): string => Amount.format(amount)

/** All orders, a row each. */
export const resultTable = (all: ReadonlyArray<Ended>): ReadonlyArray<string> =>
  table([
    ["order", "amount", "status", "goods", "right", "what happened"],
    ...all.map((ended) => [
      ended.order.shopReference,
      amountOf(ended.order),
      ended.order.status,
      ended.order.fulfilment,
      isRight(ended) ? "yes" : `NO: ${ended.expected} was due, the shop heard ${ended.received ?? "nothing"}`,
      ended.title
    ])
  ])

const statusColour = (status: string) =>
  Object.entries(colourOfStatus).find(([name]) => name === status)?.[1] ?? "yellow"

export interface PageOptions {
  readonly columns: number
  readonly paint: Paint
}

// Looks that found what the one before had found, and what only caused a refresh.
const entriesOf = ({ entries }: ShopTimeline): ShopTimeline["entries"] => {
  let found = ""
  return entries.filter(({ kind, text, type }) => {
    if (type === "notification.received") return false
    if (kind !== "refresh") return true
    const finding = text.replace(/\([^()]*\)/, "")
    const isEventPayload = finding !== found
    found = finding
    return isEventPayload
  })
}

/** One order: why it is what it is, and what happened to it; looks without events are left out. */
export const orderPage = (
  { explanation, order, timeline, title }: Ended,
  { columns, paint }: PageOptions
): ReadonlyArray<string> => [
  "",
  `${paint("bold", order.shopReference)}  ${title}, ${amountOf(order)}: ${
    paint(statusColour(order.status), order.status)
  }`,
  ...wrap(`${explanation.meaning} (${explanation.rule})`, columns - 2).map((line) => `  ${line}`),
  ...explanation.because.map((because) => `  because ${because}`),
  ...entriesOf(timeline).flatMap(({ at, text }) =>
    beside(`    ${elapsed(Date.parse(at) - Date.parse(order.createdAt))}  `, text, columns)
  )
]
