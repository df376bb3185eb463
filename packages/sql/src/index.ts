/**
 * What both databases share. The stores themselves are in `@docdata/sql/sqlite` and `@docdata/sql/postgres`, apart, so
 * that whoever uses one does not load the driver of the other.
 */
export { Database } from "./Database.ts"
export { migrate } from "./migrations/migrate.ts"
