/**
 * Orders as a table within the width: with everything where there is room, then with how long ago an order was created
 * instead of the instant, then on two lines each.
 */
import type { OrderSummary } from "@docdata/contract"
import { Amount } from "@docdata/domain"
import { type Colour, colourOfFulfilment, colourOfStatus, makePaint, type Paint } from "../text/Paint.ts"
import { printable } from "@docdata/service/text"
import { awayText, instantText } from "../text/whenText.ts"

type Summary = typeof OrderSummary.Type

interface Column {
  readonly title: string
  readonly text: (order: Summary) => string
  readonly colour?: (order: Summary) => Colour
  readonly isRight?: boolean
}

const id: Column = { title: "id", text: (order) => order.id }
const created: Column = { title: "created", text: ({ createdAt }) => instantText(Date.parse(createdAt)) }
const status: Column = {
  title: "status",
  text: (order) => order.registration === "abandoned" ? order.registration : order.status,
  colour: (order) => colourOfStatus[order.status]
}
const goods: Column = {
  title: "goods",
  text: ({ fulfilment }) => fulfilment,
  colour: ({ fulfilment }) => colourOfFulfilment[fulfilment]
}
const amount: Column = {
  title: "amount",
  text: (order) => Amount.format(order.amount),
  isRight: true
}
const account: Column = { title: "merchant", text: ({ merchant }) => merchant }
const shopReference: Column = { title: "number", text: (order) => printable(order.shopReference) }

/** Widths of the columns: at least those before, so that pages stand below one another. */
const widthsOf = (
  columns: ReadonlyArray<Column>,
  orders: ReadonlyArray<Summary>,
  before: ReadonlyArray<number>
): ReadonlyArray<number> =>
  columns.map(({ text, title }, index) =>
    orders.reduce((most, order) => Math.max(most, text(order).length), Math.max(title.length, before[index] ?? 0))
  )

type Line = (columns: ReadonlyArray<Column>, widths: ReadonlyArray<number>, order?: Summary) => string

/** One line: an order's, or that of the titles. */
const makeLine = (paint: Paint): Line => (columns, widths, order) =>
  columns.map(({ colour, isRight = false, text, title }, index) => {
    const cell = order === undefined ? title : text(order)
    const padded = isRight ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!)
    const shown = index === columns.length - 1 ? padded.trimEnd() : padded
    return order === undefined || colour === undefined ? shown : paint(colour(order), shown)
  }).join("  ")

export interface ListOptions {
  readonly columns: number
  readonly colour: boolean
  readonly nowMs: number
  /** Whether orders of several accounts may be among them. */
  readonly hasAccounts: boolean
}

/** What an order is shown on: one line or more, each with its columns. */
type Layout = readonly [ReadonlyArray<Column>, ...ReadonlyArray<ReadonlyArray<Column>>]

const layoutsOf = ({ hasAccounts, nowMs }: ListOptions): readonly [Layout, ...ReadonlyArray<Layout>] => {
  const away: Column = { title: "", text: ({ createdAt }) => awayText(Date.parse(createdAt), nowMs) }
  const whose = hasAccounts ? [account] : []
  const reported = [status, goods, amount, ...whose, shopReference]
  return [
    [[id, created, away, ...reported]],
    [[id, { ...away, title: "created" }, ...reported]],
    [[status, goods, amount, shopReference], [id, created, ...whose]]
  ]
}

/** Makes a page of orders to lines. The titles come first, and again where a page needs more lines for each order. */
export const makeListText = (options: ListOptions): (orders: ReadonlyArray<Summary>) => ReadonlyArray<string> => {
  const line = makeLine(makePaint(options.colour))
  let [layout, ...narrower] = layoutsOf(options)
  let widths: ReadonlyArray<ReadonlyArray<number>> = []
  const isTooWide = (): boolean => widths[0]!.reduce((sum, width) => sum + width + 2, -2) > options.columns
  return (orders) => {
    const measured = () => layout.map((columns, index) => widthsOf(columns, orders, widths[index] ?? []))
    let isNew = widths.length === 0
    widths = measured()
    while (narrower[0] !== undefined && isTooWide()) {
      ;[layout, ...narrower] = [narrower[0], ...narrower.slice(1)]
      widths = []
      widths = measured()
      isNew = true
    }
    const rows: ReadonlyArray<Summary | undefined> = isNew ? [undefined, ...orders] : orders
    return rows.flatMap((order) =>
      layout.map((columns, index) => `${"  ".repeat(index)}${line(columns, widths[index]!, order)}`)
    )
  }
}
