/**
 * The stores on PostgreSQL.
 */
export * from "./layerPostgres.ts"
