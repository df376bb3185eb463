/**
 * `docdata orders list`.
 */
import type { GroupCommand } from "../../Command.ts"
import { fromFlag, jsonFlag, statusFlag, storeFlags, toFlag } from "./flags.ts"

export const list: GroupCommand = {
  name: "list",
  summary: "list orders, newest first",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    statusFlag,
    ...storeFlags,
    { name: "shop-reference", value: "TEXT", words: "only attempts for this number of the shop" },
    fromFlag,
    toFlag,
    { name: "limit", value: "N", words: "at most so many; default 50" },
    { name: "after", value: "POSITION", words: "go on after this position, which the list before printed" },
    jsonFlag("orders-list", true)
  ],
  notes: "",
  run: async (given, shell) => {
    const { runList } = await import("../../orders/runList.ts")
    return runList(given, shell)
  }
}
