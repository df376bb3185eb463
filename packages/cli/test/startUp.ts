/**
 * How long the bundled command takes to start: `npm run --workspace packages/cli start-up`. Prints the median and the
 * slowest of some runs; nothing is asserted, since a busy machine is no defect.
 */
import { startSimulator } from "@docdata/simulator"
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"

const command = fileURLToPath(new URL("../bin/docdata.js", import.meta.url))
const runs = 21

const folder = mkdtempSync(join(tmpdir(), "docdata-start-up-"))
const simulator = await startSimulator({ merchants: [{ name: "demo_shop", password: "demo-password" }] })
const env = {
  ...process.env,
  DOCDATA_SQLITE_FILE: join(folder, "orders.sqlite"),
  DOCDATA_MERCHANTS: "shop",
  DOCDATA_SHOP_LOGIN: "demo_shop",
  DOCDATA_SHOP_PASSWORD: "demo-password",
  DOCDATA_TEST_ENDPOINT: simulator.url
}

// Not spawnSync: the simulator answers in this process.
const answerOf = async (args: ReadonlyArray<string>, input = ""): Promise<string> => {
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ["pipe", "pipe", "inherit"] })
  child.stdin.end(input)
  const [stdout] = await Promise.all([text(child.stdout), once(child, "exit")])
  return stdout
}

const name = { first: "Nobody", last: "Real" }
const order = {
  buyer: { _tag: "Shopper", id: "c-1", name, email: "nobody@shop.example", language: "nl", gender: "undefined" },
  total: { minor: 4_990, currency: "EUR" },
  billTo: { name, address: { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" } }
}
await answerOf(["migrate"])
const create = ["orders", "create", "-", "--shop-reference", "web-1", "--idempotency-key", "web-1", "--json"]
const { id, orderKey } = JSON.parse(await answerOf(create, JSON.stringify(order))) as { id: string; orderKey: string }
await simulator.act({ do: "pay", orderKey, method: "IDEAL" })
await answerOf(["orders", "refresh", id])
await simulator.close()

const timesOf = (args: ReadonlyArray<string>): ReadonlyArray<number> =>
  Array.from({ length: runs }, () => {
    const startedMs = performance.now()
    const { status } = spawnSync(process.execPath, args, { env, stdio: "ignore" })
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`)
    return performance.now() - startedMs
  }).toSorted((a, b) => a - b)

const measured = [
  ["--version"],
  ["--help"],
  ["explain", "--help"],
  ["explain", "--demo"],
  ["orders", "explain", id],
  ["orders", "list"],
  ["schema", "explain"]
]
/** An empty program, beside every command: what the machine does meanwhile slows both. */
const nothing = ["-e", "0"]
for (const args of measured) {
  const [empty, times] = [timesOf(nothing), timesOf([command, ...args])]
  const middle = Math.floor(runs / 2)
  const [without, median, slowest] = [empty[middle]!, times[middle]!, times.at(-1)!].map((ms) => `${ms.toFixed(0)} ms`)
  console.log(
    `docdata ${
      args.slice(0, 2).join(" ").padEnd(16)
    } median ${median}, slowest ${slowest} of ${runs}; node alone ${without}`
  )
}
rmSync(folder, { recursive: true, force: true })
