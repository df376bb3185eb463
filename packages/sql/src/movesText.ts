/**
 * The tables of moves as conditions of SQL. Their words are our own constants, without quotes in them.
 */
import type { Move } from "@docdata/domain"

/** The condition that a column holds one of the states that the move begins in. */
export const fromText = (column: string, { from }: Move<string>): string => {
  const [first, ...rest] = from.map((state) => `'${state}'`)
  return rest.length === 0 ? `${column} = ${first}` : `${column} IN (${[first, ...rest].join(", ")})`
}
