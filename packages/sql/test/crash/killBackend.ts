/**
 * Kills one session of a PostgreSQL server on this machine: the server then drops all others and recovers from its log,
 * as after a crash.
 */
import { readdirSync, readFileSync } from "node:fs"

/** The server process that listens on the port of the url, found by its command line. */
const serverProcess = (url: string): number | undefined => {
  const setting = `port=${new URL(url).port}`
  const found = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).find((name) => {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0")
      return command.includes(setting) && command[0]!.endsWith("/postgres")
    } catch {
      // It is gone already.
      return false
    }
  })
  return found === undefined ? undefined : Number(found)
}

/** A child that serves a client: its title says so. */
export const killBackend = (serverUrl: string): void => {
  const server = serverProcess(serverUrl)
  if (server === undefined) return
  const children = readFileSync(`/proc/${server}/task/${server}/children`, "utf8").trim().split(" ")
  const backend = children.find((child) => {
    try {
      return /^postgres: docdata .*127\.0\.0\.1/.test(readFileSync(`/proc/${child}/cmdline`, "utf8"))
    } catch {
      return false
    }
  })
  if (backend !== undefined) process.kill(Number(backend), "SIGKILL")
}
