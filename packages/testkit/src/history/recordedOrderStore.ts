/**
 * An order store that writes down what is asked of it and what it answers, for the checker of histories: put it under
 * use cases that run at once, in one process or in several.
 */
import type { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { refusalOf, type Reply } from "../model/Command.ts"
import type { OneOrderCommand, OrderOperation } from "./orderHistory.ts"

const recorded: ReadonlySet<string> = new Set<OneOrderCommand["method"]>([
  "reserve",
  "confirm",
  "renew",
  "abandon",
  "read",
  "commit",
  "observations",
  "events",
  "intend",
  "resolve",
  "withdraw",
  "modifications",
  "anomalies",
  "erase"
])

export interface Recording {
  /** Who calls. */
  readonly caller: string
  /**
   * The instant on a line that all recordings of a history share and that never goes back. Of several processes of one
   * machine that is the monotonic clock of the machine.
   */
  readonly now: () => number
  /** Told every operation once, when it ended or was interrupted. */
  readonly keep: (operation: OrderOperation) => void
}

const replyOf = (exit: Exit.Exit<unknown, object>): Reply | undefined => {
  if (Exit.isSuccess(exit)) return { answer: exit.value }
  const failure = exit.cause.reasons.find((reason) => reason._tag === "Fail")?.error
  // A store that failed, an interruption, a defect: it may have happened or not.
  if (failure === undefined || Reflect.get(failure, "_tag") === "StoreFailure") return undefined
  return refusalOf(failure)
}

/** The store, with every call that speaks of one order recorded. Lists and what is due are not. */
export const recordedOrderStore = (
  store: OrderStore["Service"],
  { caller, keep, now }: Recording
): OrderStore["Service"] =>
  new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...input: ReadonlyArray<unknown>) => Effect.Effect<unknown, object>
      if (!recorded.has(String(name))) return method
      return (...input: ReadonlyArray<unknown>) =>
        Effect.suspend(() => {
          const call = { store: "orders", method: name, input } as unknown as OneOrderCommand
          const startedAt = now()
          return Effect.onExit(method(...input), (exit) =>
            Effect.sync(() => {
              const reply = replyOf(exit)
              keep({ caller, call, startedAt, ...(reply === undefined ? {} : { ended: { at: now(), reply } }) })
            }))
        })
    }
  })
