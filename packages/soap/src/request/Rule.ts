/**
 * The rules of single values stand in the application: they hold whatever carries the request.
 */
export * from "@docdata/application/requests"
