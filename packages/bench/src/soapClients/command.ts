/**
 * SOAP clients side by side: `npm run --workspace packages/bench bench:soap [ROUNDS]`.
 *
 * Every measurement is a process of its own against one server in another; rounds are interleaved, so that a busy moment
 * of the machine hits all clients alike, and each figure is the median of its rounds. Nothing is asserted: the goal is
 * 3.5 times the calls of node-soap at 16 callers, and the last lines say what became of it.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { type ClientName, clients, type Figures, type Load, measure } from "./measure.ts"
import { report } from "./report.ts"

const roundsDefault = 5
/**
 * At one caller each call waits for the one before. A gateway runs for days: with fewer calls, half of the time is the
 * compiler's, and whoever has more code to compile looks slower than it is.
 */
const loads: ReadonlyArray<Load> = [
  { callers: 1, calls: 5_000 },
  { callers: 16, calls: 20_000 },
  { callers: 64, calls: 20_000 }
]

const isClientName = (name: string): name is ClientName => Object.hasOwn(clients, name)

/** Starts this very file for another purpose. */
const start = (...args: ReadonlyArray<string>): ChildProcess =>
  spawn(process.execPath, ["--conditions=@docdata/source", fileURLToPath(import.meta.url), ...args], {
    stdio: ["ignore", "pipe", "inherit"]
  })

const outputOf = async (child: ChildProcess): Promise<string> => {
  let text = ""
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk
  })
  const [exit] = await once(child, "close") as [number | null]
  if (exit !== 0) throw new Error(`a measurement ended with ${exit}`)
  return text
}

const compare = async (rounds: number): Promise<void> => {
  const server = start("serve")
  try {
    const [line] = await once(server.stdout!.setEncoding("utf8"), "data") as [string]
    const url = line.trim()
    const measured = new Map<string, Array<Figures>>()
    for (let round = 1; round <= rounds; round += 1) {
      for (const { callers, calls } of loads) {
        for (const name of Object.keys(clients)) {
          const figures = JSON.parse(
            await outputOf(start("measure", name, url, String(callers), String(calls)))
          ) as Figures
          measured.set(`${name} ${callers}`, [...measured.get(`${name} ${callers}`) ?? [], figures])
        }
      }
      console.error(`round ${round} of ${rounds}`)
    }
    console.log(report(Object.keys(clients), loads.map(({ callers }) => callers), measured))
  } finally {
    server.kill()
  }
}

const [purpose, name = "", url = "", callers = "1", calls = "1"] = process.argv.slice(2)
// The simulator is loaded by the server alone.
if (purpose === "serve") (await import("./server.ts")).serve()
else if (purpose === "measure" && isClientName(name)) {
  console.log(JSON.stringify(await measure(name, url, { callers: Number(callers), calls: Number(calls) })))
} else await compare(purpose === undefined ? roundsDefault : Number(purpose))
