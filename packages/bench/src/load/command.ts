/**
 * `npm run load`: notifications per second that `docdata serve` makes durable on one SQLite file with
 * `synchronous = FULL`, hit from another process, beside what the bare driver does on the same disk in the same run.
 *
 *     npm run load                  ten seconds
 *     npm run load -- --seconds 30  longer
 *
 * The service does everything it does: it refreshes each order that is notified, at an offline Docdata in this process.
 * Before, 10,000 notifications of one order: how many refreshes they cause.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { parseArgs } from "node:util"
import { type Simulator, startSimulator } from "@docdata/simulator"
import type { Result } from "autocannon"
import { bareInsertsPerSecond } from "./bareInserts.ts"
import { seedOrders } from "./seedOrders.ts"
import { serveProcess } from "./serveProcess.ts"
import { fire } from "./Volley.ts"

const { values } = parseArgs({ options: { seconds: { type: "string", default: "10" } } })
const seconds = Number(values.seconds)
if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > 60) {
  console.error("--seconds takes a whole number from 1 to 60")
  process.exit(2)
}

const connections = 100
const burst = 10_000
// A burst of five per order and one more in five seconds is what the service takes; below it nothing is refused.
const orderCount = 1_000 * seconds
const provider = { name: "load_shop", password: "load-password" }

const statusCalls = (simulator: Simulator, key: string): number =>
  simulator.requests().filter(({ operation, request }) => operation === "status" && request?.includes(key)).length

const cells = (name: string, { "2xx": taken, duration, errors, latency, non2xx }: Result): ReadonlyArray<string> => [
  name,
  String(taken),
  (taken / duration).toFixed(0),
  String(latency.p50),
  String(latency.p99),
  String(non2xx),
  String(errors)
]

const print = (rows: ReadonlyArray<ReadonlyArray<string>>): void => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  for (const row of rows) {
    const line = row.map((cell, column) => column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))
    console.log(line.join("  "))
  }
}

const measure = async (folder: string, simulator: Simulator): Promise<void> => {
  const known = { endpoint: simulator.url, file: join(folder, "docdata.sqlite"), provider }
  console.log(`creating ${orderCount} orders ...`)
  const [first, ...others] = await seedOrders({ ...known, count: orderCount })
  const references = others.map(({ orderReference }) => orderReference)
  const bareBefore = await bareInsertsPerSecond(join(folder, "before.sqlite"), 3)
  const { end, origin } = await serveProcess(known)
  try {
    const one = await fire({ origin, connections, references: [first!.orderReference], length: { amount: burst } })
    // What comes within a second of a refresh waits until that second is over.
    await setTimeout(3_000)
    const refreshes = statusCalls(simulator, first!.key)
    const many = await fire({ origin, connections, references, length: { duration: seconds } })
    await end()
    const bareAfter = await bareInsertsPerSecond(join(folder, "after.sqlite"), 3)
    const bare = (bareBefore + bareAfter) / 2
    print([
      ["", "durable", "per second", "p50 ms", "p99 ms", "refused", "errors"],
      cells(`${burst} notifications of one order`, one),
      cells(`notifications of ${references.length} orders`, many)
    ])
    console.log(`
bare SQLite, same insert, FULL: ${bareBefore.toFixed(0)}/s before, ${bareAfter.toFixed(0)}/s after
share of it, with everything behind it: ${(many["2xx"] / many.duration / bare).toFixed(2)}
status calls for the one order: ${refreshes} in ${Math.ceil(one.duration)} s (at most 2 within a second)`)
  } finally {
    await end()
  }
}

const folder = mkdtempSync(join(tmpdir(), "docdata-load-"))
const simulator = await startSimulator({ clock: "wall", merchants: [provider] })
try {
  await measure(folder, simulator)
} finally {
  await simulator.close()
  rmSync(folder, { recursive: true })
}
