/**
 * Where lines and totals disagree. Lines that show more are an error: the totals lag behind money that moved.
 */
import type { StrictFinding, TotalName } from "../Finding.ts"
import type { Facts } from "./Facts.ts"

type Findings = Array<StrictFinding>

const totalNames: ReadonlyArray<TotalName> = ["captured", "refunded", "chargedBack"]

const compareOwn = ({ figures: { currency }, lines, totals }: Facts, findings: Findings): void => {
  for (const total of totalNames) {
    const [shown, reported] = [lines.own[total], totals[total]]
    if (shown > reported) findings.push({ kind: "lines-above-totals", total, lines: shown, reported, currency })
    // What lines in other currencies add to the totals is not known.
    if (shown < reported && !lines.isConverted) {
      findings.push({ kind: "lines-below-totals", total, lines: shown, reported, currency })
    }
  }
}

/** What the totals hold of lines in other currencies. */
const restOf = ({ lines, totals }: Facts, total: TotalName): number => totals[total] - lines.own[total]

// Nothing at all of what a line shows in its own currency has reached the totals.
const findMissing = (facts: Facts, findings: Findings): boolean => {
  const before = findings.length
  for (const total of totalNames) {
    if (restOf(facts, total) > 0) continue
    for (const [currency, shown] of facts.lines.others) {
      if (shown[total] === 0) continue
      findings.push({ kind: "lines-above-totals", total, lines: shown[total], reported: 0, currency })
    }
  }
  return findings.length > before
}

// All of it went back, and the totals, in which that must leave nothing but roundings, show less.
const findLag = (facts: Facts, findings: Findings): void => {
  const { figures: { currency }, lines } = facts
  const [captured, refunded, chargedBack] = totalNames.map((total) => restOf(facts, total)) as [number, number, number]
  const left = captured - refunded - chargedBack
  if (!lines.isOtherReturned || left <= lines.convertedReturns) return
  const total = refunded > 0 || chargedBack === 0 ? "refunded" : "chargedBack"
  const reported = total === "refunded" ? refunded : chargedBack
  findings.push({ kind: "lines-above-totals", total, lines: reported + left, reported, currency })
}

/** Remarks on every disagreement, each currency by itself. */
export const compareLines = (facts: Facts, findings: Findings): void => {
  // Without lines there is a finding of its own.
  if (facts.readings.length === 0) return
  compareOwn(facts, findings)
  if (facts.lines.others.size > 0 && !findMissing(facts, findings)) findLag(facts, findings)
}
