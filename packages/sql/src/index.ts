/**
 * What both databases share. The stores themselves are in `@docdata/sql/sqlite` and `@docdata/sql/postgres`, apart, so
 * that whoever uses one does not load the driver of the other.
 */
export { Database } from "./Database.ts"
export * from "./importer/importReference.ts"
export type { ImportFailure } from "./importer/translate.ts"
export { migrate } from "./migrations/migrate.ts"
export { type SchemaVersion, schemaVersion } from "./migrations/schemaVersion.ts"
export { probeWrite } from "./probeWrite.ts"
export { countPurgeable, purge, type Purged } from "./retention/purge.ts"
