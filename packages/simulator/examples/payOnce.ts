import { startSimulator } from "@docdata/simulator"

const simulator = await startSimulator({ seed: 7 }) // any free port of this machine, and a clock that stands still
const made = await simulator.act({ do: "create-order", reference: "web-1", amountMinor: 4990, currency: "EUR" })
if (!made.ok) throw new Error(made.why)
const { orderKey } = made // your shop gets it from `create`, sent to simulator.url
await simulator.act({ do: "pay", orderKey, method: "VISA" })
await simulator.advance(24 * 3_600_000) // the nightly capture, and every notification until then

const { captured, registered } = simulator.order(orderKey)!.report.totals
console.log(`captured ${captured} of ${registered}`)
await simulator.close()
