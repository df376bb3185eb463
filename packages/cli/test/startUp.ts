/**
 * How long the bundled command takes to start: `npm run --workspace packages/cli start-up`. Prints the median and the
 * slowest of some runs; nothing is asserted, since a busy machine is no defect.
 */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

const command = fileURLToPath(new URL("../bin/docdata.js", import.meta.url))
const runs = 21

const measure = (args: ReadonlyArray<string>): ReadonlyArray<number> =>
  Array.from({ length: runs }, () => {
    const startedMs = performance.now()
    const { status } = spawnSync(process.execPath, [command, ...args], { stdio: "ignore" })
    if (status !== 0) throw new Error(`docdata ${args.join(" ")} ended with ${status}`)
    return performance.now() - startedMs
  }).toSorted((a, b) => a - b)

for (const args of [["--version"], ["--help"], ["explain", "--help"], ["explain", "--demo"], ["schema", "explain"]]) {
  // The first run fills the compile cache.
  measure(args.slice(0, 0).concat("--version"))
  const times = measure(args)
  const [median, slowest] = [times[Math.floor(runs / 2)]!, times.at(-1)!].map((ms) => `${ms.toFixed(0)} ms`)
  console.log(`docdata ${args.join(" ").padEnd(16)} median ${median}, slowest ${slowest} of ${runs}`)
}
