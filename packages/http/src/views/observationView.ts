/**
 * Decisions, findings and observations as the API tells them.
 */
import type { Observation as StoredObservation } from "@docdata/application"
import type { DecisionView, FindingView, Observation } from "@docdata/contract"
import { type Decision, type Finding, findingCatalogue, levelOf } from "@docdata/domain"
import { instantView, moneyView, moneyViews } from "./moneyView.ts"

/** The fields of findings and anomalies that are amounts, by their name there. */
const amountNames = new Map([
  ["registered", "registered"],
  ["gross", "gross"],
  ["captured", "captured"],
  ["net", "net"],
  ["by", "by"],
  ["lines", "lines"],
  ["reported", "reported"],
  ["outstanding", "outstanding"],
  ["rest", "rest"],
  ["uncaptured", "uncaptured"],
  ["kept", "kept"],
  ["short", "short"],
  ["chargedBack", "chargedBack"],
  ["amountMinor", "amount"]
])

/** What is said besides a kind. The currency that stands beside amounts moves into them. */
export const dataView = (
  { currency, ...data }: Readonly<Record<string, unknown>>,
  orderCurrency?: string
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      if (name === "lapsesAtMs" && typeof value === "number") return ["lapsesAt", instantView(value)]
      const amountName = amountNames.get(name)
      return amountName === undefined || typeof value !== "number"
        ? [name, value]
        : [amountName, moneyView(value, typeof currency === "string" ? currency : orderCurrency)]
    })
  )

export const findingView = (finding: Finding, orderCurrency?: string): typeof FindingView.Type => {
  const { kind, ...data } = finding
  const { action, meaning } = findingCatalogue[kind]
  return { kind, level: levelOf(finding), meaning, action, data: dataView(data, orderCurrency) }
}

const figureNames = [
  "registered",
  "shopperPending",
  "acquirerPending",
  "acquirerApproved",
  "captured",
  "refunded",
  "chargedBack",
  "reversed",
  "margin",
  "paidCover",
  "shipCover",
  "kept",
  "net"
] as const satisfies ReadonlyArray<keyof Decision["figures"]>

const figuresView = (figures: Decision["figures"]): (typeof DecisionView.Type)["figures"] => ({
  ...moneyViews(figures, figureNames, figures.currency),
  ...(figures.released === undefined ? {} : { released: moneyView(figures.released, figures.currency) }),
  ...(figures.gross === undefined ? {} : { gross: moneyView(figures.gross, figures.currency) })
})

const decisionView = ({ figures, ...decision }: Decision): typeof DecisionView.Type => ({
  ...decision,
  figures: figuresView(figures)
})

const reportView = ({ report: { totals, ...report } }: StoredObservation, orderCurrency: string) => ({
  ...report,
  totals: Object.fromEntries(
    Object.entries(totals).map(([name, value]) =>
      typeof value === "number" ? [name, moneyView(value, totals.exchangedTo ?? orderCurrency)] : [name, value]
    )
  )
})

/** How much of an observation is told: without `report` nothing that may name people. */
export type ObservationDetail = "decision" | "report"

export const observationView = (
  observation: StoredObservation,
  { currency, detail }: { readonly currency: string; readonly detail: ObservationDetail }
): typeof Observation.Type => ({
  revision: observation.revision,
  observedBy: observation.observedBy,
  askedAt: instantView(observation.askedAtMs),
  answeredAt: instantView(observation.answeredAtMs),
  rules: observation.rules,
  decision: decisionView(observation.decision),
  findings: observation.findings.map((finding) => findingView(finding, currency)),
  ...(detail === "decision" ? {} : {
    report: reportView(observation, currency),
    ...(observation.exchange === undefined ? {} : { exchange: observation.exchange })
  })
})
