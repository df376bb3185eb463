import { pageSizeMax } from "@docdata/application"

/** What a request for so many items means: at least one, at most a page. */
export const pageSize = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), pageSizeMax)
