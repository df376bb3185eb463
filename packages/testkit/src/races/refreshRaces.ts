/**
 * Races of the real `refreshOrder`: workers of different processes take one notification, look, and acknowledge it,
 * and between any two calls of theirs, to a store or to Docdata, anything may happen.
 *
 * How many calls a worker makes depends on the race: whoever is overtaken reads and decides again.
 */
import {
  EventSink,
  type Inbox,
  Merchants,
  OrderStore,
  type Outbox,
  PaymentGateway,
  refreshOrder,
  SingleFlight,
  UnknownMerchant
} from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Layer from "effect/Layer"
import { AllChoices, type Choices, DrawnChoices } from "./Choices.ts"
import { Gate, gated } from "./Gate.ts"
import { brokenInvariants } from "./invariants.ts"
import { orderId, type RaceBench, raceBench, subscriber } from "./RaceBench.ts"
import { cleanUp, RaceLost } from "./runRaces.ts"
import { sampleAccount } from "../sample/sampleShop.ts"

/** Does what is to be done between two calls of a worker. */
type Calling = <A, E>(name: string, made: Effect.Effect<A, E>) => Effect.Effect<A, E>

const account = sampleAccount()

const merchants = Merchants.of({
  find: (name) =>
    name === account.name ? Effect.succeed(account) : Effect.fail(new UnknownMerchant({ merchant: name })),
  all: () => Effect.succeed([account])
})

const sink = EventSink.of({
  subscribersFor: () => Effect.succeed([subscriber]),
  subscribers: () => Effect.succeed([subscriber]),
  deliver: () => Effect.undefined
})

// Question and answer are two calls: what is true is what was true when the answer left.
const gatewayOf = (calling: Calling, { refresh, tick }: RaceBench): PaymentGateway["Service"] => {
  const no = () => Effect.die(new Error("a refresh only asks for the status"))
  const status: PaymentGateway["Service"]["status"] = Effect.fnUntraced(function*(merchant) {
    const startedAtMs = yield* calling("ask", Effect.sync(tick))
    const { finishedAtMs, value } = yield* calling(
      "hear",
      Effect.suspend(() => {
        const finishedAtMs = tick()
        return Effect.map(refresh(), (value) => ({ finishedAtMs, value }))
      })
    )
    const exchange = {
      operation: "status",
      environment: merchant.environment,
      merchantName: merchant.merchantName,
      requestText: "status",
      startedAtMs,
      finishedAtMs,
      timings: { queuedMs: 0, totalMs: finishedAtMs - startedAtMs },
      attempts: 1,
      shortened: []
    } as const
    return { value, exchange }
  })
  return PaymentGateway.of({
    status,
    create: no,
    start: no,
    proceed: no,
    cancel: no,
    capture: no,
    refund: no,
    statusExtended: no,
    listPaymentMethods: no
  })
}

const clockOf = ({ tick }: RaceBench): Clock.Clock => ({
  currentTimeMillisUnsafe: tick,
  currentTimeMillis: Effect.sync(tick),
  currentTimeNanosUnsafe: () => BigInt(tick()) * 1_000_000n,
  currentTimeNanos: Effect.sync(() => BigInt(tick()) * 1_000_000n),
  monotonicTimeNanosUnsafe: () => 0n,
  monotonicTimeNanos: Effect.succeed(0n),
  sleep: () => Effect.die(new Error("a refresh does not sleep"))
})

/**
 * Calls between which nothing can happen that makes a difference; stopping there would multiply the races and tell none
 * from another. Modifications and payments of other orders nobody makes here. Anomalies change with a commit only, and then
 * the order as it was read is outdated in any case; the shop's order has no other attempt here.
 */
const isIdle = (method: string): boolean =>
  method === "modifications" || method === "anomalies" || method === "paymentsElsewhere" || method === "shopOrder"

/** What a process does with a notification: claim, refresh, and acknowledge with the commit. */
const worker = (bench: RaceBench, gate: Gate, name: string): Effect.Effect<void, unknown> =>
  Effect.gen(function*() {
    const { inbox, orders } = bench.stores
    const nowMs = bench.tick()
    // A claim whose time is over at once, so that everybody else can take it too: the worst of all leases.
    const request = { merchant: account.name, nowMs, leaseUntilMs: nowMs, limit: 1, claim: `${name} ${nowMs}` }
    const [item] = yield* gate.call("claim", inbox.claim(request))
    if (item === undefined) return
    yield* refreshOrder({ by: "id", id: orderId }, { observedBy: "notification", acknowledges: [item] }).pipe(
      Effect.provideService(OrderStore, gated(gate, orders, isIdle)),
      Effect.provideService(PaymentGateway, gatewayOf(gate.call, bench)),
      Effect.provideService(Merchants, merchants),
      Effect.provideService(EventSink, sink),
      Effect.provide(SingleFlight.layer, { local: true }),
      Effect.provideService(Clock.Clock, clockOf(bench))
    )
  })

/** Who may die, and how the ways are chosen. */
interface Race {
  readonly workers: number
  /** Whether the worker that just made a step dies of it. */
  readonly dies: () => boolean
  readonly choices: Choices
}

interface Ran {
  readonly steps: number
  readonly deaths: number
}

interface Worker {
  readonly name: string
  readonly fiber: Fiber.Fiber<void, unknown>
  readonly gate: Gate
  /** The call that it stands before. */
  reached: string
}

/** One race from the beginning, cleaning up after the dead, then the invariants. */
const runRace = ({ choices, dies, workers }: Race): Effect.Effect<Ran, unknown, OrderStore | Inbox | Outbox> =>
  Effect.gen(function*() {
    const bench = yield* raceBench
    const schedule: Array<string> = []
    let deaths = 0
    const alive: Array<Worker> = []
    const ended: Array<Fiber.Fiber<void, unknown>> = []
    for (let number = 1; number <= workers; number++) {
      const gate = new Gate()
      const name = `w${number}`
      const fiber = yield* Effect.forkDetach(Effect.ensuring(worker(bench, gate, name), gate.over))
      const reached = yield* gate.reached
      if (dies()) deaths++
      else if (reached !== undefined) alive.push({ name, fiber, gate, reached })
      else ended.push(fiber)
    }
    while (alive.length > 0) {
      const position = choices.choose(alive.length)
      const { fiber, gate, name, reached } = alive[position]!
      schedule.push(`${name} ${reached}`)
      gate.open()
      const next = yield* gate.reached
      const isDead = next !== undefined && dies()
      if (isDead) deaths++
      if (next === undefined) ended.push(fiber)
      if (isDead || next === undefined) alive.splice(position, 1)
      else alive[position]!.reached = next
    }
    // Whoever did not die has to come to its end: what stops a refresh is no way to win a race.
    for (const fiber of ended) yield* Fiber.join(fiber)
    yield* cleanUp(bench)
    const broken = yield* brokenInvariants(bench)
    if (broken.length > 0) return yield* new RaceLost({ broken, schedule })
    return { steps: schedule.length, deaths }
  })

/** Which races of real refreshes are run. */
export type RefreshRaceSelection =
  /** Every interleaving; `deaths` says whether every worker also dies before every call, alone and together. */
  | { readonly which: "all"; readonly deaths: boolean }
  /** Interleavings at random, in which a worker dies after one call in twenty. */
  | { readonly which: "sample"; readonly count: number; readonly seed: number }

/** How many races were run. */
export interface RefreshRaceNumbers {
  readonly races: number
  readonly withoutDeath: number
  readonly steps: number
  /** Calls of the longest race. */
  readonly longest: number
}

/** A death in so many calls of a race at random: enough of both kinds. */
const deathOneIn = 20

function* racesOf(workers: number, selection: RefreshRaceSelection): Generator<Race, void> {
  if (selection.which === "sample") {
    const choices = new DrawnChoices(selection.seed)
    const dies = (): boolean => choices.choose(deathOneIn) === 0
    for (let race = 0; race < selection.count; race++) yield { workers, choices, dies }
    return
  }
  const choices = new AllChoices()
  const dies = (): boolean => selection.deaths && choices.choose(2) === 1
  do yield { workers, choices, dies }
  while (choices.next())
}

/**
 * Runs races of real refreshes on stores of the layer, which is built anew for each race and has to start empty. Fails with
 * `RaceLost` at the first race after which an invariant does not hold, and with what a worker fails with.
 */
export const runRefreshRaces = <E>(
  layer: Layer.Layer<OrderStore | Inbox | Outbox, E>,
  workers: number,
  selection: RefreshRaceSelection
): Effect.Effect<RefreshRaceNumbers, unknown> =>
  Effect.gen(function*() {
    const numbers = { races: 0, withoutDeath: 0, steps: 0, longest: 0 }
    for (const race of racesOf(workers, selection)) {
      const { deaths, steps } = yield* Effect.provide(runRace(race), layer, { local: true })
      numbers.races++
      numbers.steps += steps
      numbers.longest = Math.max(numbers.longest, steps)
      if (deaths === 0) numbers.withoutDeath++
    }
    return numbers
  })
