/**
 * A random stream of commands on stores and on the plain model, side by side, in virtual time.
 */
import { createHash } from "node:crypto"
import { Inbox, OrderStore, Outbox } from "@docdata/application"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import fc from "fast-check"
import { canonical, type Command, isSame, type Reply, replyOfModel, replyOfStores, type Stores } from "./Command.ts"
import { orderCommand } from "./orderCommands.ts"
import { inboxCommand, outboxCommand } from "./queueCommands.ts"
import { type Request, request } from "./StoreRequest.ts"
import { newWorld, remember, type World } from "./World.ts"

/** Requests are made in blocks of this size, so that a stream of any length needs little memory. */
const blockLength = 1_000

/** The stores answered otherwise than the model. */
export class StreamDifference extends Data.TaggedError("StreamDifference")<{
  readonly position: number
  readonly command: string
  readonly expected: string
  readonly actual: string
}> {
  override get message(): string {
    return `command ${this.position}: ${this.command}\nmodel:  ${this.expected}\nstores: ${this.actual}`
  }
}

/** What a stream showed. Two stores that give the same digest gave the same answers to the same commands. */
export interface StreamHistory {
  readonly commands: number
  /** Answers compared: those of the commands, and one refresh after each. */
  readonly comparisons: number
  /** SHA-256 of all commands and answers. */
  readonly digest: string
  /** The digest after each thousand commands, to find where two histories part. */
  readonly checkpoints: ReadonlyArray<string>
  /** How often each method was called, and how often it refused. */
  readonly callsByMethod: Readonly<Record<string, { readonly calls: number; readonly refusals: number }>>
}

/** The call that a request means now. */
const commandOf = (world: World, { kind, ...rest }: Request): Command => {
  const request = { kind, ...rest }
  switch (kind) {
    case "reserve":
    case "confirm":
    case "renew":
    case "abandon":
    case "read":
    case "paymentsElsewhere":
    case "shopOrder":
    case "commit":
    case "list":
    case "due":
    case "staleReservations":
    case "observations":
    case "events":
    case "intend":
    case "resolve":
    case "withdraw":
    case "modifications":
    case "anomalies":
    case "takePeriod":
    case "erase":
      return orderCommand(world, kind, request)
    case "receive":
    case "itemMerchants":
    case "claimItems":
    case "acknowledge":
    case "putBackItem":
    case "deadLetterItem":
    case "deadLetteredItems":
    case "retryDeadLetter":
    case "itemBacklog":
      return inboxCommand(world, kind, request)
    case "claimDeliveries":
    case "delivered":
    case "putBackDelivery":
    case "deadLetterDelivery":
    case "deadLetteredDeliveries":
    case "redeliver":
    case "deliveryBacklog":
      return outboxCommand(world, kind, request)
  }
}

/** Remembers what later commands may speak of. */
const learn = (world: World, { method, store }: Command, reply: Reply): void => {
  if (!("answer" in reply)) return
  if (store === "orders" && method === "reserve") {
    const { created, order } = reply.answer as { readonly created: boolean; readonly order: { readonly id: string } }
    if (created) world.orderIds.push(order.id)
  }
  if (method === "end") {
    const { next } = reply.answer as ReturnType<World["model"]["outbox"]["end"]>
    if (next !== undefined) {
      const { claim, event, subscriber } = next
      remember(world.claimedDeliveries, { subscriber, eventId: event.id, claim })
    }
  }
  if (method !== "claim") return
  if (store === "inbox") {
    for (const item of reply.answer as ReturnType<World["model"]["inbox"]["claim"]>) {
      remember(world.claimedItems, { id: item.id, claim: item.claim })
    }
  } else {
    for (const { claim, subscriber, event } of reply.answer as ReturnType<World["model"]["outbox"]["claim"]>) {
      remember(world.claimedDeliveries, { subscriber, eventId: event.id, claim })
    }
  }
}

/** Where a change may show itself besides its answer: one refresh of it, another one each time. */
const refreshAfter = ({ input, store }: Command, position: number): Command | undefined => {
  switch (store) {
    case "inbox":
      return { store, method: "backlog", input: [] }
    case "outbox":
      return position % 4 === 0 ? { store, method: "backlog", input: ["mail"] } : undefined
    case "orders": {
      const [first] = input
      const id = typeof first === "string"
        ? first
        : "orderId" in first
        ? first.orderId
        : "id" in first
        ? first.id
        : undefined
      if (id === undefined) return undefined
      const refreshes: ReadonlyArray<Command> = [
        { store, method: "read", input: [{ by: "id", id }] },
        { store, method: "events", input: [id] },
        { store, method: "modifications", input: [id] },
        { store, method: "anomalies", input: [id] },
        { store, method: "observations", input: [id, { limit: 3 }] }
      ]
      return refreshes[position % refreshes.length]
    }
  }
}

/** Runs one command on both sides, and compares. */
const step = (
  stores: Stores,
  world: World,
  { command, position }: { readonly command: Command; readonly position: number }
) =>
  Effect.gen(function*() {
    const expected = replyOfModel(world.model, command)
    const actual = yield* replyOfStores(stores, command)
    const text = JSON.stringify(expected)
    // Fields in another order are no difference; only then the slower comparison.
    if (JSON.stringify(actual) !== text && !isSame(actual, expected)) {
      return yield* new StreamDifference({
        position,
        command: canonical(command),
        expected: canonical(expected),
        actual: canonical(actual)
      })
    }
    return { reply: expected, text }
  })

/** Runs requests one after the other. `onAnswer` receives every command and its answer. */
export const runRequests = (
  world: World,
  requests: Iterable<Request>,
  onAnswer: (command: Command, answer: string) => void
): Effect.Effect<void, StreamDifference, OrderStore | Inbox | Outbox> =>
  Effect.gen(function*() {
    const stores: Stores = { orders: yield* OrderStore, inbox: yield* Inbox, outbox: yield* Outbox }
    for (const request of requests) {
      world.nowMs += request.stepMs
      const position = world.commandCount++
      const command = commandOf(world, request)
      const { reply, text } = yield* step(stores, world, { command, position })
      onAnswer(command, text)
      learn(world, command, reply)
      const refresh = refreshAfter(command, position)
      if (refresh === undefined) continue
      onAnswer(refresh, (yield* step(stores, world, { command: refresh, position })).text)
    }
  })

/** The requests of a stream, block by block. */
export function* requestsOf(seed: number, commands: number): Generator<Request, void> {
  for (let block = 0; block * blockLength < commands; block++) {
    const numRuns = Math.min(blockLength, commands - block * blockLength)
    yield* fc.sample(request, { seed: seed + block, numRuns })
  }
}

/**
 * Runs a stream of commands on the stores of the layer, which have to start empty, and on the model. Fails at the
 * first answer that differs. The same seed and length give the same commands and, with correct stores, the same
 * history everywhere.
 */
export const runCommandStream = <E>(
  layer: Layer.Layer<OrderStore | Inbox | Outbox, E>,
  { commands, seed }: { readonly seed: number; readonly commands: number }
): Effect.Effect<StreamHistory, StreamDifference | E> =>
  Effect.gen(function*() {
    const world = newWorld()
    const hash = createHash("sha256")
    const callsByMethod: Record<string, { calls: number; refusals: number }> = {}
    const checkpoints: Array<string> = []
    let comparisons = 0
    yield* runRequests(world, requestsOf(seed, commands), (command, answer) => {
      comparisons++
      hash.update(JSON.stringify(command)).update(answer)
      const count = callsByMethod[`${command.store}.${command.method}`] ??= { calls: 0, refusals: 0 }
      count.calls++
      if (answer.startsWith("{\"refusal\"")) count.refusals++
      const blocks = Math.floor(world.commandCount / blockLength)
      if (blocks > checkpoints.length) checkpoints.push(hash.copy().digest("hex"))
    })
    return { commands, comparisons, digest: hash.digest("hex"), checkpoints, callsByMethod }
  }).pipe(Effect.provide(layer))
