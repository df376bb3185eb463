/**
 * Every scenario of the simulator ends in the status it promises, decided by the real rules: a small shop asks for the
 * report after each notification and each returning shopper, and once more at the end, as a schedule would.
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, it } from "vitest"
import { defaultPolicy, type Order, type PaymentRow, reconcile } from "../../packages/domain/src/index.ts"
import { type Scenario, scenarios, type Simulator, startSimulator } from "../../packages/simulator/src/index.ts"

/** What a shop keeps: one order and its payments. */
class Shop {
  order: Order | undefined
  private payments: ReadonlyArray<PaymentRow> = []
  private readonly simulator: Simulator

  constructor(simulator: Simulator) {
    this.simulator = simulator
  }

  ask(cancelResult?: string): void {
    const [view] = this.simulator.orders()
    if (view === undefined) return
    const { createdAtMs, key, registered } = view.order
    const outcome = reconcile({
      order: this.order ?? {
        key,
        status: "new",
        fulfilment: "wait",
        createdAtMs,
        currency: registered.currency,
        grossMinor: registered.minor
      },
      payments: this.payments,
      report: view.report,
      nowMs: this.simulator.nowMs(),
      policy: defaultPolicy,
      ...(cancelResult === undefined ? {} : { intent: { wanted: "cancelled", cancelResult } as const })
    })
    this.order = outcome.order
    this.payments = outcome.payments
  }
}

const play = async (scenario: Scenario, seed: number): Promise<string | undefined> => {
  const simulator = await startSimulator({ seed })
  const shop = new Shop(simulator)
  const server = createServer((_, response) => {
    shop.ask()
    response.end("ok")
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    simulator.setMerchant({
      name: "demo_shop",
      password: "demo-password",
      updateUrl: `${origin}/notify?order_id=`,
      returnUrls: { success: `${origin}/a`, pending: `${origin}/b`, canceled: `${origin}/c`, error: `${origin}/d` }
    })
    await simulator.runScenario(scenario.name, { seed })
    shop.ask(scenario.shopCalls === "cancel" ? "SUCCESS" : undefined)
    return shop.order?.status
  } finally {
    await simulator.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

describe("scenarios end in the status they promise", () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", async (_, scenario) => {
    for (const seed of [1, 2, 3]) expect(await play(scenario, seed)).toBe(scenario.expected)
  })
})
