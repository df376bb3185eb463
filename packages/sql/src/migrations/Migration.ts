/**
 * One step of the schema. Steps are numbered without gaps, go forward only and are never changed once released.
 */

/** The words in which the two databases differ. */
export interface SchemaTypes {
  /** Text that is compared code point by code point. */
  readonly text: string
  /** 64-bit integer. */
  readonly int: string
  /** Ends a table. */
  readonly strict: string
  /** Ends a table of small rows that is best kept in the order of its primary key. */
  readonly clustered: string
}

export interface Migration {
  readonly id: number
  readonly name: string
  readonly statements: (words: SchemaTypes) => ReadonlyArray<string>
}

export const schemaTypes: Readonly<Record<"sqlite" | "postgres", SchemaTypes>> = {
  sqlite: { text: "TEXT", int: "INTEGER", strict: " STRICT", clustered: " WITHOUT ROWID, STRICT" },
  postgres: { text: `TEXT COLLATE "C"`, int: "BIGINT", strict: "", clustered: "" }
}
