/**
 * Aligned rows whose last column is a sentence: it is broken so that the lines fit the width.
 */
import { table } from "./table.ts"
import { beside } from "./wrap.ts"

export const tableWithin = (rows: ReadonlyArray<ReadonlyArray<string>>, width: number): ReadonlyArray<string> => {
  const labels = table(rows.map((row) => row.slice(0, -1)))
  const labelWidth = Math.max(0, ...labels.map(({ length }) => length)) + 2
  return rows.flatMap((row, index) => beside(labels[index]!.padEnd(labelWidth), row.at(-1) ?? "", width))
}
