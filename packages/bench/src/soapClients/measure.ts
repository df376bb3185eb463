/**
 * One measurement, in a process of its own: so many callers that ask one after the other until all calls are made.
 */
import { type Caller, capturedMinor, type OpenCaller } from "./Caller.ts"

// Each is loaded when it is measured: nobody should carry the others in their memory.
const rawUndici = () => import("./clients/rawUndici.ts")

/** In the order of the table. */
export const clients = {
  "node-soap": async (url) => (await import("./clients/nodeSoap.ts")).openNodeSoap(url),
  "strong-soap": async (url) => (await import("./clients/strongSoap.ts")).openStrongSoap(url),
  "this gateway": async (url) => (await import("./clients/ours.ts")).openOurs(url),
  "dispatch, write, read": async (url) => (await rawUndici()).openDispatchWriteAndRead(url),
  "dispatch, read": async (url) => (await rawUndici()).openDispatchAndRead(url),
  "undici Pool.dispatch": async (url) => (await rawUndici()).openDispatch(url),
  "undici Pool.request": async (url) => (await rawUndici()).openRequest(url)
} as const satisfies Readonly<Record<string, OpenCaller>>

export type ClientName = keyof typeof clients

export interface Figures {
  readonly callsPerSecond: number
  readonly cpuMicrosecondsPerCall: number
  /** The most the process ever had, its start included. */
  readonly peakMegabytes: number
  /** Answers that did not say what the server says; those of clients that do not read cannot be wrong. */
  readonly wrong: number
}

export interface Load {
  readonly callers: number
  readonly calls: number
}

const run = async ({ ask }: Caller, { callers, calls }: Load): Promise<number> => {
  let left = calls
  let wrong = 0
  const loop = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const captured = await ask()
      if (captured !== undefined && captured !== capturedMinor) wrong += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, loop))
  return wrong
}

/** Warms up with a fifth of the calls, then measures. */
export const measure = async (name: ClientName, url: string, load: Load): Promise<Figures> => {
  const caller = await clients[name](url)
  await run(caller, { ...load, calls: Math.ceil(load.calls / 5) })
  const cpuBefore = process.cpuUsage()
  const startedMs = performance.now()
  const wrong = await run(caller, load)
  const elapsedMs = performance.now() - startedMs
  const { system, user } = process.cpuUsage(cpuBefore)
  await caller.close()
  return {
    callsPerSecond: load.calls / elapsedMs * 1_000,
    cpuMicrosecondsPerCall: (user + system) / load.calls,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
    wrong
  }
}
