/**
 * A call of a store's method as data, and what calling it answers.
 */
import type { Inbox, OrderStore, Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Model } from "./Model.ts"

/** All calls of a port. */
type Calls<Name extends string, Service> = {
  readonly [Method in keyof Service]: Service[Method] extends (...input: infer Input) => unknown
    ? { readonly store: Name; readonly method: Method; readonly input: Input }
    : never
}[keyof Service]

export type OrderCommand = Calls<"orders", OrderStore["Service"]>
export type InboxCommand = Calls<"inbox", Inbox["Service"]>
export type OutboxCommand = Calls<"outbox", Outbox["Service"]>

/** A call of any of the three stores. */
export type Command = OrderCommand | InboxCommand | OutboxCommand

/** The three stores that commands are run on. */
export interface Stores {
  readonly orders: OrderStore["Service"]
  readonly inbox: Inbox["Service"]
  readonly outbox: Outbox["Service"]
}

/** The answer, or the refusal's tag and fields. */
export type Reply = { readonly answer: unknown } | { readonly refusal: Readonly<Record<string, unknown>> }

// What every error of JavaScript has; what a refusal says is in the other fields.
const errorFields = new Set(["name", "message", "stack", "cause"])

/** A refusal as a reply. */
export const refusalOf = (refusal: object): Reply => ({
  refusal: {
    _tag: Reflect.get(refusal, "_tag"),
    ...Object.fromEntries(Object.entries(refusal).filter(([field]) => !errorFields.has(field)))
  }
})

type Method = (...input: ReadonlyArray<unknown>) => unknown

const isRefusal = (thrown: unknown): thrown is object =>
  typeof thrown === "object" && thrown !== null && "_tag" in thrown

/** Runs a command on the model. */
export const replyOfModel = (model: Model, { input, method, store }: Command): Reply => {
  const call = Reflect.get(model[store], method) as Method
  try {
    return { answer: call(...input) }
  } catch (refusal) {
    if (!isRefusal(refusal)) throw refusal
    return refusalOf(refusal)
  }
}

/** Runs a command on stores. A defect stays one. */
export const replyOfStores = (stores: Stores, { input, method, store }: Command): Effect.Effect<Reply> => {
  const call = Reflect.get(stores[store], method) as (
    ...input: ReadonlyArray<unknown>
  ) => Effect.Effect<unknown, object>
  return Effect.match(call(...input), { onFailure: refusalOf, onSuccess: (answer): Reply => ({ answer }) })
}

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1))
    : value

/** One text for one meaning: fields by name, nothing that is undefined. */
export const canonical = (value: unknown): string => JSON.stringify(value, sorted) ?? "null"

/** True for equal meanings: fields in another order are no difference. */
export const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a) === JSON.stringify(b) || canonical(a) === canonical(b)
