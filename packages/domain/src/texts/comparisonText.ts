/**
 * Comparisons as people read them: in major units with their currency.
 */
import * as Figures from "../Figures.ts"
import * as Amount from "../Money.ts"

const words: Readonly<Record<Figures.FigureName, string>> = {
  registered: "registered",
  shopperPending: "promised by the shopper",
  acquirerPending: "asked of the acquirer",
  acquirerApproved: "approved",
  captured: "captured",
  refunded: "refunded",
  chargedBack: "charged back",
  reversed: "reversed",
  gross: "the order's amount",
  margin: "the margin",
  released: "what the shop gave up",
  paidCover: "covered",
  shipCover: "covered for shipping",
  kept: "left after returns",
  net: "net"
}

const operators: Readonly<Record<Figures.Comparison["operator"], string>> = {
  ">=": "is at least",
  ">": "is more than",
  "<": "is less than",
  "<=": "is at most",
  "=": "is"
}

const term = (name: Figures.FigureName, figures: Figures.Figures): string => {
  const minor = Figures.figure(figures, name)
  return Number.isNaN(minor)
    ? `${words[name]} (unknown)`
    : `${words[name]} ${Amount.format({ minor, currency: figures.currency })}`
}

/** `captured 5.00 EUR is at least registered 5.00 EUR`. A margin of nothing and an absent figure are left out. */
export const comparisonText = (
  { left, less, lessIfKnown, operator, right }: Figures.Comparison,
  figures: Figures.Figures
): string => {
  const bound = right === 0 ? "nothing" : term(right, figures)
  const taken = [less, lessIfKnown].flatMap((name) =>
    name === undefined || (figures[name] ?? 0) === 0 ? [] : [` less ${term(name, figures)}`]
  )
  return `${term(left, figures)} ${operators[operator]} ${bound}${taken.join("")}`
}
