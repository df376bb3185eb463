/**
 * The stores on PostgreSQL.
 */
export * from "./layerPostgres.ts"
export { openPostgres } from "./postgresDatabase.ts"
