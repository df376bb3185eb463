/**
 * An integration as it is usually written: read the order, ask the provider, save the order, send the mail.
 *
 * Each habit was found in a public integration; see the numbers in the museum. It is honest code that works whenever
 * one thing happens at a time.
 */
import { type Merchant, PaymentGateway } from "@docdata/application"
import type { StatusReport } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import { account, describeBasket } from "../support/shop.ts"
import type { Handle, Integration } from "./Integration.ts"

/** How it tries to be safe. */
export interface Habits {
  /** Notifications of young orders are ignored: the return page will do. */
  readonly ignoresYoungMs?: number
  /** Notifications wait a little, so that the return page is first. */
  readonly waitsMs?: number
  /** One at a time: per payment, or per order with a lock that ends by itself. */
  readonly lock?: "payment" | "ends-after-30-seconds"
  /** Orders that are still open after this time are cancelled. */
  readonly cancelsAfterMs?: number
  /** A mail is a row that is written before it is sent; a row that is there was sent. */
  readonly mailRows?: boolean
  /** The mail is made before the order is saved. */
  readonly mailFirst?: boolean
  /** Every notification is kept as a transaction, and a nightly job mails those that were not mailed. */
  readonly transactions?: boolean
  /** Events have running numbers and are sent from the last number on. */
  readonly numbered?: boolean
}

interface Row {
  status: string
  paidMinor: number
  readonly createdAtMs: number
}

const merchant: Merchant = account().credentials

// The newest attempt decides.
const statusIn = ({ payments, totals }: StatusReport): string => {
  const last = payments.at(-1)?.authorization.status
  if (last === undefined) return "new"
  if (last === "CANCELED" || last.endsWith("FAILED")) return "cancelled"
  if (last !== "AUTHORIZED") return "in_progress"
  return (totals.captured ?? 0) >= (totals.registered ?? 0) ? "paid" : "pending"
}

export const naiveShop = (habits: Habits): Effect.Effect<Integration, never, PaymentGateway> =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    const rows = new Map<string, Row>()
    const sent: Array<{ readonly key: string; readonly status: string }> = []
    const mailRows = new Set<string>()
    const transactions: Array<{ readonly key: string; readonly status: string; isMailed: boolean }> = []
    const outbox: Array<{ readonly number: number; readonly key: string; readonly status: string }> = []
    const locks = new Map<string, Semaphore.Semaphore>()
    let nextNumber = 1
    let lastSentNumber = 0
    const listener = { isDown: false }
    const database = { isBusy: false, slowMs: 0 }

    const rowOf = ({ key }: Handle): Row => rows.get(key)!

    const mail = (key: string, status: string) =>
      Effect.sync(() => {
        const name = `${key} ${status}`
        if (habits.mailRows === true && mailRows.has(name)) return
        mailRows.add(name)
        if (!listener.isDown) sent.push({ key, status })
      })

    const save = (key: string, row: Row) =>
      Effect.gen(function*() {
        if (database.isBusy) {
          database.isBusy = false
          return yield* Effect.die(new Error("could not serialize access"))
        }
        const number = nextNumber++
        const slowMs = database.slowMs
        database.slowMs = 0
        if (slowMs > 0) yield* Effect.sleep(slowMs)
        rows.set(key, row)
        if (habits.numbered === true) outbox.push({ number, key, status: row.status })
      })

    const changed = (order: Handle, before: Row, status: string) =>
      Effect.gen(function*() {
        if (status === before.status) return
        if (habits.mailFirst === true) yield* mail(order.key, rowOf(order).status)
        yield* save(order.key, { ...before, status })
        if (habits.transactions === true) transactions.push({ key: order.key, status, isMailed: false })
        else if (habits.mailFirst !== true && habits.numbered !== true) yield* mail(order.key, status)
      })

    const reported = (order: Handle) =>
      Effect.map(Effect.orDie(gateway.status(merchant, { orderKey: order.key })), ({ value }) => value)

    const check = (order: Handle): Effect.Effect<void> =>
      Effect.gen(function*() {
        const before = { ...rowOf(order) }
        yield* changed(order, before, statusIn(yield* reported(order)))
      })

    const lockOf = (name: string): Semaphore.Semaphore => {
      const lock = locks.get(name) ?? Semaphore.makeUnsafe(1)
      locks.set(name, lock)
      return lock
    }

    // Each payment adds its part to what was paid so far.
    const addPayments = (order: Handle) =>
      Effect.gen(function*() {
        const { payments, totals } = yield* reported(order)
        yield* Effect.forEach(payments, (line) =>
          lockOf(line.id).withPermits(1)(Effect.gen(function*() {
            const before = { ...rowOf(order) }
            yield* Effect.sleep(10)
            const paidMinor = before.paidMinor + line.authorization.amount.minor
            yield* save(order.key, {
              ...before,
              paidMinor,
              status: paidMinor >= (totals.registered ?? 0) ? "paid" : "pending"
            })
          })), { concurrency: "unbounded", discard: true })
      })

    const checkOnce = (order: Handle): Effect.Effect<void> => {
      if (habits.lock === undefined) return check(order)
      switch (habits.lock) {
        case "payment":
          return addPayments(order)
        case "ends-after-30-seconds": {
          const lock = lockOf(order.key)
          return Effect.gen(function*() {
            yield* Effect.timeoutOption(lock.take(1), 30_000)
            yield* check(order)
            yield* lock.release(1)
          })
        }
      }
    }

    const notified = (order: Handle) =>
      Effect.gen(function*() {
        const ageMs = (yield* Clock.currentTimeMillis) - rowOf(order).createdAtMs
        if (ageMs < (habits.ignoresYoungMs ?? 0)) return
        if (habits.waitsMs !== undefined) yield* Effect.sleep(habits.waitsMs)
        yield* checkOnce(order)
      })

    const nightly = Effect.gen(function*() {
      for (const transaction of transactions) {
        if (transaction.isMailed) continue
        yield* mail(transaction.key, transaction.status)
        // Found by what it says, which was thought to be unique.
        const same = transactions.find(({ key, status }) => key === transaction.key && status === transaction.status)
        if (same !== undefined) same.isMailed = true
      }
      for (const event of outbox.toSorted((a, b) => a.number - b.number)) {
        if (event.number <= lastSentNumber) continue
        sent.push({ key: event.key, status: event.status })
        lastSentNumber = event.number
      }
      const nowMs = yield* Clock.currentTimeMillis
      for (const [key, row] of rows) {
        const isOver = nowMs - row.createdAtMs > (habits.cancelsAfterMs ?? Number.POSITIVE_INFINITY)
        if (isOver && row.status === "new") rows.set(key, { ...row, status: "cancelled" })
      }
    })

    return {
      listener,
      database,
      create: (number) =>
        Effect.gen(function*() {
          const input = {
            ...describeBasket({ minor: 4990 }),
            orderReference: number,
            profile: "standard",
            daysToPay: 7
          }
          const { value } = yield* Effect.orDie(gateway.create(merchant, input))
          const createdAtMs = yield* Clock.currentTimeMillis
          rows.set(value.orderKey, { status: "new", paidMinor: 0, createdAtMs })
          return { id: value.orderKey, key: value.orderKey, reference: number }
        }),
      notified,
      returned: checkOnce,
      started: (order) =>
        Effect.gen(function*() {
          const before = { ...rowOf(order) }
          yield* Effect.orDie(gateway.start(merchant, {
            orderKey: order.key,
            payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } }
          }))
          yield* save(order.key, { ...before, status: "in_progress" })
        }),
      refund: (order, { paymentId }) =>
        Effect.gen(function*() {
          if (rowOf(order).status === "refunded") return
          yield* Effect.ignore(
            gateway.refund(merchant, {
              orderKey: order.key,
              paymentId,
              scope: { _tag: "Amount", amount: { minor: 1000, currency: "EUR" } }
            })
          )
        }),
      round: nightly,
      status: (order) => Effect.sync(() => rowOf(order).status),
      published: (order) => Effect.sync(() => sent.filter(({ key }) => key === order.key).map(({ status }) => status))
    }
  })
