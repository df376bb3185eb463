/** A simulator, and a shop that listens to it, for the length of one test. */
import type { AddressInfo } from "node:net"
import { createServer } from "node:http"
import type { Simulator } from "../../src/Simulator.ts"
import type { SimulatorOptions } from "../../src/startSimulator.ts"
import { startSimulator } from "../../src/startSimulator.ts"
import { create } from "./requestBodies.ts"
import { call, find } from "./soapCall.ts"

export const withSimulator = async (
  use: (simulator: Simulator) => Promise<void>,
  options: SimulatorOptions = {}
): Promise<void> => {
  const simulator = await startSimulator(options)
  try {
    await use(simulator)
  } finally {
    await simulator.close()
  }
}

export interface Shop {
  readonly updateUrl: string
  readonly returnUrl: string
  /** References of notifications and paths of returning shoppers, in order of arrival. */
  readonly received: Array<string>
  /** What it answers to the next calls; 200 when the list is empty. `hang` never answers. */
  readonly answers: Array<number | "hang" | "drop">
  /** Answers nobody before this many wait at the same time. */
  together: number
}

export const withShop = async (use: (shop: Shop) => Promise<void>): Promise<void> => {
  const received: Array<string> = []
  const answers: Shop["answers"] = []
  const shop = { updateUrl: "", returnUrl: "", received, answers, together: 1 }
  let waiting: Array<() => void> = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://shop")
    received.push(url.searchParams.get("order_id") ?? url.pathname)
    const answer = answers.shift() ?? 200
    waiting.push(() => {
      if (answer === "drop") request.socket.destroy()
      else if (answer !== "hang") response.writeHead(answer).end("ok")
    })
    if (waiting.length < shop.together) return
    const ready = waiting
    waiting = []
    for (const reply of ready) reply()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  shop.updateUrl = `${origin}/notify?order_id=`
  shop.returnUrl = `${origin}/return`
  try {
    await use(shop)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** Creates an order over SOAP and returns its key. */
export const createdOrder = async (simulator: Simulator, parts: Parameters<typeof create>[0] = {}): Promise<string> => {
  const reply = await call(simulator.url, create(parts))
  const key = find(reply.inner, "key")
  if (key === undefined) throw new Error(`create failed: ${reply.errors.join("; ")}`)
  return key
}

/** Pays an order by hand and returns the payment's id. */
export const paid = async (
  simulator: Simulator,
  orderKey: string,
  method: string,
  more: { readonly amountMinor?: number } = {}
): Promise<string> => {
  const result = await simulator.act({ do: "pay", orderKey, method, ...more })
  if (!result.ok || result.paymentId === undefined) throw new Error(result.ok ? "no payment" : result.why)
  return result.paymentId
}

export const hours = (count: number): number => count * 3_600_000
export const days = (count: number): number => count * 86_400_000
