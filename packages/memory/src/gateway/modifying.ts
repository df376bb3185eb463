/**
 * Filing captures and refunds. Neither moves money: see the actions for that.
 */
import type { CaptureInput, Filed, RefundInput, RefundScope } from "@docdata/application"
import type { InvoiceLine, Money } from "@docdata/domain"
import * as Result from "effect/Result"
import { capturableMinor, capturedMinor, refundableMinor, withoutFiled } from "./amounts.ts"
import { type Called, type Outcome, paymentAsked, refuse } from "./Called.ts"
import type { FakeModification } from "./FakeWorld.ts"
import { amountInvalid, nothingAuthorized, nothingCaptured, paymentNotFound } from "./refusals.ts"

const filed: Outcome<Filed> = Result.succeed({ _tag: "Filed" })

interface Wanted {
  readonly amount?: Money
  readonly itemCode?: string
}

interface Within {
  readonly currency: string
  readonly lines: ReadonlyArray<InvoiceLine>
  /** All that is left. */
  readonly rest: number
}

/** The amount, else the item's gross total, else all that is left. `undefined` when there is no such thing. */
const minorWanted = ({ amount, itemCode }: Wanted, { currency, lines, rest }: Within): number | undefined => {
  if (amount !== undefined) return amount.currency === currency ? amount.minor : undefined
  return itemCode === undefined ? rest : lines.find(({ code }) => code === itemCode)?.line.gross
}

const itemsWanted = (
  { additional, items }: Extract<RefundScope, { readonly _tag: "Items" }>,
  { currency, lines }: Within
): number | undefined =>
  items.reduce<number | undefined>((sum, { itemCode, quantity }) => {
    const line = lines.find(({ code }) => code === itemCode)
    return sum === undefined || line === undefined || quantity < 1 || quantity > line.quantity
      ? undefined
      : sum + line.piece.gross * quantity
  }, additional === undefined ? 0 : additional.amount.currency === currency ? additional.amount.minor : undefined)

const modificationOf = (
  amount: Money,
  reference: string | undefined,
  notBefore: string | undefined
): FakeModification => ({
  status: "NEW",
  amount,
  ...(reference === undefined ? {} : { merchantReference: reference }),
  ...(notBefore === undefined ? {} : { notBefore })
})

const linesOf = ({ world }: Called<unknown>, orderKey: string): ReadonlyArray<InvoiceLine> =>
  world.orders.get(orderKey)?.input.invoice?.lines ?? []

export const capture = (called: Called<CaptureInput>): Outcome<Filed> => {
  const { input, world } = called
  const payment = paymentAsked(called)
  if (payment === undefined) return refuse(paymentNotFound)
  // The schema's own text says that captures always replace what is filed; leaving it out means that too.
  const ready = input.replaceFiled === false ? payment : { ...payment, captures: withoutFiled(payment.captures) }
  const rest = capturableMinor(ready)
  if (rest <= 0) return refuse(nothingAuthorized)
  const { currency } = payment.amount
  const minor = minorWanted(input, { currency, lines: linesOf(called, payment.orderKey), rest })
  if (minor === undefined || minor <= 0 || minor > rest) return refuse(amountInvalid)
  const modification = modificationOf({ minor, currency }, input.captureReference, input.notBefore)
  world.replacePayment({ ...ready, captures: [...ready.captures, modification], isFinal: input.finalCapture === true })
  return filed
}

export const refund = (called: Called<RefundInput>): Outcome<Filed> => {
  const { input, world } = called
  const payment = paymentAsked(called)
  if (payment === undefined) return refuse(paymentNotFound)
  const { scope } = input
  const ready = input.replaceFiled === true ? { ...payment, refunds: withoutFiled(payment.refunds) } : payment
  const rest = refundableMinor(ready)
  if (capturedMinor(ready) === 0 || rest <= 0) return refuse(nothingCaptured)
  const { currency } = payment.amount
  const within = { currency, lines: linesOf(called, payment.orderKey), rest }
  const minor = scope._tag === "Amount" ? minorWanted(scope, within) : itemsWanted(scope, within)
  if (minor === undefined || minor <= 0 || minor > rest) return refuse(amountInvalid)
  const modification = modificationOf({ minor, currency }, input.refundReference, input.notBefore)
  world.replacePayment({ ...ready, refunds: [...ready.refunds, modification] })
  return filed
}
