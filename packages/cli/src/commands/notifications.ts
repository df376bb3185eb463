/**
 * `docdata notifications`: those that no refresh could follow.
 */
import type { CommandGroup, GroupCommand } from "../Command.ts"
import { connectionFlags, jsonFlag, storeFlags } from "./orders/flags.ts"

const list: GroupCommand = {
  name: "list",
  summary: "list those that were given up, latest first",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [...storeFlags, jsonFlag("notifications-list", true)],
  notes: "",
  run: async (given, shell) => {
    const { runNotificationsList } = await import("../notifications/runNotifications.ts")
    return runNotificationsList(given, shell)
  }
}

const retry: GroupCommand = {
  name: "retry",
  summary: "let some be tried again",
  operands: "NOTIFICATION...",
  operandCount: { min: 1, max: Infinity },
  flags: connectionFlags,
  notes: [
    "The service refreshes the orders in its next round. A notification that was",
    "given up after many tries is tried once more; one that fails is dead-lettered",
    "again.",
    "Repeating is safe."
  ].join("\n"),
  run: async (given, shell) => {
    const { runNotificationsRetry } = await import("../notifications/runNotifications.ts")
    return runNotificationsRetry(given, shell)
  }
}

export const notifications: CommandGroup = {
  commands: [list, retry],
  notes: ""
}
