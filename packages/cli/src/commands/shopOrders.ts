/**
 * `docdata shop-orders`: the shop's own orders.
 */
import type { CommandGroup, GroupCommand } from "../Command.ts"
import { jsonFlag, storeFlags } from "./orders/flags.ts"

const show: GroupCommand = {
  name: "show",
  summary: "show what the attempts at an order of the shop come to",
  operands: "SHOP-REFERENCE",
  operandCount: { min: 1, max: 1 },
  flags: [...storeFlags, jsonFlag("shop-orders-show")],
  notes: [
    "SHOP-REFERENCE is the shop's own number. The order that was paid first leads,",
    "else the newest open one."
  ].join("\n"),
  run: async (given, shell) => {
    const { runShowShopOrder } = await import("../shopOrders/runShowShopOrder.ts")
    return runShowShopOrder(given, shell)
  }
}

export const shopOrders: CommandGroup = {
  commands: [show],
  notes: ""
}
