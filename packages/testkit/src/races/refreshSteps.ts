/**
 * The refresh protocol as steps of one worker. Between any two of them anything may happen.
 */
import type { Commit } from "@docdata/application"
import { defaultPolicy, type Outcome, reconcile } from "@docdata/domain"
import { claimFor, delivered } from "../conformance/deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { orderId, type RaceAnswer, type RaceBench, type RaceWorker, subscriber } from "./RaceBench.ts"

/** One step. It is not interrupted, but nothing else is promised. */
export interface RaceStep {
  readonly name: string
  readonly run: (bench: RaceBench, worker: RaceWorker) => Effect.Effect<unknown, unknown>
}

/** How often a worker reads and decides again when others are faster; more often means that something is wrong. */
const commitAttemptsMax = 10

const step = (name: string, run: RaceStep["run"]): RaceStep => ({
  name,
  run: (bench, worker) => worker.idle ? Effect.void : run(bench, worker)
})

const nameOfOrder = { by: "id", id: orderId } as const

/** What the answer means for the order as it was read. */
export const decide = ({ snapshot }: RaceWorker, { answeredAtMs, report }: RaceAnswer): Outcome =>
  reconcile({
    order: snapshot!.order.state,
    payments: snapshot!.payments,
    report,
    nowMs: answeredAtMs,
    policy: defaultPolicy
  })

/** The change that stores an outcome. */
export const changeOf = ({ snapshot }: RaceWorker, answer: RaceAnswer, outcome: Outcome): Commit => ({
  orderId,
  expectedRevision: snapshot!.order.revision,
  committedAtMs: answer.answeredAtMs,
  state: outcome.order,
  payments: outcome.payments,
  observation: {
    observedBy: "notification",
    ...answer,
    rules: "strict",
    decision: outcome.decision,
    findings: outcome.findings
  },
  events: outcome.events,
  subscribers: [subscriber],
  modifications: [],
  nextRefreshAtMs: undefined,
  quietRefreshes: 0
})

/** Takes an item whose time is over at once, so that everybody else can take it too: the worst of all leases. */
export const claim = step("claim", ({ stores, tick }, worker) =>
  Effect.gen(function*() {
    const nowMs = tick()
    const request = { merchant: "shop", nowMs, leaseUntilMs: nowMs, limit: 1, claim: `${worker.name} ${nowMs}` }
    const [item] = yield* stores.inbox.claim(request)
    if (item === undefined) worker.idle = true
    else worker.item = item
  }))

export const read = step("read", ({ stores }, worker) =>
  Effect.map(stores.orders.read(nameOfOrder), (snapshot) => {
    worker.snapshot = snapshot
  }))

/** The request leaves; what it will be answered is not decided yet. */
export const ask = step("ask", ({ tick }, worker) =>
  Effect.sync(() => {
    worker.askedAtMs = tick()
  }))

/** The answer arrives: what was true at this moment, although it was asked for earlier. */
export const receive = step("hear", ({ refresh, tick }, worker) =>
  Effect.gen(function*() {
    const answeredAtMs = tick()
    worker.answer = { askedAtMs: worker.askedAtMs!, answeredAtMs, report: yield* refresh() }
  }))

/** Asked and answered in one instant. */
export const statusCall = step(
  "status call",
  (bench, worker) => Effect.andThen(ask.run(bench, worker), receive.run(bench, worker))
)

/** Stores the answer on the revision it was decided on; if others were faster, reads and decides again. */
export const commit = step("commit", (bench, worker) =>
  Effect.gen(function*() {
    const { orders } = bench.stores
    const answer = worker.answer!
    for (let attempt = 0; attempt < commitAttemptsMax; attempt++) {
      const { observedFromMs } = worker.snapshot!.order
      if (observedFromMs !== undefined && answer.askedAtMs < observedFromMs) return
      const outcome = decide(worker, answer)
      const result = yield* Effect.result(orders.commit(changeOf(worker, answer, outcome)))
      if (result._tag === "Success") return
      if (result.failure._tag !== "Outdated") return yield* Effect.die(result.failure)
      const paymentIds = answer.report.payments.map(({ id }) => id)
      worker.snapshot = yield* orders.read(nameOfOrder, paymentIds)
    }
    return yield* Effect.die(new Error("others were faster again and again"))
  }))

export const acknowledge = step(
  "acknowledge",
  ({ stores }, { item }) => item === undefined ? Effect.void : stores.inbox.acknowledge(item)
)

/** The relay takes the next event. */
export const claimDelivery = step("claim delivery", ({ stores, tick }, worker) =>
  Effect.gen(function*() {
    const nowMs = tick()
    const request = { subscriber, nowMs, leaseUntilMs: nowMs, limit: 1, claim: `${worker.name} ${nowMs}` }
    const [delivery] = yield* claimFor(stores.outbox, request)
    if (delivery === undefined) worker.idle = true
    else worker.delivery = delivery
  }))

export const handOver = step("hand over", ({ handOver }, { delivery }) => Effect.sync(() => handOver(delivery!.event)))

export const markDelivered = step(
  "mark delivered",
  ({ stores, tick }, { delivery }) =>
    delivered(stores.outbox, { subscriber, claim: delivery!.claim, eventId: delivery!.event.id }, tick())
)

/** The four steps of a refresh of an order. */
export const refreshRaceSteps: ReadonlyArray<RaceStep> = [read, statusCall, commit, acknowledge]

/** A refresh whose question and answer are apart, so that what was asked for first may be heard last. */
export const slowRefreshSteps: ReadonlyArray<RaceStep> = [read, ask, receive, commit, acknowledge]

/** From the inbox to the subscriber. */
export const wholePathSteps: ReadonlyArray<RaceStep> = [
  claim,
  ...slowRefreshSteps,
  claimDelivery,
  handOver,
  markDelivered
]
