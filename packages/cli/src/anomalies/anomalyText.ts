/**
 * Anomalies as lines, for people and for machines.
 */
import { type Anomaly, anomalyCatalogue, anomalyStateOf } from "@docdata/application"
import { colourOfLevel, makePaint } from "../text/Paint.ts"
import { printable } from "@docdata/service/text"
import { instantText, whenText } from "../text/whenText.ts"
import { beside } from "../text/wrap.ts"
import type { AnomalyLine } from "./AnomalyLine.ts"

export const anomalyJson = (anomaly: Anomaly): string => {
  const { acknowledged, changedAtMs, data, id, kind, level, merchant, orderId, raisedAtMs, resolvedAtMs, subject } =
    anomaly
  const { action, meaning } = anomalyCatalogue[kind]
  const line: typeof AnomalyLine.Type = {
    id,
    ...(merchant === undefined ? {} : { merchant }),
    ...(orderId === undefined ? {} : { orderId }),
    kind,
    subject,
    level,
    state: anomalyStateOf(anomaly),
    data,
    meaning,
    action,
    raised: instantText(raisedAtMs),
    changed: instantText(changedAtMs),
    ...(acknowledged === undefined ? {} : { acknowledged: acknowledgementOf(acknowledged) }),
    ...(resolvedAtMs === undefined ? {} : { resolved: instantText(resolvedAtMs) })
  }
  return JSON.stringify(line)
}

const acknowledgementOf = ({ atMs, by, note }: NonNullable<Anomaly["acknowledged"]>) => ({
  at: instantText(atMs),
  by,
  ...(note === undefined ? {} : { note })
})

interface TextOptions {
  readonly colour: boolean
  readonly columns: number
  readonly nowMs: () => number
}

/** What it is, whose, since when, who knows, and what to do. */
export const anomalyText = (anomaly: Anomaly, { colour, columns, nowMs }: TextOptions): string => {
  const { acknowledged, id, kind, level, merchant = "the service", orderId, raisedAtMs, subject } = anomaly
  const { action, meaning } = anomalyCatalogue[kind]
  const paint = makePaint(colour)
  const about = [orderId, printable(subject)].filter((part) => part !== undefined && part !== "").join(", ")
  const known = acknowledged === undefined
    ? []
    : [
      `known to ${printable(acknowledged.by)}${
        acknowledged.note === undefined ? "" : `: ${printable(acknowledged.note)}`
      }`
    ]
  const indent = " ".repeat(9)
  return [
    `${paint(colourOfLevel[level], level.padEnd(7))}  ${kind}  ${id}  ${anomalyStateOf(anomaly)}`,
    `${indent}${merchant}${about === "" ? "" : `, ${about}`}, raised ${whenText(raisedAtMs, nowMs())}`,
    ...known.flatMap((text) => beside(indent, text, columns)),
    ...beside(indent, meaning, columns),
    ...beside(`${indent}do: `, action, columns)
  ].join("\n")
}
