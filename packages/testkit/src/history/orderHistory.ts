/**
 * Histories of orders: recording what several callers did to a store, and checking it order by order.
 */
import * as Effect from "effect/Effect"
import {
  canonical,
  isSame,
  type OrderCommand,
  type Reply,
  replyOfModel,
  replyOfStores,
  type Stores
} from "../model/Command.ts"
import { copyOf, emptyModel, type Model } from "../model/Model.ts"
import { checkLinearizable, type Operation, type Specification, type Verdict } from "./checkLinearizable.ts"

/** Calls that speak of one order by its id. */
export type OneOrderCommand = Extract<
  OrderCommand,
  {
    readonly method:
      | "reserve"
      | "confirm"
      | "renew"
      | "abandon"
      | "read"
      | "commit"
      | "observations"
      | "events"
      | "intend"
      | "resolve"
      | "withdraw"
      | "modifications"
      | "anomalies"
      | "erase"
  }
>

export type OrderOperation = Operation<OneOrderCommand, Reply>

/** The order that a call speaks of. Reads by key or reference are counted to the order that they found. */
const orderIdOf = ({ call, ended }: OrderOperation): string => {
  switch (call.method) {
    case "reserve":
      return call.input[0].id
    case "confirm":
    case "renew":
    case "commit":
    case "intend":
    case "resolve":
    case "withdraw":
      return call.input[0].orderId
    case "abandon":
    case "observations":
    case "events":
    case "modifications":
    case "anomalies":
    case "erase":
      return call.input[0]
    case "read": {
      const [name] = call.input
      if (name.by === "id") return name.id
      const found = ended !== undefined && "answer" in ended.reply ? ended.reply.answer : undefined
      return (found as { readonly order: { readonly id: string } } | undefined)?.order.id ?? canonical(name)
    }
  }
}

/** The plain model as the specification: whatever it would have answered is right. */
const specification = (initial: Model): Specification<Model, OneOrderCommand, Reply> => ({
  initial,
  step: (model, call, reply) => {
    const after = copyOf(model)
    const expected = replyOfModel(after, call)
    return reply === undefined || isSame(expected, reply) ? after : undefined
  },
  nameOf: ({ state }) => JSON.stringify([...state.orders])
})

/** A history that cannot be explained, and of which order. */
export type HistoryFailure = Extract<Verdict<OneOrderCommand, Reply>, { readonly linearizable: false }> & {
  readonly orderId: string
}

/**
 * Checks a history order by order: every answer has to be that of the plain model for some order of the calls.
 * Answers the first order whose history cannot be explained, or undefined. `before` are calls that were made on the
 * store, one after the other, before the history began.
 *
 * Modifications, periods and payments of one order are refreshed together; what one order says of another's payments is
 * not, so reads of a history ask for no foreign payments.
 */
export const checkOrderHistories = (
  history: ReadonlyArray<OrderOperation>,
  before: ReadonlyArray<OneOrderCommand> = []
): HistoryFailure | undefined => {
  for (const [orderId, operations] of Map.groupBy(history, orderIdOf)) {
    const initial = emptyModel()
    for (const call of before) {
      if (orderIdOf({ caller: "", call, startedAt: 0 }) === orderId) replyOfModel(initial, call)
    }
    const verdict = checkLinearizable(specification(initial), operations)
    if (!verdict.linearizable) return { ...verdict, orderId }
  }
  return undefined
}

/** Runs calls and records them. The line of starts and ends is a counter, so one process only. */
export interface Recorder {
  readonly history: ReadonlyArray<OrderOperation>
  readonly run: (caller: string, call: OneOrderCommand) => Effect.Effect<Reply>
}

/** Recorders keep everything they receive; more than this is refused, since nobody could check it. */
export const recordedOperationsMax = 200_000

/** A recorder on stores. A call that is interrupted stays in the history without an end. */
export const recordOn = (stores: Stores): Recorder => {
  const history: Array<OrderOperation> = []
  let tick = 0
  return {
    history,
    run: (caller, call) =>
      Effect.suspend(() => {
        if (history.length >= recordedOperationsMax) throw new RangeError("the history is too long to be checked")
        const startedAt = tick++
        const position = history.push({ caller, call, startedAt }) - 1
        return Effect.map(replyOfStores(stores, call), (reply) => {
          history[position] = { caller, call, startedAt, ended: { at: tick++, reply } }
          return reply
        })
      })
  }
}
