/** Starts a simulator: an HTTP server on this machine with a world behind it. */
import { createServer } from "node:http"
import { act } from "./control/act.ts"
import { FaultPlan } from "./faults/FaultPlan.ts"
import type { Merchant } from "./Merchant.ts"
import { checkMerchant, merchantDefault } from "./Merchant.ts"
import { deliver } from "./notifications/deliver.ts"
import type { ExchangeRates } from "./order/Money.ts"
import { exchangeRatesDefault } from "./order/Money.ts"
import type { ServerVersionName } from "./replies/ServerVersion.ts"
import { serverVersions } from "./replies/ServerVersion.ts"
import { runScenario } from "./scenarios/runScenario.ts"
import { scenarioNamed } from "./scenarios/scenarios.ts"
import { seededRandom } from "./SeededRandom.ts"
import { handleRequest } from "./serve/handleRequest.ts"
import { RequestLog } from "./serve/RequestLog.ts"
import type { OrderView, Simulator } from "./Simulator.ts"
import { makeTimeline } from "./Timeline.ts"
import { World } from "./World.ts"
import { servicePath } from "./contract/Contract.ts"

export interface SimulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default 127.0.0.1. The control API answers to this machine only, whatever the host. */
  readonly host?: string
  /** The same seed gives the same keys, ids and orders of payments. Default 1. */
  readonly seed?: number | string
  /** `virtual` (default): time stands still until it is advanced. `wall`: real time. */
  readonly clock?: "virtual" | "wall"
  /** Where a virtual clock starts, in milliseconds since 1970. Default: a Monday morning in January 2026. */
  readonly startMs?: number
  /** Accounts. Default: one, `demo_shop` with password `demo-password` and profile `standard`. */
  readonly merchants?: ReadonlyArray<Merchant>
  /** Which version of the server to be. Default 1.3.15, the newest that was seen. */
  readonly version?: ServerVersionName
  /** Millionths of a euro per major unit, by currency; replaces the invented rates. */
  readonly exchangeRates?: ExchangeRates
  /** When the menu closes an unpaid order. `21-days` (default) is what the real one was seen to do; `days-to-pay` is what its manual says. */
  readonly menuCloses?: "21-days" | "days-to-pay"
  /** Scheme, host and port under which shops and shoppers reach the simulator, if that is not where it listens. */
  readonly publicOrigin?: string
  /** The approved total of a voided payment stays, as a manual of 1.3 shows, instead of dropping. */
  readonly voidKeepsApproved?: boolean
}

const startMsDefault = Date.UTC(2026, 0, 5, 9, 0, 0)

/** Resolves when the server listens. Rejects if the port is taken. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const isWall = options.clock === "wall"
  const timeline = makeTimeline({ startMs: options.startMs ?? startMsDefault, ...(isWall ? { wall: Date.now } : {}) })
  const world = new World({
    timeline,
    random: seededRandom(options.seed ?? 1),
    settings: {
      version: serverVersions[options.version ?? "1.3.15"],
      rates: options.exchangeRates ?? exchangeRatesDefault,
      voidKeepsApproved: options.voidKeepsApproved ?? false,
      menuCloses: options.menuCloses ?? "21-days"
    }
  })
  const setMerchant = (merchant: Merchant): void => {
    world.merchants.set(merchant.name, checkMerchant(merchant))
  }
  for (const merchant of options.merchants ?? [merchantDefault]) setMerchant(merchant)
  const faults = new FaultPlan()
  const log = new RequestLog()
  const clock = runClock(world, isWall)

  const host = options.host ?? "127.0.0.1"
  let origin = ""
  const server = createServer((request, response) => {
    handleRequest({ simulator, world, faults, log, origin }, request, response)
      .catch((problem: unknown) => {
        if (response.headersSent) response.destroy()
        // Nothing here is anybody's production: the reason helps whoever finds it.
        else response.writeHead(500, { "content-type": "text/plain" }).end(`simulator: ${String(problem)}`)
      })
      .finally(clock.arm)
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : options.port
  origin = options.publicOrigin ?? `http://${nameOf(host)}:${port}`

  const closeServer = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const simulator: Simulator = {
    ...inspect(world),
    url: `${origin}${servicePath}`,
    menuUrl: `${origin}/ps/menu`,
    controlUrl: `${origin}/control`,
    advance: clock.advance,
    act: (action) => act(world, action).finally(clock.arm),
    setMerchant,
    planFaults: (planned) => faults.add(planned),
    planNotificationFaults: (planned) => world.planNotificationFaults(planned),
    faults: () => faults.waiting(),
    clearFaults: () => {
      faults.clear()
      world.clearNotificationFaults()
    },
    runScenario: async (name, scenarioOptions) => {
      const scenario = scenarioNamed(name)
      if (scenario === undefined) throw new Error(`there is no scenario named ${name}`)
      return runScenario({ world, faults, advance: clock.advance }, scenario, scenarioOptions).finally(clock.arm)
    },
    requests: () => log.all(),
    close: async () => {
      await clock.stop()
      if (server.listening) await closeServer()
    }
  }
  return simulator
}

/** How this machine calls an address it listens on. */
const nameOf = (host: string): string =>
  host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host

const inspect = (
  world: World
): Pick<Simulator, "nowMs" | "waiting" | "orders" | "order" | "merchants" | "notifications" | "history"> => {
  const view = (key: string): OrderView | undefined => {
    const order = world.orderOf(key)
    return order === undefined ? undefined : { order, payments: world.paymentsOf(order), report: world.report(order) }
  }
  return {
    nowMs: () => world.nowMs,
    waiting: () => world.timeline.waiting(),
    orders: () => world.allOrders().flatMap(({ key }) => view(key) ?? []),
    order: view,
    merchants: () => [...world.merchants.values()],
    notifications: () => [...world.attempts],
    history: (key) => world.historyOf(key)
  }
}

interface RunningClock {
  readonly advance: (ms: number) => Promise<void>
  /** Sets the timer of a wall clock for the next thing that falls due; nothing under a virtual clock. */
  readonly arm: () => void
  readonly stop: () => Promise<void>
}

const runClock = (world: World, isWall: boolean): RunningClock => {
  const { timeline } = world
  let timer: NodeJS.Timeout | undefined
  const stopping = new AbortController()
  // One after the other, so that what happens first is also told first.
  let running: Promise<void> = Promise.resolve()
  const runUntil = async (ms: number): Promise<void> => {
    for (;;) {
      const item = stopping.signal.aborted ? undefined : timeline.take(ms)
      if (item === undefined) break
      switch (item.due.kind) {
        case "payment":
          // Things may have changed since it was planned; what is no longer possible does not happen.
          world.happen(item.due.paymentId, item.due.event)
          break
        case "notification":
          await deliver(world, item.due.notification, stopping.signal)
      }
    }
    timeline.moveTo(ms)
  }
  const advance = (ms: number): Promise<void> => {
    if (!Number.isFinite(ms) || ms < 0) return Promise.reject(new Error("time only moves forward"))
    const next = running.then(() => runUntil(timeline.nowMs() + ms)).finally(arm)
    running = next.catch(() => undefined)
    return next
  }
  const arm = (): void => {
    clearTimeout(timer)
    const nextAtMs = timeline.nextAtMs()
    if (!isWall || stopping.signal.aborted || nextAtMs === undefined) return
    // A timer of Node holds at most 24 days.
    const waitMs = Math.min(Math.max(0, nextAtMs - timeline.nowMs()), 2_000_000_000)
    // Nobody waits for this advance, so nobody could do anything about its failure.
    timer = setTimeout(() => void advance(0).catch(() => undefined), waitMs)
    timer.unref()
  }
  const stop = async (): Promise<void> => {
    stopping.abort()
    clearTimeout(timer)
    await running
  }
  return { advance, arm, stop }
}
