/**
 * Capture money, or give it back.
 *
 * The shop's own reference is the idempotency key: the same one again answers what became of the first, and Docdata
 * is not asked twice; the same one for another amount or payment is refused. The wish is written down before Docdata is
 * asked and counts from then on, so that all wishes of a payment together never exceed what there is, whoever asks at
 * once. Captures of one payment are asked for one after the other, since the first may replace what is filed. When no
 * answer comes the movement is unclear; it keeps counting until a status report settles it.
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
  type Movement,
  type MovementTooLarge,
  type OrderName,
  type OrderNotFound,
  type OrderSnapshot,
  OrderStore,
  PaymentGateway,
  type StoreFailure
} from "../ports/index.ts"
import {
  commitAttemptsMax,
  Contended,
  lookSoon,
  type OpenFailure,
  openOrder,
  PaymentNotFound,
  WrongState
} from "../commit/index.ts"
import { refuseMistakes } from "../requests/index.ts"
import { captureInput, type CaptureWish, type MoneyWish, refundInput, type RefundWish } from "./modificationInput.ts"

export type MoveFailure =
  | OpenFailure
  | PaymentNotFound
  | WrongState
  | AlreadyTaken
  | MovementTooLarge
  | GatewayFailure
  | Contended

type Services = OrderStore | Merchants | PaymentGateway | EventSink
type Kind = Movement["kind"]

const lookAfterMs = 60_000

const doneMinor = (row: PaymentRow, kind: Kind): number => kind === "capture" ? row.debitedMinor : row.refundedMinor

const availableMinor = (row: PaymentRow, kind: Kind): number =>
  kind === "capture" ? row.allocatedMinor - row.reversedMinor : row.debitedMinor - row.chargedBackMinor

const sumMinor = (movements: ReadonlyArray<Movement>): number =>
  movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

/**
 * The most that all movements asked for here may add up to: what is available, less what was moved by others (the
 * automatic capture, somebody in the back office).
 */
const limitOf = (row: PaymentRow, kind: Kind, movements: ReadonlyArray<Movement>): number => {
  const ours = movements.filter((movement) => movement.kind === kind && movement.paymentId === row.paymentId)
  const confirmed = sumMinor(ours.filter(({ state }) => state === "confirmed"))
  return availableMinor(row, kind) - Math.max(0, doneMinor(row, kind) - confirmed)
}

const takenOf = (
  { kind, paymentId }: Pick<Movement, "kind" | "paymentId">,
  movements: ReadonlyArray<Movement>
): number =>
  sumMinor(
    movements.filter((movement) =>
      movement.kind === kind && movement.paymentId === paymentId && isCountedModification(movement.state)
    )
  )

interface Prepared {
  readonly movement: Movement
  readonly created: boolean
  readonly credentials: Merchant
  readonly replaceFiled: boolean
}

/** The movement that is there under this reference already, if it is the one that is wished for. */
const sameWish = (known: Movement, wish: MoneyWish): Effect.Effect<Movement, AlreadyTaken> =>
  known.paymentId === wish.paymentId && (wish.amountMinor ?? known.amountMinor) === known.amountMinor
    ? Effect.succeed(known)
    : Effect.fail(new AlreadyTaken({ what: "movement-reference", orderId: known.orderId }))

const isRivalOf = (wish: Pick<Movement, "paymentId" | "reference">) => (other: Movement): boolean =>
  other.kind === "capture" && other.paymentId === wish.paymentId && other.reference !== wish.reference

/**
 * Whether captures that are filed give way to this one. The automatic capture of the account has to, or there would be
 * nothing left to capture; an own capture that is filed must not.
 */
const givesWay = (movement: Movement, movements: ReadonlyArray<Movement>): boolean =>
  !movements.some((other) => isRivalOf(movement)(other) && isOpenModification(other.state))

/** Longer than a call may be under way. */
const underWayMaxMs = 60_000
const pauseMs = 250

/**
 * The movements of the order, read when no other capture of the payment is being asked for: it may be the one to which
 * filed captures give way, and must not arrive after this one.
 */
const movementsInPeace = Effect.fnUntraced(function*(
  orderId: string,
  kind: Kind,
  wish: MoneyWish
): Effect.fn.Return<ReadonlyArray<Movement>, StoreFailure, OrderStore> {
  const store = yield* OrderStore
  const untilMs = (yield* Clock.currentTimeMillis) + underWayMaxMs
  for (;;) {
    const movements = yield* store.movements(orderId)
    const nowMs = yield* Clock.currentTimeMillis
    const isKnown = movements.some((movement) => movement.kind === kind && movement.reference === wish.reference)
    const isAsked = movements.some((other) =>
      isRivalOf(wish)(other) && other.state === "intended" && nowMs - other.requestedAtMs < underWayMaxMs
    )
    if (kind === "refund" || isKnown || !isAsked || nowMs >= untilMs) return movements
    yield* Effect.sleep(pauseMs)
  }
})

/** Writes the wish down. `undefined` if another wish for the payment was written down since these movements were read. */
const writeDown = Effect.fnUntraced(function*(
  movement: Movement,
  limitMinor: number,
  movements: ReadonlyArray<Movement>
): Effect.fn.Return<
  { readonly created: boolean; readonly movement: Movement } | undefined,
  OrderNotFound | MovementTooLarge | StoreFailure,
  OrderStore
> {
  const store = yield* OrderStore
  const { amountMinor, kind } = movement
  // Exactly the room that was read: which capture may replace what is filed rests on it.
  const wholeMinor = takenOf(movement, movements) + amountMinor
  if (kind === "refund" || wholeMinor > limitMinor) return yield* store.intend(movement, limitMinor)
  return yield* Effect.catchTag(store.intend(movement, wholeMinor), "MovementTooLarge", () => Effect.undefined)
})

const paymentRow = (
  { order: { id: orderId }, payments }: OrderSnapshot,
  paymentId: string
): Effect.Effect<PaymentRow, PaymentNotFound> => {
  const row = payments.find((payment) => payment.orderKey === undefined && payment.paymentId === paymentId)
  return row === undefined ? Effect.fail(new PaymentNotFound({ orderId, paymentId })) : Effect.succeed(row)
}

/** Fails if the request for this movement breaks a rule. */
type Refuse = (credentials: Merchant, movement: Movement) => Effect.Effect<void, GatewayFailure>

const prepare = Effect.fnUntraced(function*(
  name: OrderName,
  { kind, refuse, wish }: { readonly kind: Kind; readonly wish: MoneyWish; readonly refuse: Refuse }
): Effect.fn.Return<Prepared, MoveFailure, Services> {
  const { credentials, ...snapshot } = yield* openOrder(name)
  const { order } = snapshot
  yield* paymentRow(snapshot, wish.paymentId)
  for (let attempt = 0; attempt < commitAttemptsMax; attempt++) {
    const movements = yield* movementsInPeace(order.id, kind, wish)
    const known = movements.find((movement) => movement.kind === kind && movement.reference === wish.reference)
    if (known !== undefined) {
      return { movement: yield* sameWish(known, wish), created: false, credentials, replaceFiled: false }
    }
    // Read after the movements: what is confirmed in between then takes room twice, and not never.
    const now = yield* OrderStore.use((store) => store.read({ by: "id", id: order.id }))
    const row = yield* paymentRow(now, wish.paymentId)
    const limitMinor = limitOf(row, kind, movements)
    const amountMinor = wish.amountMinor ?? limitMinor - takenOf({ kind, paymentId: row.paymentId }, movements)
    if (amountMinor <= 0) {
      return yield* new WrongState({ orderId: order.id, wanted: `a ${kind} of nothing`, status: order.state.status })
    }
    const nowMs = yield* Clock.currentTimeMillis
    const movement: Movement = {
      orderId: order.id,
      kind,
      reference: wish.reference,
      paymentId: wish.paymentId,
      amountMinor,
      currency: row.currency ?? order.currency,
      state: "intended",
      requestedAtMs: nowMs,
      changedAtMs: nowMs
    }
    // All that can fail comes before the intent: once it is written down, the very next step is to ask.
    yield* refuse(credentials, movement)
    yield* lookSoon({ by: "id", id: order.id }, lookAfterMs)
    const written = yield* writeDown(movement, limitMinor, movements)
    if (written === undefined) continue
    const replaceFiled = givesWay(movement, movements)
    return { movement: yield* sameWish(written.movement, wish), created: written.created, credentials, replaceFiled }
  }
  return yield* new Contended({ orderId: order.id })
})

/** Answers the movement as it is stored: a report may have been faster and know more. */
const settle = Effect.fnUntraced(function*(movement: Movement, cause: ModificationCause) {
  const store = yield* OrderStore
  const atMs = yield* Clock.currentTimeMillis
  const { kind, orderId, reference } = movement
  const moved = yield* store.settle({ orderId, kind, reference, cause, atMs })
  if (moved) return { ...movement, state: modificationMoves[cause].to, changedAtMs: atMs }
  const stored = (yield* store.movements(orderId)).find((other) => other.kind === kind && other.reference === reference)
  return stored ?? movement
})

/** Asks once, and writes down what became of it. */
const ask = Effect.fnUntraced(function*(
  movement: Movement,
  call: Effect.Effect<unknown, GatewayFailure>
): Effect.fn.Return<Movement, MoveFailure, Services> {
  yield* Effect.tapError(
    call,
    (failure) => settle(movement, mayHaveHappened(movement.kind, failure.reason) ? "unanswered" : "refused")
  )
  return yield* settle(movement, "taken")
})

/** Asks for money of an authorised payment. Safe to repeat with the same reference. The money moves later. */
export const capturePayment = Effect.fn("CapturePayment")(function*(
  name: OrderName,
  wish: CaptureWish
): Effect.fn.Return<Movement, MoveFailure, Services> {
  const gateway = yield* PaymentGateway
  const refuse: Refuse = (merchant, movement) =>
    refuseMistakes("capture", { merchant, input: captureInput(wish, movement) })
  const { created, credentials, movement, replaceFiled } = yield* prepare(name, { kind: "capture", refuse, wish })
  if (!created) return movement
  return yield* ask(movement, gateway.capture(credentials, { ...captureInput(wish, movement), replaceFiled }))
}, Effect.uninterruptible)

/** Asks to give captured money back. Safe to repeat with the same reference. The money moves later. */
export const refundPayment = Effect.fn("RefundPayment")(function*(
  name: OrderName,
  wish: RefundWish
): Effect.fn.Return<Movement, MoveFailure, Services> {
  const gateway = yield* PaymentGateway
  const refuse: Refuse = (merchant, movement) =>
    refuseMistakes("refund", { merchant, input: refundInput(wish, movement) })
  const { created, credentials, movement } = yield* prepare(name, { kind: "refund", refuse, wish })
  if (!created) return movement
  return yield* ask(movement, gateway.refund(credentials, refundInput(wish, movement)))
}, Effect.uninterruptible)
