/**
 * Where SQLite and PostgreSQL differ.
 */
import type { Row, Script, SqlValue, Statement } from "./Script.ts"

/** A table that rows are written into; `columns` in the order in which rows give their values. */
export interface TableWrite {
  readonly table: string
  readonly columns: Readonly<Record<string, "text" | "number">>
  /** Further columns, whose values are those of the guard's row. */
  readonly ofGuard?: ReadonlyArray<string>
  /** What happens to a row that is there already. Without it, that is a failure. */
  readonly onConflict?: string
  /** Leaves out rows for which `table` has no row whose `id` is their `column`; such a row stays until they are stored. */
  readonly onlyWith?: { readonly table: string; readonly column: string }
}

/** What goes with a guarded change. */
export type Write =
  | { readonly kind: "rows"; readonly into: TableWrite; readonly rows: ReadonlyArray<ReadonlyArray<SqlValue>> }
  /** Removes the rows of an order whose `column` is none of `kept`. */
  | {
    readonly kind: "others"
    readonly table: string
    readonly column: string
    readonly orderId: string
    readonly kept: ReadonlyArray<string>
  }
  /** Removes the rows with these values in `columns`. */
  | {
    readonly kind: "gone"
    readonly table: string
    readonly columns: readonly [string, string]
    readonly rows: ReadonlyArray<readonly [string, string]>
  }

export interface Dialect {
  readonly name: "sqlite" | "postgres"
  /** What follows a column that has to be one of the texts of one parameter, which is a JSON array. */
  readonly amongTexts: string
  /** A subquery over (order id, revision, position) of one parameter, which is a JSON array of such arrays. */
  readonly eventList: string
  /** Ends a SELECT: nobody else changes the row until the transaction ends. Keys stay readable by foreign keys. */
  readonly lockRow: string
  /** Ends a SELECT: nobody removes the row until the transaction ends. */
  readonly keepRow: string
  /** Ends a SELECT of rows `d`: rows that somebody else holds are left out. */
  readonly skipLocked: string
  /** Lets places in the feed be given by one at a time; nothing where that is so anyway. */
  readonly feedTurn: Statement | undefined
  /** Lets one claim of a merchant's inbox items happen at a time; nothing where that is so anyway. */
  readonly claimTurn: (merchant: string) => Statement | undefined
  /**
   * Runs `guard`, an UPDATE that changes one row of `docdata_orders` or none and RETURNS its `id` and more, and the
   * writes only if it changed one. Answers the guard's row. PostgreSQL does all of it in one statement.
   */
  readonly guarded: (guard: Statement, writes: ReadonlyArray<Write>) => Script<Row | undefined>
}
