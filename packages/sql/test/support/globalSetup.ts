/**
 * One PostgreSQL for a run of these tests: that of DATABASE_URL, else one of our own. Without either the tests that
 * need it are not there; that is said in one line, and is a failure where CI is set.
 */
import { startPostgres } from "@docdata/testkit/postgres"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** Of a database in which others may be created; empty where there is no PostgreSQL. */
    postgresUrl: string
  }
}

export const setup = async (project: TestProject): Promise<(() => Promise<void>) | undefined> => {
  const given = process.env["DATABASE_URL"]
  if (given !== undefined && given !== "") {
    project.provide("postgresUrl", given)
    return undefined
  }
  // Nothing here outlives the run, and what is said about crashes is said elsewhere, with fsync on.
  const server = await startPostgres({ fsync: false })
  project.provide("postgresUrl", server?.url ?? "")
  if (server === undefined) {
    const line = `no PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to test against one`
    if (process.env["CI"] === "true") throw new Error(line)
    console.log(line)
  }
  return server?.stop
}
