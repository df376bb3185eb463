/**
 * The work of `docdata notifications`: those that no refresh could follow, and that wait for a person.
 */
import type { Notification } from "@docdata/contract"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import { failureOf } from "../api/failureOf.ts"
import { isJson, writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { merchantOf } from "../orders/orderNamed.ts"
import type { Shell } from "../Shell.ts"
import { whenText } from "../text/whenText.ts"
import { beside } from "../text/wrap.ts"

const textOf = (notification: typeof Notification.Type, { columns, nowMs }: Shell): string => {
  const { deadLetteredAt, id, merchant, orderReference, reason } = notification
  const why = `${printable(reason)}; given up ${whenText(Date.parse(deadLetteredAt), nowMs())}`
  const label = `${id}  `
  return [
    `${label}${merchant}, ${printable(orderReference)}`,
    ...beside(" ".repeat(label.length), why, columns)
  ].join("\n")
}

/** Prints the dead letters, latest first; resolves with the exit code. */
export const runNotificationsList = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata notifications list", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const { more, notifications } = yield* api.notifications.list({ query: merchantOf(given) })
      const lines = notifications.map((one) => isJson(runner) ? JSON.stringify(one) : textOf(one, shell))
      yield* writeLines(shell, lines.length === 0 && !isJson(runner) ? ["none"] : lines)
      if (more) shell.complain(`${runner.path}: there may be more than these`)
      return exitCodes.done
    }))
}

/** Lets them wait again; resolves with the exit code. */
export const runNotificationsRetry = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata notifications retry", given, shell }
  const { operands: ids } = given
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      let failed = 0
      for (const notificationId of ids) {
        yield* Effect.matchEffect(api.notifications.retry({ params: { notificationId } }), {
          onSuccess: () => writeLines(shell, [`${printable(notificationId)} waits`]),
          onFailure: (failure) => {
            const known = failureOf(failure)
            if (known.code !== "notification-not-found") return Effect.fail(known)
            failed++
            return Effect.sync(() =>
              shell.complain(
                `${runner.path}: no notification ${printable(notificationId)} is given up; ` +
                  "docdata notifications list says which are"
              )
            )
          }
        })
      }
      if (failed === 0) return exitCodes.done
      return failed === ids.length ? exitCodes.commandFailed : exitCodes.partly
    }))
}
