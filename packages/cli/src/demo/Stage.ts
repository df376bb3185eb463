/**
 * What the stories of the demo play on: the simulator as the payment provider, the service and the shop.
 */
import type { Action, Simulator } from "@docdata/simulator"
import type { ShopClient, ShopOrder } from "./ShopClient.ts"

/** Longer than anything here takes on a busy machine; then something is wrong. */
const waitMaxMs = 20_000
const pollEveryMs = 25

export interface DemoWorld {
  readonly shop: ShopClient
  /** Lets the provider, a bank or an acquirer do something. */
  readonly provider: (action: Action) => Promise<void>
  /** Docdata's key of an order. */
  readonly keyOf: (order: ShopOrder) => string
  readonly loseNotifications: () => void
  readonly keepNotifications: () => void
  /** Lets so much time pass for provider and service, and waits until both have done what it brought. */
  readonly passTime: (ms: number) => Promise<void>
  /** What the shop heard last of an order. */
  readonly received: (orderId: string) => string | undefined
  /** Waits for something; `what` says for what, should it never come. */
  readonly until: (holds: () => boolean | Promise<boolean>, what: string) => Promise<void>
}

export interface WorldParts {
  readonly simulator: Simulator
  readonly shop: ShopClient
  readonly received: DemoWorld["received"]
  readonly backlog: () => Promise<number>
}

const until: DemoWorld["until"] = async (holds, what) => {
  const endMs = performance.now() + waitMaxMs
  while (!await holds()) {
    if (performance.now() > endMs) throw new Error(`never came: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, pollEveryMs))
  }
}

export const makeWorld = ({ backlog, received, shop, simulator }: WorldParts): DemoWorld => {
  const drained = () => until(async () => await backlog() === 0, "all notifications and webhooks are done")
  return {
    shop,
    received,
    until,
    provider: async (action) => {
      const result = await simulator.act(action)
      if (!result.ok) throw new Error(`the provider could not ${action.do}: ${result.why}`)
    },
    keyOf: ({ menuUrl }) => new URL(menuUrl).searchParams.get("payment_cluster_key") ?? "",
    loseNotifications: () => simulator.planNotificationFaults([{ kind: "lost", times: 100 }]),
    keepNotifications: () => simulator.clearFaults(),
    passTime: async (ms) => {
      const untilMs = simulator.nowMs() + ms
      // From one thing that falls due to the next: a webhook that is on its way meanwhile would be hours old on arrival.
      for (let dueMs = 0; dueMs < untilMs;) {
        await drained()
        dueMs = Math.min(untilMs, ...simulator.waiting().map(({ atMs }) => atMs))
        await simulator.advance(Math.max(0, dueMs - simulator.nowMs()))
      }
      await drained()
    }
  }
}
