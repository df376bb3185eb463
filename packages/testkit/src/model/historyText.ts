/**
 * The result of a stream in a few lines, for commands that print it.
 */
import type { StreamHistory } from "./runCommandStream.ts"

/** What ran, how fast, and the digest that every correct store gives for this seed and length. */
export const historyText = (
  stores: string,
  history: StreamHistory,
  { elapsedMs, seed }: { readonly elapsedMs: number; readonly seed: number }
): string => {
  const counts = Object.entries(history.callsByMethod).toSorted(([a], [b]) => a < b ? -1 : 1)
    .map(([method, { calls, refusals }]) =>
      `  ${method.padEnd(20)} ${String(calls).padStart(8)} ${String(refusals).padStart(8)}`
    )
  return [
    `${stores}: ${history.commands} commands of seed ${seed}, ${history.comparisons} answers as the model's`,
    `${stores}: ${(elapsedMs / 1000).toFixed(1)} s, digest ${history.digest}`,
    `  ${"method".padEnd(20)} ${"calls".padStart(8)} ${"refused".padStart(8)}`,
    ...counts
  ].join("\n")
}
