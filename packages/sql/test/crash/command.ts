/**
 * `npm run crash`: no kill loses what was answered.
 *
 *     npm run crash                               200 kills on SQLite and 200 on PostgreSQL
 *     npm run crash -- --kills 10000              as many as wanted
 *     npm run crash -- --engine sqlite            one engine
 *
 * A process with twenty workers is killed by SIGKILL at a random instant, the stores are opened again and everything
 * that was answered is looked for. That shows the death of a process (and, with PostgreSQL, the crash of the server),
 * not the loss of power: what the disk promised is not put to the test.
 *
 * How far it is and how long it will take goes to stderr, the table to stdout. SIGINT or SIGTERM ends the run after the
 * kill in hand, with the table of what ran. Exit code 0 when nothing was lost, 1 when anything was, 2 when the command is
 * wrong, 130 when it was ended before all kills.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { startPostgres } from "@docdata/testkit/postgres"
import { build } from "esbuild"
import { crashRun } from "./crashRun.ts"
import { Progress } from "./Progress.ts"
import { type EngineRun, reportText } from "./reportText.ts"

/** As a shell says it of a command that SIGINT ended. */
const interruptedExitCode = 130

const { values } = parseArgs({
  options: { kills: { type: "string", default: "200" }, engine: { type: "string", default: "both" } }
})
const kills = Number(values.kills)
if (!Number.isSafeInteger(kills) || kills < 1 || !["both", "sqlite", "postgres"].includes(values.engine)) {
  console.error("usage: npm run crash -- [--kills N] [--engine sqlite|postgres]")
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), "docdata-crash-"))
const program = join(folder, "worker.mjs")
await build({
  entryPoints: [join(import.meta.dirname, "worker.ts")],
  bundle: true,
  platform: "node",
  format: "esm",
  conditions: ["@docdata/source"],
  outfile: program,
  logLevel: "error"
})

// Whoever has waited long enough gets the report of what ran until then.
const enough = new AbortController()
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => enough.abort())

const runs: Array<EngineRun> = []

const runOn = async (engine: string, serverUrl: string | undefined): Promise<void> => {
  if (enough.signal.aborted) return
  const progress = new Progress(engine, kills)
  const report = await crashRun({
    program,
    serverUrl,
    kills,
    enough: enough.signal,
    onProgress: (done) => progress.show(done)
  })
  progress.clear()
  runs.push({ engine, elapsed: progress.elapsed, report })
  for (const problem of report.problems.slice(0, 20)) console.error(`WRONG on ${engine}: ${problem}`)
  if (report.problems.length > 0) process.exitCode = 1
}

try {
  if (values.engine !== "postgres") await runOn("SQLite, synchronous = FULL", undefined)
  if (values.engine !== "sqlite") {
    const server = await startPostgres({ fsync: true })
    if (server === undefined) {
      console.error(`no PostgreSQL for ${process.platform}-${process.arch}`)
      if (process.env["CI"] === "true") process.exitCode = 1
    } else {
      try {
        await runOn("PostgreSQL, fsync = on", server.url)
      } finally {
        await server.stop()
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true })
  if (runs.length > 0) console.log(reportText(runs))
}
if (enough.signal.aborted && process.exitCode === undefined) process.exitCode = interruptedExitCode
