/** Plays a scenario on a simulator, on an order of its own or on one that a shop has made. */
import type { StatusReport } from "@docdata/domain"
import { act } from "../control/act.ts"
import type { Action, ActionResult } from "../control/Action.ts"
import type { Fault } from "../faults/Fault.ts"
import type { FaultPlan } from "../faults/FaultPlan.ts"
import { convert } from "../order/Money.ts"
import type { Order } from "../order/Order.ts"
import { present } from "../present.ts"
import { hashOf } from "../SeededRandom.ts"
import type { HistoryEntry, World } from "../World.ts"
import type { ExpectedStatus, Scenario, Step } from "./Scenario.ts"

export interface ScenarioRun {
  readonly name: string
  readonly meaning: string
  readonly seed: number
  /** Status of the order that a correct integration ends with. */
  readonly expected: ExpectedStatus
  readonly orderKey: string
  readonly reference: string
  /** What happened, with times relative to the start. */
  readonly history: ReadonlyArray<HistoryEntry>
  /** What the status operation says at the end, payments in order of creation. */
  readonly report: StatusReport
  /** Steps that could not be done on this order, with the reason. Empty unless a shop's order did not fit. */
  readonly skipped: ReadonlyArray<{ readonly step: Step; readonly why: string }>
}

export interface ScenarioSetting {
  readonly world: World
  readonly faults: FaultPlan
  readonly advance: (ms: number) => Promise<void>
}

export interface ScenarioOptions {
  readonly seed?: number
  /** Play on this order; without it the scenario makes its own. */
  readonly orderKey?: string
  /** Whose order to make. The first merchant by default. */
  readonly merchant?: string
}

/** The same seed on a simulator that is in the same state gives the same history. Throws if the order is not there. */
export const runScenario = async (
  setting: ScenarioSetting,
  scenario: Scenario,
  options: ScenarioOptions = {}
): Promise<ScenarioRun> => {
  const { faults, world } = setting
  const seed = options.seed ?? world.random.below(1_000_000)
  world.random.restore(hashOf(`${scenario.name}\n${seed}`))
  const order = options.orderKey === undefined
    ? makeOrder(world, scenario, { seed, merchant: options.merchant })
    : world.orderOf(options.orderKey)
  if (order === undefined) throw new Error("there is no order with this key")
  // What an earlier scenario left behind is not part of this one.
  faults.clearFor({ merchant: order.merchant, orderKey: order.key })
  world.clearNotificationFaultsOf(order.key)
  const startMs = world.nowMs
  const skipped: Array<{ readonly step: Step; readonly why: string }> = []
  for (const step of scenario.steps) {
    const why = await play(setting, order, step)
    if (why !== undefined) skipped.push({ step, why })
  }
  return {
    name: scenario.name,
    meaning: scenario.meaning,
    seed,
    expected: scenario.expected,
    orderKey: order.key,
    reference: order.reference,
    history: world.historyOf(order.key).filter(({ atMs }) => atMs >= startMs).map((entry) =>
      sinceStart(entry, startMs)
    ),
    report: world.report(world.orderOf(order.key) ?? order),
    skipped
  }
}

const sinceStart = ({ atMs, orderKey, paymentId, what }: HistoryEntry, startMs: number): HistoryEntry => ({
  atMs: atMs - startMs,
  orderKey,
  ...present({ paymentId }),
  what
})

const makeOrder = (
  world: World,
  scenario: Scenario,
  { merchant, seed }: { readonly merchant: string | undefined; readonly seed: number }
): Order => {
  const owner = merchant === undefined ? [...world.merchants.values()][0] : world.merchants.get(merchant)
  if (owner === undefined) throw new Error("there is no merchant to make an order for")
  const base = `${scenario.order?.referencePrefix ?? ""}${scenario.name}-${seed}`
  let reference = base
  for (let again = 2; world.isReferenceTaken(owner.name, reference); again += 1) reference = `${base}-${again}`
  const order = world.addOrder({
    merchant: owner.name,
    reference,
    profile: owner.profiles?.[0] ?? "standard",
    // From 20 to 200 in most currencies; no share of a scenario rounds to nothing.
    registered: { minor: 2_000 + world.random.below(18_000), currency: scenario.order?.currency ?? "EUR" },
    daysToPay: 14,
    billingCountry: scenario.order?.country ?? "NL",
    language: "nl",
    items: [],
    fitForPayLater: true,
    ...present({ voidKeepsApproved: scenario.order?.voidKeepsApproved })
  })
  if ("_tag" in order) throw new Error(`the simulator is full: ${order.what}`)
  return order
}

/** Nobody else meets the faults of a scenario. A create is about no order yet, so it is bound to the merchant. */
const boundTo = ({ key, merchant }: Order, fault: Fault): Fault =>
  fault.operation === "create" ? { ...fault, merchant } : { ...fault, orderKey: key }

/** Plays one step; the reason if it could not be done. */
const play = async (setting: ScenarioSetting, order: Order, step: Step): Promise<string | undefined> => {
  const { advance, faults, world } = setting
  switch (step.step) {
    case "wait":
      await advance(step.ms)
      return undefined
    case "faults":
      faults.add(step.faults.map((fault) => boundTo(order, fault)))
      return undefined
    case "notification-faults":
      world.planNotificationFaults(step.faults.map((fault) => ({ ...fault, orderKey: order.key })))
      return undefined
    case "notify":
      for (let count = 0; count < (step.times ?? 1); count += 1) await act(world, { do: "notify", orderKey: order.key })
      return undefined
    case "visit-while": {
      const visiting = act(world, { do: "visit", orderKey: order.key, kind: step.kind })
      const [result] = await Promise.all([visiting, advance(step.ms)])
      return whyNot(result)
    }
    case "choose":
    case "pay":
    case "pay-abroad":
    case "approve":
    case "refuse":
    case "cancel-payment":
    case "authorize":
    case "money-arrives":
    case "refuse-cancel":
    case "fail":
    case "word":
    case "word-capture":
    case "file-capture":
    case "file-refund":
    case "capture":
    case "refund":
    case "chargeback":
    case "reverse":
    case "cancel-order":
    case "visit": {
      const action = actionOf(world, order, step)
      return action === undefined ? "the order has no such payment" : whyNot(await act(world, action))
    }
  }
}

const whyNot = (result: ActionResult): string | undefined => result.ok ? undefined : result.why

type OrderStep = Extract<Step, { readonly step: "choose" | "pay" | "pay-abroad" | "cancel-order" | "visit" }>
const orderSteps: ReadonlySet<Step["step"]> = new Set<OrderStep["step"]>([
  "choose",
  "pay",
  "pay-abroad",
  "cancel-order",
  "visit"
])
const isOrderStep = (step: Step): step is OrderStep => orderSteps.has(step.step)

type PlainStep = Exclude<Step, { readonly step: "wait" | "faults" | "notification-faults" | "notify" | "visit-while" }>

const actionOf = (world: World, order: Order, step: PlainStep): Action | undefined =>
  isOrderStep(step) ? orderActionOf(world, order, step) : paymentActionOf(world, order, step)

const orderActionOf = (world: World, order: Order, step: OrderStep): Action => {
  const orderKey = order.key
  switch (step.step) {
    case "choose":
    case "pay":
      return {
        do: step.step,
        orderKey,
        method: step.method,
        ...present({ issuer: step.issuer }),
        ...share(order, step.part)
      }
    case "pay-abroad": {
      const worth = convert(order.registered, step.currency, world.settings.rates)
      return {
        do: "pay",
        orderKey,
        method: step.method,
        currency: step.currency,
        amountMinor: Math.max(1, worth - step.shortMinor)
      }
    }
    case "cancel-order":
      return { do: "cancel-order", orderKey }
    case "visit":
      return { do: "visit", orderKey, kind: step.kind }
  }
}

const share = (order: Order, part: number | undefined): { readonly amountMinor?: number } =>
  part === undefined ? {} : { amountMinor: Math.round(order.registered.minor * part) }

const paymentActionOf = (world: World, order: Order, step: Exclude<PlainStep, OrderStep>): Action | undefined => {
  const payments = (world.orderOf(order.key) ?? order).paymentIds
  const paymentId = step.payment === undefined ? payments.at(-1) : payments[step.payment]
  if (paymentId === undefined) return undefined
  switch (step.step) {
    case "approve":
      return { do: "answer", paymentId, answer: "approved" }
    case "refuse":
      return { do: "answer", paymentId, answer: "refused" }
    case "cancel-payment":
      return { do: "answer", paymentId, answer: "cancelled" }
    case "authorize":
    case "money-arrives":
    case "refuse-cancel":
      return { do: step.step, paymentId }
    case "fail":
      return { do: "fail", paymentId, status: step.status }
    case "word":
    case "word-capture":
      return { do: step.step, paymentId, status: step.status }
    case "file-capture":
    case "file-refund":
    case "reverse":
      return { do: step.step, paymentId, ...share(order, step.part) }
    case "capture":
    case "refund":
      return { do: step.step, paymentId, status: step.status, ...present({ reason: step.reason }) }
    case "chargeback":
      return { do: "chargeback", paymentId, ...share(order, step.part), ...present({ reason: step.reason }) }
  }
}
