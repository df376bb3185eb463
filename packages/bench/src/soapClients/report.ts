/**
 * What was measured, as tables for people.
 */
import type { Figures } from "./measure.ts"

const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const [below, above] = [(sorted.length - 1) / 2, sorted.length / 2].map((place) => sorted[Math.floor(place)])
  return below === undefined || above === undefined ? Number.NaN : (below + above) / 2
}

const table = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))
      .join("  ")
  ).join("\n")
}

type Measured = ReadonlyMap<string, ReadonlyArray<Figures>>

/** Median of the ratios of the same round, so that what slowed both does not count. */
const pairedRatio = (measured: Measured, [name, base]: readonly [string, string], callers: number): number => {
  const ours = measured.get(`${name} ${callers}`) ?? []
  const theirs = measured.get(`${base} ${callers}`) ?? []
  return median(ours.map(({ callsPerSecond }, round) => callsPerSecond / (theirs[round]?.callsPerSecond ?? Number.NaN)))
}

const loadTable = (names: ReadonlyArray<string>, callers: number, measured: Measured): string => {
  const head = ["client", "calls/s", "CPU us/call", "peak MB", "wrong", "x node-soap", "x dispatch"]
  const rows = names.map((name) => {
    const figures = measured.get(`${name} ${callers}`) ?? []
    return [
      name,
      median(figures.map((each) => each.callsPerSecond)).toFixed(0),
      median(figures.map((each) => each.cpuMicrosecondsPerCall)).toFixed(0),
      median(figures.map((each) => each.peakMegabytes)).toFixed(0),
      String(figures.reduce((sum, each) => sum + each.wrong, 0)),
      pairedRatio(measured, [name, "node-soap"], callers).toFixed(2),
      pairedRatio(measured, [name, "undici Pool.dispatch"], callers).toFixed(2)
    ]
  })
  return `${callers} callers\n${table([head, ...rows])}`
}

/** How many times the calls of node-soap. */
const goal = 3.5

/** Where a call of the gateway spends its processor time: what each layer adds to the one below. */
const shares = (callers: number, measured: Measured): string => {
  const cpu = (name: string): number =>
    median((measured.get(`${name} ${callers}`) ?? []).map((each) => each.cpuMicrosecondsPerCall))
  const steps = [
    ["undici Pool.dispatch and HTTP", cpu("undici Pool.dispatch")],
    ["strict reading and typed decoding", cpu("dispatch, read") - cpu("undici Pool.dispatch")],
    ["checking and writing the request", cpu("dispatch, write, read") - cpu("dispatch, read")],
    ["queue, breaker, deadline, span, metric, exchange", cpu("this gateway") - cpu("dispatch, write, read")]
  ] as const
  const whole = cpu("this gateway")
  const rows = steps.map(([what, us]) => [what, us.toFixed(0), `${(us / whole * 100).toFixed(0)} %`])
  return `where the CPU of a call goes at ${callers} callers\n${table([["what", "us", "share"], ...rows])}`
}

export const report = (names: ReadonlyArray<string>, loads: ReadonlyArray<number>, measured: Measured): string => {
  const ratio = pairedRatio(measured, ["this gateway", "node-soap"], 16)
  return [
    ...loads.map((callers) => loadTable(names, callers, measured)),
    shares(16, measured),
    `goal: at least ${goal} x node-soap at 16 callers; measured: ${ratio.toFixed(2)} x, ${
      ratio >= goal ? "met" : "missed"
    }`
  ].join("\n\n")
}
