/**
 * What happens to the orders of the demo.
 */
import { Browser } from "./Browser.ts"
import type { DemoWorld } from "./Stage.ts"
import type { ShopOrder } from "./ShopClient.ts"

export interface Story {
  readonly title: string
  readonly grossMinor: number
  /** What the order has to end as. */
  readonly expected: string
  /** In front of the payment menu, on the first day. */
  readonly shopper: (order: ShopOrder, world: DemoWorld) => Promise<void>
  /** On the second day, when captures of the first are done. */
  readonly later?: (order: ShopOrder, world: DemoWorld) => Promise<void>
}

const pay = async (
  order: ShopOrder,
  methods: ReadonlyArray<Readonly<Record<string, string>>>,
  options: { readonly stayAway?: boolean } = {}
): Promise<void> => {
  const browser = await Browser.open(order.menuUrl)
  for (const method of methods) {
    await browser.submit({ ...method, do: "pay" })
    await browser.submit({ answer: "approved" }, options)
  }
}

const paymentOf = async ({ id }: ShopOrder, { shop }: DemoWorld): Promise<string> => {
  const [payment] = (await shop.read(id)).payments
  if (payment === undefined) throw new Error(`order ${id} has no payment yet`)
  return payment.paymentId
}

export const stories: ReadonlyArray<Story> = [
  {
    title: "iDEAL",
    grossMinor: 4990,
    expected: "paid",
    shopper: (order) => pay(order, [{ method: "IDEAL" }])
  },
  {
    title: "card, captured next night",
    grossMinor: 12_900,
    expected: "paid",
    shopper: (order) => pay(order, [{ method: "VISA" }])
  },
  {
    title: "gift card, rest by iDEAL",
    grossMinor: 3_500,
    expected: "paid",
    shopper: (order) => pay(order, [{ method: "PODIUM_GIFTCARD", card_amount: "20,00" }, { method: "IDEAL" }])
  },
  {
    title: "bank transfer, days later",
    grossMinor: 25_000,
    expected: "paid",
    shopper: (order) => pay(order, [{ method: "BANK_TRANSFER" }]),
    later: async (order, world) => {
      await world.provider({ do: "money-arrives", paymentId: await paymentOf(order, world) })
    }
  },
  {
    title: "iDEAL, a part refunded",
    grossMinor: 8_000,
    expected: "paid_refunded",
    shopper: (order) => pay(order, [{ method: "IDEAL" }]),
    later: async (order, world) => {
      await world.shop.refund(order.id, { paymentId: await paymentOf(order, world), amountMinor: 3_000 })
    }
  },
  {
    title: "card, charged back",
    grossMinor: 5_995,
    expected: "charged_back",
    shopper: (order) => pay(order, [{ method: "MASTERCARD" }]),
    later: async (order, world) => {
      await world.provider({ do: "chargeback", paymentId: await paymentOf(order, world) })
      await world.provider({ do: "notify", orderKey: world.keyOf(order) })
    }
  },
  {
    title: "left the menu, shop cancels",
    grossMinor: 1_995,
    expected: "cancelled",
    shopper: async (order) => {
      const browser = await Browser.open(order.menuUrl)
      await browser.submit({ do: "cancel" })
    },
    later: async (order, { shop }) => {
      await shop.cancel(order.id)
    }
  },
  {
    title: "iDEAL, notifications lost",
    grossMinor: 7_250,
    expected: "paid",
    shopper: async (order, world) => {
      world.loseNotifications()
      await pay(order, [{ method: "IDEAL" }], { stayAway: true })
      // A lost notification leaves no trace: only time passes until the schedule looks by itself.
      await world.passTime(60_000)
      await world.until(() => world.received(order.id) === "paid", "the schedule found what no notification told")
      world.keepNotifications()
    }
  }
]
