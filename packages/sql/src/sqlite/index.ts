/**
 * The stores on SQLite. Loads nothing of PostgreSQL.
 */
export { copyInto, inspectCopy } from "./backup.ts"
export * from "./layerSqlite.ts"
export type { SqliteOptions } from "./SqliteFile.ts"
export { openSqlite } from "./sqliteDatabase.ts"
