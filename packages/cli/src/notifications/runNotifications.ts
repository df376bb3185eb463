/**
 * The work of `docdata notifications`: those that no refresh could follow, and that wait for a person.
 */
import { type DeadLetteredItem, Inbox, pageSizeMax } from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { merchantsOf } from "../orders/orderNamed.ts"
import { runOnStored } from "../orders/runOnOrders.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { instantText, whenText } from "../text/whenText.ts"
import { beside } from "../text/wrap.ts"
import type { NotificationLine } from "./NotificationLine.ts"

const lineOf = (item: DeadLetteredItem): typeof NotificationLine.Type => ({
  id: item.id,
  merchant: item.merchant,
  orderReference: item.orderReference,
  reason: item.reason,
  deadLettered: instantText(item.deadLetteredAtMs),
  firstReceived: instantText(item.firstReceivedAtMs),
  lastReceived: instantText(item.lastReceivedAtMs),
  notificationCount: item.notificationCount,
  attempts: item.attempts
})

const textOf = (
  { id, merchant, deadLetteredAtMs, reason, orderReference }: DeadLetteredItem,
  { columns, nowMs }: Shell
): string => {
  const why = `${printable(reason)}; dead-lettered ${whenText(deadLetteredAtMs, nowMs())}`
  const label = `${id}  `
  return [
    `${label}${merchant}, ${printable(orderReference)}`,
    ...beside(" ".repeat(label.length), why, columns)
  ].join("\n")
}

/** Prints those that are dead-lettered, latest first; resolves with the exit code. */
export const runNotificationsList = (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata notifications list"
  const asJson = given.switches.has("json")
  return runOnStored({ path, given, shell }, () =>
    Effect.gen(function*() {
      const deadLettered = yield* (yield* Inbox).deadLettered(pageSizeMax)
      // Without a merchant also those of accounts that are not configured any more.
      const merchants = given.values.has("merchant") ? yield* merchantsOf(given) : undefined
      const items = deadLettered.filter(({ merchant }) => merchants?.includes(merchant) ?? true)
      const lines = items.map((item) => asJson ? JSON.stringify(lineOf(item)) : textOf(item, shell))
      if (lines.length === 0 && !asJson) lines.push("none")
      yield* Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))
      if (deadLettered.length === pageSizeMax) {
        shell.complain(`${path}: of the latest ${pageSizeMax}; there may be more`)
      }
      return exitCodes.done
    }))
}

/** Lets them wait again; resolves with the exit code. */
export const runNotificationsRetry = (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata notifications retry"
  const { operands: ids } = given
  return runOnStored({ path, given, shell }, () =>
    Effect.gen(function*() {
      const inbox = yield* Inbox
      let failed = 0
      for (const id of ids) {
        if (yield* inbox.retryDeadLetter(id, yield* Clock.currentTimeMillis)) {
          yield* Effect.promise(() => shell.write(`${printable(id)} waits\n`))
        } else {
          failed++
          shell.complain(
            `${path}: no notification ${printable(id)} is dead-lettered; docdata notifications list says which are`
          )
        }
      }
      if (failed === 0) return exitCodes.done
      return failed === ids.length ? exitCodes.commandFailed : exitCodes.partly
    }))
}
