/**
 * The figures a decision rests on, and comparisons between them as data, so that a decision can be shown
 * in words, replayed and recomputed.
 */

/**
 * All amounts in minor units of `currency`, the currency of the report's totals; the order's when the report does not
 * say. The first eight are the report's own, the rest is computed from them. `kept` and `net` may be negative; both are 0 while
 * the lines show in their own currency that all went back, and the totals leave no more than roundings.
 */
export interface Figures {
  readonly currency: string
  readonly registered: number
  readonly shopperPending: number
  readonly acquirerPending: number
  readonly acquirerApproved: number
  readonly captured: number
  readonly refunded: number
  readonly chargedBack: number
  readonly reversed: number
  /** What the shop wants. Absent when unknown, or when it is in another currency than the totals. */
  readonly gross?: number
  /** How much may be missing because amounts were converted. */
  readonly margin: number
  /** What the shop gave up of the registered amount by a final capture; absent when nothing was. */
  readonly released?: number
  /** What covers the order under the paid policy; `captured` with the default policy. */
  readonly paidCover: number
  /** What covers the order under the policy for shipping. */
  readonly shipCover: number
  /** `paidCover` less `refunded` and `chargedBack`. */
  readonly kept: number
  /** Captured less refunded less charged back: what the merchant has of this order. */
  readonly net: number
}

/** Name of one figure. */
export type FigureName = Exclude<keyof Figures, "currency">

/** `left` compared with `right`, from which `less` is taken if it is there, and `lessIfKnown` if the figures have it. */
export interface Comparison {
  readonly left: FigureName
  readonly operator: ">=" | ">" | "<" | "=" | "<="
  readonly right: FigureName | 0
  readonly less?: FigureName
  readonly lessIfKnown?: FigureName
}

const words: Record<FigureName, string> = {
  registered: "registered",
  shopperPending: "shopper pending",
  acquirerPending: "acquirer pending",
  acquirerApproved: "approved",
  captured: "captured",
  refunded: "refunded",
  chargedBack: "charged back",
  reversed: "reversed",
  gross: "order amount",
  margin: "margin",
  released: "released",
  paidCover: "covered",
  shipCover: "covered for shipping",
  kept: "left after returns",
  net: "net"
}

/** The value of a figure; an absent one is `NaN`, with which every comparison fails. */
export const figure = (figures: Figures, name: FigureName): number => figures[name] ?? Number.NaN

const sides = (comparison: Comparison, figures: Figures): readonly [left: number, right: number] => [
  figure(figures, comparison.left),
  (comparison.right === 0 ? 0 : figure(figures, comparison.right)) -
  (comparison.less === undefined ? 0 : figure(figures, comparison.less)) -
  (comparison.lessIfKnown === undefined ? 0 : figures[comparison.lessIfKnown] ?? 0)
]

/** What has to be covered: registered, less the margin and what the shop gave up. */
export const due = (
  { margin, registered, released = 0 }: Pick<Figures, "margin" | "registered" | "released">
): number => registered - margin - released

/** Whether a comparison holds for the figures; never when the figure it asks for is absent. */
export const holds = (comparison: Comparison, figures: Figures): boolean => {
  const [left, right] = sides(comparison, figures)
  switch (comparison.operator) {
    case ">=":
      return left >= right
    case ">":
      return left > right
    case "<":
      return left < right
    case "<=":
      return left <= right
    case "=":
      return left === right
  }
}

/**
 * How much `left` must grow (positive) or shrink (negative) to meet the right side exactly, in minor units; `NaN` when a
 * figure is absent.
 */
export const missing = (comparison: Comparison, figures: Figures): number => {
  const [left, right] = sides(comparison, figures)
  return right - left
}

/** A comparison in words: `captured 29900 >= registered 30000 - margin 100`. */
export const describe = (comparison: Comparison, figures: Figures): string => {
  const term = (name: FigureName): string => `${words[name]} ${figure(figures, name)}`
  const right = comparison.right === 0 ? "0" : term(comparison.right)
  const less = comparison.less === undefined ? "" : ` - ${term(comparison.less)}`
  const { lessIfKnown } = comparison
  const known = lessIfKnown === undefined || figures[lessIfKnown] === undefined ? "" : ` - ${term(lessIfKnown)}`
  return `${term(comparison.left)} ${comparison.operator} ${right}${less}${known}`
}
