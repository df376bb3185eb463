/**
 * Runs a long stream of random commands on SQLite and on PostgreSQL, each beside the plain model:
 * `npm run sql-histories -- --commands 100000 --seed 1`.
 *
 * Prints the digests of the observable histories, which are the same for every store that answers as the model does;
 * `npm run store-histories` prints that of the memory stores. Exit code 1 when an answer or a digest differs.
 */
import { parseArgs } from "node:util"
import { historyText, runCommandStream } from "@docdata/testkit"
import { startPostgres } from "@docdata/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { layerPostgres } from "../../src/postgres/index.ts"
import { layerSqlite } from "../../src/sqlite/index.ts"
import { onTemporary, temporaryDatabase, temporaryFile } from "../support/databases.ts"

const { values } = parseArgs({
  options: { commands: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } }
})
const commands = Number(values.commands)
const seed = Number(values.seed)
if (!Number.isSafeInteger(commands) || commands < 1 || !Number.isSafeInteger(seed)) {
  console.error("--commands takes a whole number above zero, --seed a whole number")
  process.exit(2)
}

const run = async (name: string, layer: Parameters<typeof runCommandStream>[0]): Promise<string> => {
  const startedMs = performance.now()
  const history = await Effect.runPromise(runCommandStream(layer, { seed, commands }))
  console.log(historyText(name, history, { seed, elapsedMs: performance.now() - startedMs }))
  return history.digest
}

// Answers are compared here, not what a disk keeps: nothing waits for one.
const digests = [
  await run("SQLite", onTemporary(temporaryFile, (file) => layerSqlite({ file, durability: "normal" })))
]
const server = await startPostgres({ fsync: false })
if (server === undefined) {
  console.log(`no PostgreSQL for ${process.platform}-${process.arch}`)
  if (process.env["CI"] === "true") process.exitCode = 1
} else {
  try {
    digests.push(
      await run(
        "PostgreSQL",
        onTemporary(temporaryDatabase(server.url), (url) => layerPostgres({ url: Redacted.make(url) }))
      )
    )
  } finally {
    await server.stop()
  }
}
if (new Set(digests).size > 1) process.exitCode = 1
