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
 * Exit code 1 when anything was lost.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { startPostgres } from "@docdata/testkit/postgres"
import { build } from "esbuild"
import { crashRun } from "./crashRun.ts"

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
  conditions: ["source"],
  outfile: program,
  logLevel: "error"
})

const runOn = async (name: string, serverUrl: string | undefined): Promise<void> => {
  const onProgress = (done: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${done} of ${kills} kills `)
  }
  const report = await crashRun({ program, serverUrl, kills, onProgress })
  const { acknowledgements, events, problems, repeats, serverCrashes } = report
  const crashes = serverUrl === undefined ? "" : `, ${serverCrashes} crashes of the server`
  console.log(
    `${name}: ${report.kills} kills${crashes}, ${acknowledgements} answers kept, ${events} events, ${repeats} repeats`
  )
  for (const [failure, count] of report.failures) console.log(`  ${count} x ${failure}`)
  for (const problem of problems.slice(0, 20)) console.error(`  WRONG: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}

try {
  if (values.engine !== "postgres") await runOn("SQLite, synchronous = FULL", undefined)
  if (values.engine !== "sqlite") {
    const server = await startPostgres({ fsync: true })
    if (server === undefined) {
      console.log(`no PostgreSQL for ${process.platform}-${process.arch}`)
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
}
