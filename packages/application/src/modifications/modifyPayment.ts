/**
 * Capture money, or give it back.
 *
 * The shop's own reference is the idempotency key: the same one again answers what became of the first, and Docdata
 * is not asked twice; the same one for another amount or payment is refused. The request is written down before Docdata is
 * asked and counts from then on, so that all requests of a payment together never exceed what there is, whoever asks at
 * once. Captures of one payment are asked for one after the other, since the first may replace what is filed. When no
 * answer comes the modification is unclear; it keeps counting until a status report resolves it. A request of which certainly
 * nothing came is taken back: its reference is free again.
 *
 * A reference that is new here may be known at Docdata: a database that was restored from an older copy has forgotten what was
 * asked for since. So Docdata's newest report is asked for it first, and what is there is taken over instead of asked for again.
 */
import {
  isCountedModification,
  isOpenModification,
  type ModificationCause,
  modificationMoves,
  type PaymentRow
} from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  AlreadyTaken,
  type EventSink,
  type GatewayFailure,
  mayHaveHappened,
  type Merchant,
  type Merchants,
  type Modification,
  type ModificationTooLarge,
  type OrderName,
  type OrderNotFound,
  type OrderSnapshot,
  OrderStore,
  PaymentGateway,
  type StoredOrder,
  type StoreFailure
} from "../ports/index.ts"
import {
  commitAttemptsMax,
  Contended,
  type OpenFailure,
  openOrder,
  PaymentNotFound,
  scheduleRefresh,
  WrongState
} from "../commit/index.ts"
import { reportedCause, reportedItems } from "../refresh/index.ts"
import { refuseViolations } from "../requests/index.ts"
import {
  captureInput,
  type CaptureOptions,
  type ModificationOptions,
  refundInput,
  type RefundOptions
} from "./modificationInput.ts"

export type ModificationFailure =
  | OpenFailure
  | PaymentNotFound
  | WrongState
  | AlreadyTaken
  | ModificationTooLarge
  | GatewayFailure
  | Contended

type Services = OrderStore | Merchants | PaymentGateway | EventSink
type Kind = Modification["kind"]

const refreshAfterMs = 60_000

const doneMinor = (row: PaymentRow, kind: Kind): number => kind === "capture" ? row.debitedMinor : row.refundedMinor

const availableMinor = (row: PaymentRow, kind: Kind): number =>
  kind === "capture" ? row.allocatedMinor - row.reversedMinor : row.debitedMinor - row.chargedBackMinor

const sumMinor = (modifications: ReadonlyArray<Modification>): number =>
  modifications.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

/**
 * The most that all modifications asked for here may add up to: what is available, less what was moved by others (the
 * automatic capture, somebody in the back office).
 */
const limitOf = (row: PaymentRow, kind: Kind, modifications: ReadonlyArray<Modification>): number => {
  const ours = modifications.filter((modification) =>
    modification.kind === kind && modification.paymentId === row.paymentId
  )
  const confirmed = sumMinor(ours.filter(({ state }) => state === "confirmed"))
  return availableMinor(row, kind) - Math.max(0, doneMinor(row, kind) - confirmed)
}

const takenOf = (
  { kind, paymentId }: Pick<Modification, "kind" | "paymentId">,
  modifications: ReadonlyArray<Modification>
): number =>
  sumMinor(
    modifications.filter((modification) =>
      modification.kind === kind && modification.paymentId === paymentId && isCountedModification(modification.state)
    )
  )

/** In whose name the provider is asked, and about which order. */
interface Asker {
  readonly credentials: Merchant
  readonly orderKey: string
}

interface Prepared extends Asker {
  readonly modification: Modification
  readonly created: boolean
  readonly replaceFiled: boolean
}

/** The modification that is there under this reference already, if it is the one that is requested. */
const sameRequest = (known: Modification, request: ModificationOptions): Effect.Effect<Modification, AlreadyTaken> =>
  known.paymentId === request.paymentId && (request.amountMinor ?? known.amountMinor) === known.amountMinor
    ? Effect.succeed(known)
    : Effect.fail(new AlreadyTaken({ what: "modification-reference", orderId: known.orderId }))

const isCompetingWith = (request: Pick<Modification, "paymentId" | "reference">) => (other: Modification): boolean =>
  other.kind === "capture" && other.paymentId === request.paymentId && other.reference !== request.reference

/**
 * Whether captures that are filed give way to this one. The automatic capture of the account has to, or there would be
 * nothing left to capture; an own capture that is filed must not.
 */
const mayReplaceFiled = (modification: Modification, modifications: ReadonlyArray<Modification>): boolean =>
  !modifications.some((other) => isCompetingWith(modification)(other) && isOpenModification(other.state))

/** Longer than a call may be under way. */
const underWayMaxMs = 60_000
const pauseMs = 250

/**
 * The modifications of the order, read when no other capture of the payment is being asked for: it may be the one to which
 * filed captures give way, and must not arrive after this one. A repetition waits for the first request as well: if nothing
 * comes of that, its reference is free.
 */
const modificationsWhenAlone = Effect.fnUntraced(function*(
  orderId: string,
  kind: Kind,
  request: ModificationOptions
): Effect.fn.Return<ReadonlyArray<Modification>, StoreFailure, OrderStore> {
  const store = yield* OrderStore
  const untilMs = (yield* Clock.currentTimeMillis) + underWayMaxMs
  const isSame = (other: Modification) => other.kind === kind && other.reference === request.reference
  for (;;) {
    const modifications = yield* store.modifications(orderId)
    const nowMs = yield* Clock.currentTimeMillis
    const isAsked = modifications.some((other) =>
      (isSame(other) || kind === "capture" && isCompetingWith(request)(other)) &&
      other.state === "intended" && nowMs - other.requestedAtMs < underWayMaxMs
    )
    const isKnown = modifications.some((other) => isSame(other) && other.state !== "intended")
    if (isKnown || !isAsked || nowMs >= untilMs) return modifications
    yield* Effect.sleep(pauseMs)
  }
})

/** Writes the request down. `undefined` if another request for the payment was written down since these modifications were read. */
const writeDown = Effect.fnUntraced(function*(
  modification: Modification,
  limitMinor: number,
  modifications: ReadonlyArray<Modification>
): Effect.fn.Return<
  { readonly created: boolean; readonly modification: Modification } | undefined,
  OrderNotFound | ModificationTooLarge | StoreFailure,
  OrderStore
> {
  const store = yield* OrderStore
  const { amountMinor, kind } = modification
  // Exactly the room that was read: which capture may replace what is filed rests on it.
  const wholeMinor = takenOf(modification, modifications) + amountMinor
  if (kind === "refund" || wholeMinor > limitMinor) return yield* store.intend(modification, limitMinor)
  return yield* Effect.catchTag(store.intend(modification, wholeMinor), "ModificationTooLarge", () => Effect.undefined)
})

const paymentRow = (
  { order: { id: orderId }, payments }: OrderSnapshot,
  paymentId: string
): Effect.Effect<PaymentRow, PaymentNotFound> => {
  const row = payments.find((payment) => payment.orderKey === undefined && payment.paymentId === paymentId)
  return row === undefined ? Effect.fail(new PaymentNotFound({ orderId, paymentId })) : Effect.succeed(row)
}

/** Fails if the request for this modification breaks a rule. */
type Refuse = (asker: Asker, modification: Modification) => Effect.Effect<void, GatewayFailure, PaymentGateway>

/** Answers the modification as it is stored: a report may have been faster and know more. */
const resolve = Effect.fnUntraced(function*(modification: Modification, cause: ModificationCause) {
  const store = yield* OrderStore
  const atMs = yield* Clock.currentTimeMillis
  const { kind, orderId, reference } = modification
  const moved = yield* store.resolve({ orderId, kind, reference, cause, atMs })
  if (moved) return { ...modification, state: modificationMoves[cause].to, changedAtMs: atMs }
  const stored = (yield* store.modifications(orderId)).find((other) =>
    other.kind === kind && other.reference === reference
  )
  return stored ?? modification
})

/** Takes over what a report shows under the reference. `undefined` if it shows nothing. */
const adopt = Effect.fnUntraced(function*(
  asker: Asker,
  { kind, order, request }: { readonly kind: Kind; readonly order: StoredOrder; readonly request: ModificationOptions }
): Effect.fn.Return<Modification | undefined, ModificationFailure, Services> {
  const store = yield* OrderStore
  const gateway = yield* PaymentGateway
  const { value: { payments } } = yield* gateway.status(asker.credentials, { orderKey: asker.orderKey })
  const { paymentId, reference } = request
  const [first, ...others] = reportedItems(payments, { kind, paymentId, reference })
  if (first === undefined) return undefined
  const nowMs = yield* Clock.currentTimeMillis
  const reported: Modification = {
    orderId: order.id,
    kind,
    reference,
    paymentId,
    amountMinor: others.reduce((sum, { amount }) => sum + amount.minor, first.amount.minor),
    currency: first.amount.currency,
    state: "intended",
    requestedAtMs: nowMs,
    changedAtMs: nowMs
  }
  // It is there, whatever fits.
  const { modification } = yield* store.intend(reported, Number.MAX_SAFE_INTEGER)
  yield* scheduleRefresh({ by: "id", id: order.id }, 0)
  const cause = reportedCause(payments, modification)
  return cause === undefined ? modification : yield* resolve(modification, cause)
})

const isNew = Effect.fnUntraced(function*(orderId: string, kind: Kind, { reference }: ModificationOptions) {
  const modifications = yield* OrderStore.use((store) => store.modifications(orderId))
  return !modifications.some((known) => known.kind === kind && known.reference === reference)
})

const prepare = Effect.fnUntraced(function*(
  name: OrderName,
  { kind, refuse, request }: { readonly kind: Kind; readonly request: CaptureOptions; readonly refuse: Refuse }
): Effect.fn.Return<Prepared, ModificationFailure, Services> {
  const { credentials, ...snapshot } = yield* openOrder(name)
  const { order } = snapshot
  const asker: Asker = { credentials, orderKey: order.state.key }
  yield* paymentRow(snapshot, request.paymentId)
  const adopted = (yield* isNew(order.id, kind, request)) ? yield* adopt(asker, { kind, order, request }) : undefined
  if (adopted !== undefined) {
    return { ...asker, modification: yield* sameRequest(adopted, request), created: false, replaceFiled: false }
  }
  for (let attempt = 0; attempt < commitAttemptsMax; attempt++) {
    const modifications = yield* modificationsWhenAlone(order.id, kind, request)
    const known = modifications.find((modification) =>
      modification.kind === kind && modification.reference === request.reference
    )
    if (known !== undefined) {
      return { ...asker, modification: yield* sameRequest(known, request), created: false, replaceFiled: false }
    }
    // Read after the modifications: what is confirmed in between then counts towards the limit twice, and not never.
    const now = yield* OrderStore.use((store) => store.read({ by: "id", id: order.id }))
    const row = yield* paymentRow(now, request.paymentId)
    const limitMinor = limitOf(row, kind, modifications)
    const amountMinor = request.amountMinor ?? limitMinor - takenOf({ kind, paymentId: row.paymentId }, modifications)
    if (amountMinor <= 0) {
      return yield* new WrongState({ orderId: order.id, wanted: `a ${kind} of nothing`, status: order.state.status })
    }
    const nowMs = yield* Clock.currentTimeMillis
    const modification: Modification = {
      orderId: order.id,
      kind,
      reference: request.reference,
      paymentId: request.paymentId,
      amountMinor,
      currency: row.currency ?? order.currency,
      ...(kind === "capture" && request.final === true ? { final: true } : {}),
      state: "intended",
      requestedAtMs: nowMs,
      changedAtMs: nowMs
    }
    // All that can fail comes before the intent: once it is written down, the very next step is to ask.
    yield* refuse(asker, modification)
    yield* scheduleRefresh({ by: "id", id: order.id }, refreshAfterMs)
    const written = yield* writeDown(modification, limitMinor, modifications)
    if (written === undefined) continue
    const replaceFiled = mayReplaceFiled(modification, modifications)
    return {
      ...asker,
      modification: yield* sameRequest(written.modification, request),
      created: written.created,
      replaceFiled
    }
  }
  return yield* new Contended({ orderId: order.id })
})

/** Asks once, and writes down what became of it. */
const ask = Effect.fnUntraced(function*(
  modification: Modification,
  call: Effect.Effect<unknown, GatewayFailure>
): Effect.fn.Return<Modification, ModificationFailure, Services> {
  yield* Effect.tapError(
    call,
    (failure): Effect.Effect<unknown, StoreFailure, OrderStore> =>
      mayHaveHappened(modification.kind, failure.reason)
        ? resolve(modification, "unanswered")
        : OrderStore.use((store) => store.withdraw(modification))
  )
  return yield* resolve(modification, "taken")
})

/** Asks for money of an authorised payment. Safe to repeat with the same reference. The money moves later. */
export const capturePayment = Effect.fn("CapturePayment")(function*(
  name: OrderName,
  request: CaptureOptions
): Effect.fn.Return<Modification, ModificationFailure, Services> {
  const gateway = yield* PaymentGateway
  const refuse: Refuse = ({ credentials: merchant, orderKey }, modification) =>
    refuseViolations("capture", { merchant, input: captureInput(request, { ...modification, orderKey }) })
  const { created, credentials, modification, orderKey, replaceFiled } = yield* prepare(name, {
    kind: "capture",
    refuse,
    request
  })
  if (!created) return modification
  const input = captureInput(request, { ...modification, orderKey })
  return yield* ask(modification, gateway.capture(credentials, { ...input, replaceFiled }))
}, Effect.uninterruptible)

/** Asks to give captured money back. Safe to repeat with the same reference. The money moves later. */
export const refundPayment = Effect.fn("RefundPayment")(function*(
  name: OrderName,
  request: RefundOptions
): Effect.fn.Return<Modification, ModificationFailure, Services> {
  const gateway = yield* PaymentGateway
  const refuse: Refuse = ({ credentials: merchant, orderKey }, modification) =>
    refuseViolations("refund", { merchant, input: refundInput(request, { ...modification, orderKey }) })
  const prepared = yield* prepare(name, { kind: "refund", refuse, request })
  const { created, credentials, modification, orderKey } = prepared
  if (!created) return modification
  return yield* ask(modification, gateway.refund(credentials, refundInput(request, { ...modification, orderKey })))
}, Effect.uninterruptible)
