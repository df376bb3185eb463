/**
 * A payment provider in memory, for tests of whatever calls the gateway: no network, no XML, the clock of the test.
 *
 * It keeps every promise of the port, see the conformance suite of `@docdata/testkit`. What it does not do: notify,
 * convert currencies, or let anything happen by itself; the test says what happens, through {@link FakeProvider}.
 */
import {
  type Answer,
  type Exchange,
  GatewayFailure,
  type GatewayFailureReason,
  type InputOf,
  type Merchant,
  type Operation,
  type OutputOf,
  PaymentGateway
} from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { act } from "./act.ts"
import { type Called, type Outcome, refuse } from "./Called.ts"
import { ActionFailure, type FakeCall, type FakeFault, FakeProvider } from "./FakeProvider.ts"
import { FakeWorld } from "./FakeWorld.ts"
import { capture, refund } from "./modifying.ts"
import { cancel, create, listPaymentMethods, status, statusExtended } from "./ordering.ts"
import { proceed, start } from "./paying.ts"
import { loginFailed } from "./refusals.ts"
import { requestViolations } from "./requestProblems.ts"

export interface FakeGatewayOptions {
  /** Merchants that are known, with their passwords. Without it everyone is, with any password. */
  readonly passwords?: Readonly<Record<string, string>>
  /** Profiles of the back office. Without it any profile will do. */
  readonly profiles?: ReadonlyArray<string>
}

interface Desk {
  readonly world: FakeWorld
  readonly options: FakeGatewayOptions
  readonly calls: Array<FakeCall>
  faults: ReadonlyArray<FakeFault>
  isDeclining: boolean
}

type Executors = { readonly [O in Operation]: (called: Called<InputOf<O>>, desk: Desk) => Outcome<OutputOf<O>> }

const executors: Executors = {
  create: (called, { options }) => create(called, options.profiles),
  start: (called, desk) => {
    const declined = desk.isDeclining
    desk.isDeclining = false
    return start(called, declined)
  },
  proceed,
  cancel,
  capture,
  refund,
  status,
  statusExtended,
  listPaymentMethods
}

/** The first fault for this operation, used up by one call. */
const takeFault = (desk: Desk, operation: Operation): FakeFault | undefined => {
  const fault = desk.faults.find((waiting) => waiting.operation === undefined || waiting.operation === operation)
  if (fault === undefined) return undefined
  const left = (fault.times ?? 1) - 1
  desk.faults = desk.faults.flatMap((waiting) =>
    waiting !== fault ? [waiting] : left > 0 ? [{ ...fault, times: left }] : []
  )
  return fault
}

const isKnown = ({ passwords }: FakeGatewayOptions, { merchantName, password }: Merchant): boolean =>
  passwords === undefined || passwords[merchantName] === Redacted.value(password)

/** What reaches the provider, and what it makes of it. */
const execute = <O extends Operation>(
  desk: Desk,
  { executed, operation }: { readonly operation: O; readonly executed: boolean },
  called: Called<InputOf<O>>
): Outcome<OutputOf<O>> | undefined => {
  const executor: Executors[O] = executors[operation]
  const outcome = executed
    ? isKnown(desk.options, called.merchant) ? executor(called, desk) : refuse(loginFailed)
    : undefined
  const isDone = outcome !== undefined && Result.isSuccess(outcome)
  desk.calls.push({ operation, merchantName: called.merchant.merchantName, executed: isDone })
  return outcome
}

// Names whose values may be seen, as on the wire. Everything else of an input is left out.
const shown: ReadonlySet<string> = new Set(["orderReference", "orderKey", "paymentId", "total", "amount", "itemCode"])

const requestText = (operation: Operation, input: object): string =>
  `${operation} ${JSON.stringify(Object.fromEntries(Object.entries(input).filter(([name]) => shown.has(name))))}`

const isSilent = (reason: GatewayFailureReason): boolean => reason._tag === "TransportFailure"

const isUnsent = (reason: GatewayFailureReason): boolean =>
  reason._tag === "TransportFailure" && reason.sent === "not-sent"

const makeCall =
  <O extends Operation>(desk: Desk, operation: O) =>
  (merchant: Merchant, input: InputOf<O>): Effect.Effect<Answer<OutputOf<O>>, GatewayFailure> =>
    Effect.gen(function*() {
      const [problem, ...problems] = requestViolations(operation, merchant, input)
      if (problem !== undefined) {
        const reason = { _tag: "RefusedBeforeSending", problems: [problem, ...problems] } as const
        return yield* new GatewayFailure({ operation, reason })
      }
      const startedAtMs = yield* Clock.currentTimeMillis
      const fault = takeFault(desk, operation)
      const unsent = fault !== undefined && isUnsent(fault.reason)
      const call = { operation, executed: fault === undefined || fault.executed }
      const outcome = unsent ? undefined : execute(desk, call, { world: desk.world, merchant, input })
      if (fault?.afterMs !== undefined) yield* Effect.sleep(fault.afterMs)
      const finishedAtMs = yield* Clock.currentTimeMillis
      const exchangeWith = (replyText?: string): Exchange => ({
        operation,
        environment: merchant.environment,
        merchantName: merchant.merchantName,
        ...(merchant.subjectMerchant === undefined ? {} : { subjectMerchantName: merchant.subjectMerchant.name }),
        requestText: requestText(operation, input),
        ...(replyText === undefined ? {} : { replyText }),
        startedAtMs,
        finishedAtMs,
        timings: { queuedMs: 0, totalMs: finishedAtMs - startedAtMs },
        attempts: unsent ? 0 : 1,
        shortened: []
      })
      if (fault !== undefined) {
        const { reason } = fault
        const exchange = exchangeWith(isSilent(reason) ? undefined : reason._tag)
        return yield* new GatewayFailure({ operation, reason, exchange })
      }
      if (outcome === undefined || Result.isFailure(outcome)) {
        const reason = { _tag: "Rejected", errors: outcome?.failure ?? [loginFailed] } as const
        return yield* new GatewayFailure({ operation, reason, exchange: exchangeWith(reason._tag) })
      }
      return { value: outcome.success, exchange: exchangeWith("Success") }
    })

const gatewayOf = (desk: Desk): PaymentGateway["Service"] =>
  PaymentGateway.of({
    create: makeCall(desk, "create"),
    start: makeCall(desk, "start"),
    proceed: makeCall(desk, "proceed"),
    cancel: makeCall(desk, "cancel"),
    capture: makeCall(desk, "capture"),
    refund: makeCall(desk, "refund"),
    status: makeCall(desk, "status"),
    statusExtended: makeCall(desk, "statusExtended"),
    listPaymentMethods: makeCall(desk, "listPaymentMethods")
  })

const providerOf = (desk: Desk): FakeProvider["Service"] =>
  FakeProvider.of({
    act: (action) =>
      Effect.flatMap(Clock.currentTimeMillis, (nowMs) => {
        const acted = act(desk.world, action, nowMs)
        return "why" in acted ? Effect.fail(new ActionFailure(acted)) : Effect.succeed(acted.paymentId)
      }),
    plan: (fault) =>
      Effect.sync(() => {
        desk.faults = [...desk.faults, fault]
      }),
    mend: Effect.sync(() => {
      desk.faults = []
    }),
    declineNext: Effect.sync(() => {
      desk.isDeclining = true
    }),
    calls: Effect.sync(() => [...desk.calls])
  })

/** A provider without orders, and its gateway. Everything is gone with the layer. */
export const layerFakeGateway = (options: FakeGatewayOptions = {}): Layer.Layer<PaymentGateway | FakeProvider> =>
  Layer.effectContext(Effect.sync(() => {
    const desk: Desk = { world: new FakeWorld(), options, calls: [], faults: [], isDeclining: false }
    return Context.empty().pipe(
      Context.add(PaymentGateway, gatewayOf(desk)),
      Context.add(FakeProvider, providerOf(desk))
    )
  }))
