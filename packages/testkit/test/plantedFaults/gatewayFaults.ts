/**
 * Gateways that break one sentence of their port, on purpose: the fake gateway with one operation changed.
 */
import {
  type Answer,
  type CaptureInput,
  type Exchange,
  GatewayFailure,
  type GatewayFailureReason,
  type InputOf,
  type Merchant,
  type Operation,
  PaymentGateway
} from "@docdata/application"
import { FakeProvider, layerFakeWorld } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

type Gateway = PaymentGateway["Service"]
type Change = (gateway: Gateway, provider: FakeProvider["Service"]) => Partial<Gateway>

/** What is broken, which sentence of the port says so, and the case of the suite that finds it. */
export interface PlantedFault {
  readonly name: string
  readonly sentence: string
  readonly foundBy: string
  readonly change: Change
}

export const layerOf = ({ change }: PlantedFault): typeof layerFakeWorld =>
  Layer.effect(
    PaymentGateway,
    Effect.gen(function*() {
      const gateway = yield* PaymentGateway
      return PaymentGateway.of({ ...gateway, ...change(gateway, yield* FakeProvider) })
    })
  ).pipe(Layer.provideMerge(layerFakeWorld))

type Call<O extends Operation> = Gateway[O]
type ValueOf<O extends Operation> = Effect.Success<ReturnType<Call<O>>>["value"]

/** An operation whose input, answer or failure is another one. */
interface Bent<O extends Operation> {
  readonly input?: (input: InputOf<O>) => InputOf<O>
  readonly merchant?: (merchant: Merchant) => Merchant
  readonly value?: (value: ValueOf<O>) => ValueOf<O>
  readonly exchange?: (exchange: Exchange) => Partial<Exchange>
  readonly reason?: (reason: GatewayFailureReason) => GatewayFailureReason
}

const same = <A>(value: A): A => value

const bent = <O extends Operation>(operation: O, change: Bent<O>): Change => (gateway) => {
  const { exchange = () => ({}), input = same, merchant = same, reason = same, value = same } = change
  // The operations have no type in common, which the compiler cannot follow through the name.
  const call = gateway[operation] as (
    merchant: Merchant,
    input: InputOf<O>
  ) => Effect.Effect<Answer<ValueOf<O>>, GatewayFailure>
  const changed = (by: Merchant, given: InputOf<O>) =>
    call(merchant(by), input(given)).pipe(
      Effect.map((answer) => ({
        value: value(answer.value),
        exchange: { ...answer.exchange, ...exchange(answer.exchange) }
      })),
      Effect.mapError((failure) =>
        new GatewayFailure({
          operation,
          reason: reason(failure.reason),
          ...(failure.exchange && { exchange: { ...failure.exchange, ...exchange(failure.exchange) } })
        })
      )
    )
  return { [operation]: changed }
}

const refusedReason = {
  _tag: "Rejected",
  kind: "refused",
  errors: [{ code: "NO", message: "No." }]
} as const satisfies GatewayFailureReason

/** Answers a call under a name that was used before with what was answered then. */
const remembering = <O extends "start" | "capture" | "refund">(
  operation: O,
  nameOf: (input: InputOf<O>) => string | undefined
): Change =>
(gateway) => {
  const answered = new Map<string, unknown>()
  const call = gateway[operation] as (merchant: Merchant, input: InputOf<O>) => Effect.Effect<unknown, GatewayFailure>
  const changed = (merchant: Merchant, input: InputOf<O>) =>
    Effect.suspend(() => {
      const name = nameOf(input)
      if (name === undefined) return call(merchant, input)
      return answered.has(name)
        ? Effect.succeed(answered.get(name))
        : Effect.tap(call(merchant, input), (answer) => Effect.sync(() => answered.set(name, answer)))
    })
  return { [operation]: changed }
}

const breaking = "a call that breaks says what may have happened, and a writing one is never repeated"
const unsent = "refused before sending, nothing reaches the provider"
const asking = "status, extended status, list"

const wayFaults: ReadonlyArray<PlantedFault> = [
  {
    name: "tries a capture once more",
    sentence: "reach the provider at most once per call; an adapter never repeats them by itself, whatever happened.",
    foundBy: `${breaking}: connection-lost during capture, executed`,
    change: ({ capture }) => ({ capture: (by, input) => Effect.retry(capture(by, input), { times: 1 }) })
  },
  {
    name: "waits for a report for ever",
    sentence: "The three reads may be repeated within one call, inside its deadline.",
    foundBy: "silence ends at the deadline: status: it may have happened",
    change: () => ({ status: () => Effect.never })
  },
  {
    name: "takes a fault for a refusal",
    sentence: "`mayHaveHappened(operation, reason)` is false only if it is certain that nothing was executed.",
    foundBy: `${breaking}: fault during capture, executed`,
    change: bent("capture", { reason: (reason) => reason._tag === "Fault" ? refusedReason : reason })
  },
  {
    name: "says that a request which was not answered was not sent",
    sentence: "When in doubt an adapter says `unknown`.",
    foundBy: "silence ends at the deadline: refund: it may have happened",
    change: bent("refund", {
      reason: (reason) => reason._tag === "TransportFailure" ? { ...reason, sent: "not-sent" } : reason
    })
  },
  {
    name: "recommends to repeat a capture that may be under way",
    sentence: "reads always when the obstacle can pass, everything else only if it was not sent.",
    foundBy: "silence ends at the deadline: capture: it may have happened",
    change: bent("capture", {
      reason: (reason) => reason._tag === "TransportFailure" ? { ...reason, retryable: true } : reason
    })
  },
  {
    name: "names the first problem only",
    sentence: "Lengths, patterns, sums and required fields are checked first and all problems reported at once",
    foundBy: `${unsent}: all problems of an order at once, by the paths of its fields`,
    change: bent("create", {
      reason: (reason) =>
        reason._tag === "RefusedBeforeSending" ? { ...reason, problems: [reason.problems[0]] } : reason
    })
  },
  {
    name: "asks the provider about a key that is none",
    sentence: "**Nothing is sent that the contract forbids.**",
    foundBy: `${unsent}: a key that is none, of status`,
    change: bent("status", {
      input: ({ orderKey }) => ({ orderKey: orderKey.padEnd(32, "0").slice(0, 32).toUpperCase().replaceAll("-", "0") })
    })
  },
  {
    name: "asks again when the caller gives up",
    sentence: "**Interruption gives up waiting, not the call.**",
    foundBy: "interruption gives up waiting, not the call: capture: the provider has it, once, and the gateway is as " +
      "good as new",
    change: ({ capture }) => ({
      capture: (by, input) =>
        Effect.onInterrupt(
          capture(by, input),
          () => Effect.forkDetach(Effect.ignore(capture(by, input)), { startImmediately: true })
        )
    })
  },
  {
    name: "says that a report is younger than it is",
    sentence: "as old as `exchange.startedAtMs`.",
    foundBy: "the exchange: of status says in whose name, what, how often and when",
    change: bent("status", { exchange: ({ finishedAtMs }) => ({ startedAtMs: finishedAtMs + 60_000 }) })
  },
  {
    name: "counts no attempt",
    sentence: "0 when nothing was attempted, 1 ordinarily, more only for operations that change nothing.",
    foundBy: "the exchange: of capture says in whose name, what, how often and when",
    change: bent("capture", { exchange: () => ({ attempts: 0 }) })
  },
  {
    name: "shows an empty reply where none arrived",
    sentence: "Absent when no byte of a body arrived.",
    foundBy: "nothing was sent when no connection came about: status: nothing happened, and trying again makes sense",
    change: bent("status", { exchange: ({ replyText = "" }) => ({ replyText }) })
  },
  {
    name: "keeps the whole request for an audit",
    sentence: "are in no error, log, span, metric and in no text of an exchange.",
    foundBy:
      "secrets and personal data: are in no error, log, span, metric, answer and in no text of an exchange, of " +
      "all cases above",
    change: ({ create }) => ({
      create: (by, input) =>
        Effect.map(create(by, input), ({ exchange, value }) => ({
          value,
          exchange: { ...exchange, requestText: JSON.stringify(input) }
        }))
    })
  }
]

const meaningFaults: ReadonlyArray<PlantedFault> = [
  {
    name: "takes a wrong password for a wrong request",
    sentence: "`credentials`: wrong credentials, or an address that is not allowed.",
    foundBy: "the provider refuses: status with a wrong password, as a matter of credentials",
    change: bent("status", { reason: (reason) => reason._tag === "Rejected" ? { ...reason, kind: "refused" } : reason })
  },
  {
    name: "takes trouble inside for a wrong request",
    sentence: "`internal`: something broke inside, or the provider used a word that is new to the adapter.",
    foundBy: `${breaking}: internal-error during capture, not executed`,
    change: bent("capture", {
      reason: (reason) => reason._tag === "Rejected" ? { ...reason, kind: "refused" } : reason
    })
  },
  {
    name: "names the first error of a reply only",
    sentence: "The provider answered with errors: all of the reply, in its order.",
    foundBy: "create: tells every reason of a refusal",
    change: bent("create", {
      reason: (reason) => reason._tag === "Rejected" ? { ...reason, errors: [reason.errors[0]] } : reason
    })
  },
  {
    name: "shows an order to every account",
    sentence: "An order belongs to the account that created it: all later calls need the same merchant.",
    foundBy: "the provider refuses: status of something that nobody knows, or that is another merchant's",
    change: bent("status", { merchant: (by) => ({ ...by, merchantName: "conformance_shop" }) })
  },
  {
    name: "does what it says that it cannot",
    sentence: "A call of one is `Unsupported`, and use cases refuse what needs it before they store anything.",
    foundBy: "operations that the provider does not have: are refused as unsupported, and nothing reaches the provider",
    change: () => ({ unsupported: new Set(["cancel"]) })
  }
]

const orderFaults: ReadonlyArray<PlantedFault> = [
  {
    name: "makes every reference a new one",
    sentence: "the reference is unique per merchant for ever",
    foundBy: "create: refuses a reference that was used, for ever, also after the order was cancelled",
    change: (gateway, provider) => {
      let count = 0
      const numbered = bent("create", {
        input: (input) => ({ ...input, orderReference: `${input.orderReference}-${++count}` })
      })
      return numbered(gateway, provider)
    }
  },
  {
    name: "answers a key in small letters",
    sentence: "Everything later is asked for by this key; store it before anything else.",
    foundBy: "create: answers a key of 32 capitals and digits, and no payment",
    change: bent("create", { value: (value) => ({ ...value, orderKey: value.orderKey.toLowerCase() }) })
  },
  {
    name: "says of everything that it was cancelled before the acquirer answered",
    sentence: "`NotCancelled` and `Pending` are answers and no cancellation.",
    foundBy: "cancel: of a payment whose acquirer has not answered: pending, which is no cancellation",
    change: bent("cancel", { value: (value) => value._tag === "Pending" ? { _tag: "Cancelled" } : value })
  },
  {
    name: "says of captured payments that they were cancelled",
    sentence: "Impossible once money was captured.",
    foundBy: "cancel: of a captured payment: not cancelled, and the money stays",
    change: bent("cancel", { value: (value) => value._tag === "NotCancelled" ? { _tag: "Cancelled" } : value })
  },
  {
    name: "says of every cancellation that it was the first",
    sentence: "Harmless to repeat (`AlreadyCancelled`), but not repeated by adapters.",
    foundBy: "cancel: of a payment that has begun: cancelled",
    change: bent("cancel", { value: (value) => value._tag === "AlreadyCancelled" ? { _tag: "Cancelled" } : value })
  },
  {
    name: "changes an order by asking about it",
    sentence: "The totals and payment attempts of an order. Changes nothing; safe to repeat.",
    foundBy: `${asking}: asking changes nothing: three times the same`,
    change: ({ status }, { act }) => ({
      status: (by, input) =>
        Effect.andThen(Effect.ignore(act({ do: "begin", orderKey: input.orderKey })), status(by, input))
    })
  },
  {
    name: "leaves the details out",
    sentence: "The same with the details of each attempt (accounts, cards' last digits, risk checks).",
    foundBy: `${asking}: the extended report is the report, with details of each attempt`,
    change: bent("statusExtended", { value: (value) => ({ ...value, paymentInfos: [] }) })
  },
  {
    name: "offers nothing",
    sentence: "What this order can be paid with.",
    foundBy: `${asking}: the list names methods and the banks of iDEAL`,
    change: bent("listPaymentMethods", { value: () => [] })
  }
]

const withoutFinal = (input: CaptureInput): CaptureInput => {
  const { finalCapture: _, ...rest } = input
  return rest
}

const moneyFaults: ReadonlyArray<PlantedFault> = [
  {
    name: "answers a second start with the first payment",
    sentence: "Not repeatable: each call is a payment of its own and may take money.",
    foundBy: "start: makes each call a payment of its own",
    change: remembering("start", ({ orderKey }) => orderKey)
  },
  {
    name: "starts all of the order whatever is asked for",
    sentence: "Part of the order's total; all of it when absent.",
    foundBy: "start: pays all of the order, or the part that is asked for",
    change: bent("start", { input: ({ orderKey, payment }) => ({ orderKey, payment }) })
  },
  {
    name: "breaks when the acquirer refuses",
    sentence: "A refused payment comes as `Rejected` or as a `Failed` response inside an answer; both are ordinary.",
    foundBy: "start: tells of a payment that the acquirer refuses in one of two ordinary ways",
    change: bent("start", {
      value: (value) => value.payment._tag === "Failed" ? { payment: { _tag: "Silent" } } : value
    })
  },
  {
    name: "takes an answer for a payment",
    sentence: "An answer is not a payment: look at the response's word.",
    foundBy: "proceed: answers the word as it is while the shopper has not answered",
    change: bent("proceed", {
      value: (value) => value._tag === "Accepted" ? { ...value, status: "AUTHORIZED" } : value
    })
  },
  {
    name: "files a capture once for each reference",
    sentence: "Not repeatable: two captures of a part are two captures.",
    foundBy: "capture: is not repeatable: two captures of a part are two captures",
    change: remembering("capture", ({ captureReference }) => captureReference)
  },
  {
    name: "moves the money of a capture at once",
    sentence: "Files a capture.",
    foundBy: "capture: files a request; the money moves later",
    change: ({ capture }, { act }) => ({
      capture: (by, input) =>
        Effect.tap(
          capture(by, input),
          () => Effect.ignore(act({ do: "move-captures", paymentId: input.paymentId, to: "CAPTURED" }))
        )
    })
  },
  {
    name: "takes the price of the line where an amount is given as well",
    sentence: "With both, the amount wins; that combination is legal on the wire",
    foundBy: "capture: takes what a line of the bill costs, unless an amount is given as well",
    change: bent("capture", {
      input: ({ amount, ...input }) =>
        amount === undefined || input.itemCode !== undefined ? input : { ...input, amount }
    })
  },
  {
    name: "announces no capture as the last one",
    sentence: "No further capture follows on this payment.",
    foundBy: "capture: announced as the last one lets no other follow",
    change: bent("capture", { input: withoutFinal })
  },
  {
    name: "adds a capture to those that it should replace",
    sentence: "True: replaces captures that are filed but not yet sent (`NEW`), the automatic one included.",
    foundBy: "capture: adds to what is filed, or replaces it",
    change: bent("capture", { input: (input) => ({ ...input, replaceFiled: false }) })
  },
  {
    name: "files a refund once for each reference",
    sentence: "Not repeatable: two refunds of a part are two refunds.",
    foundBy: "refund: is not repeatable: two refunds of a part are two refunds",
    change: remembering("refund", ({ refundReference }) => refundReference)
  },
  {
    name: "moves the money of a refund at once",
    sentence: "Files a refund.",
    foundBy: "refund: files a request; the money moves later",
    change: ({ refund }, { act }) => ({
      refund: (by, input) =>
        Effect.tap(
          refund(by, input),
          () => Effect.ignore(act({ do: "move-refunds", paymentId: input.paymentId, to: "CAPTURED" }))
        )
    })
  },
  {
    name: "replaces a refund that it should add to",
    sentence: "Replaces refunds that are filed but not yet sent (`NEW`). Without it the refund is added.",
    foundBy: "refund: adds to what is filed, or replaces it",
    change: bent("refund", { input: (input) => ({ ...input, replaceFiled: true }) })
  },
  {
    name: "gives the pieces back and forgets the amount on top",
    sentence: "By `Items`: pieces of invoice lines, an additional amount, or both;",
    foundBy: "refund: gives back pieces of lines, and an amount on top",
    change: bent("refund", {
      input: (input) => {
        const { scope } = input
        return scope._tag === "Items" && scope.items.length > 0
          ? { ...input, scope: { _tag: "Items", items: scope.items } }
          : input
      }
    })
  }
]

export const gatewayFaults = [...wayFaults, ...meaningFaults, ...orderFaults, ...moneyFaults]
