/**
 * What a store wants from its database, apart from how a driver does it.
 *
 * A script is a generator: it yields statements and gets their rows. SQLite runs it in one synchronous step, as fast
 * as its driver; PostgreSQL runs it statement by statement over the wire. So there is one code base for both.
 */

/** What goes into a statement. Numbers are safe integers. */
export type SqlValue = string | number | null

/** One statement. Every `?` in `sql` is a parameter, and nothing else is: no literal holds a question mark. */
export interface Statement {
  readonly sql: string
  readonly params: ReadonlyArray<SqlValue>
}

/** One row by column name. PostgreSQL answers 64-bit integers as bigint; the readers below make them numbers. */
export type Row = Readonly<Record<string, unknown>>

/** Statements one after the other, and what is made of their rows. */
export type Script<A> = Generator<Statement, A, ReadonlyArray<Row>>

export const statement = (sql: string, ...params: ReadonlyArray<SqlValue>): Statement => ({ sql, params })

/** A script of one statement. */
export function* ask<A>(one: Statement, answer: (rows: ReadonlyArray<Row>) => A): Script<A> {
  return answer(yield one)
}

/** True if the statement answered a row. */
export const found = (rows: ReadonlyArray<Row>): boolean => rows.length > 0

export const textOrNothing = (row: Row, column: string): string | undefined => {
  const value = row[column]
  return typeof value === "string" ? value : undefined
}

/** A text that the schema says is there. */
export const text = (row: Row, column: string): string => {
  const value = textOrNothing(row, column)
  if (value === undefined) throw new TypeError(`column ${column} holds no text`)
  return value
}

export const integer = (row: Row, column: string): number => Number(row[column])

export const integerOrNothing = (row: Row, column: string): number | undefined => {
  const value = row[column]
  return value === null || value === undefined ? undefined : Number(value)
}
