/**
 * Takes the orders over that django-oscar-docdata has stored.
 */
import { type MerchantAccount, nextRefreshAt, type StoreFailure } from "@docdata/application"
import type { PaymentRow } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { Database } from "../Database.ts"
import { type Script, textOrNothing } from "../Script.ts"
import {
  beforeAll,
  doubledKeys,
  merchantNames,
  orderFrom,
  orderIdIn,
  ordersAfter,
  orphanPayments,
  paymentFrom,
  paymentsBetween,
  type ReferenceOrder
} from "./referenceRows.ts"
import { obstacle, type Stored, storeImported } from "./storeImported.ts"
import { type ImportFailure, translateOrder, translatePayment } from "./translate.ts"

/** A row that stayed behind. */
export interface NotImported {
  readonly what: "order" | "payment"
  /** The order's key, or its number in the source where it has none. */
  readonly order: string
  readonly paymentId?: string
  readonly reason: ImportFailure
}

export interface ImportReport {
  readonly imported: number
  /** Imported by an earlier run. They are left alone: they may have gone on since. */
  readonly alreadyThere: number
  /** Created before the instant that was asked for, and left where they are. */
  readonly older: number
  readonly payments: number
  readonly notImported: ReadonlyArray<NotImported>
}

export interface ImportOptions {
  /** Where the reference's tables are; they are only read. */
  readonly source: Database["Service"]
  /**
   * When it runs. Orders that the schedule still watches at their age are due then, the youngest and paid ones come
   * first, at the account's rate. The import announces nothing: what changed since the reference last looked is found and
   * published by that refresh.
   */
  readonly nowMs: number
  /** Orders that were created before it stay where they are; all are taken if it is absent. */
  readonly sinceMs?: number
  /** Our account of a merchant name at Docdata; orders of others stay behind. */
  readonly accountOf: (merchantName: string) => Pick<MerchantAccount, "name" | "policy"> | undefined
  /** Only says what would happen. Default false. */
  readonly dryRun?: boolean
  /** Receives after every batch how many orders were read. */
  readonly onBatch?: (seen: number) => void
}

interface Batch {
  readonly orders: ReadonlyArray<ReferenceOrder>
  readonly rowsByOrder: ReadonlyMap<string, ReadonlyArray<PaymentRow>>
  readonly refused: ReadonlyArray<NotImported>
}

const reasonBeside = (rows: ReadonlyArray<PaymentRow>, { paymentId }: PaymentRow): ImportFailure | undefined =>
  rows.some((row) => row.paymentId === paymentId) ? "payment-doubled" : undefined

const readBatch = ({ dialect }: Database["Service"], afterId: string) =>
  function*(): Script<Effect.Effect<Batch>> {
    const orders = (yield ordersAfter(dialect.name, afterId)).map(orderFrom)
    const rowsByOrder = new Map<string, Array<PaymentRow>>()
    const refused: Array<NotImported> = []
    if (orders.length > 0) {
      const keys = new Map(orders.map(({ id, orderKey }) => [id, orderKey]))
      for (const row of yield paymentsBetween(dialect.name, orders[0]!.id, orders.at(-1)!.id)) {
        const source = paymentFrom(row)
        const payment = translatePayment(source)
        const rows = rowsByOrder.get(source.orderId) ?? []
        const reason = typeof payment === "string" ? payment : reasonBeside(rows, payment)
        if (typeof payment !== "string" && reason === undefined) rowsByOrder.set(source.orderId, [...rows, payment])
        else if (reason !== undefined) {
          const order = keys.get(source.orderId) ?? source.orderId
          refused.push({ what: "payment", order, paymentId: source.paymentId, reason })
        }
      }
    }
    return Effect.succeed({ orders, rowsByOrder, refused })
  }

interface Count {
  imported: number
  alreadyThere: number
  older: number
  payments: number
  readonly notImported: Array<NotImported>
}

const countStored = (
  count: Count,
  { orderKey }: ReferenceOrder,
  { rows, stored }: { readonly rows: number; readonly stored: Stored }
): void => {
  switch (stored) {
    case "written":
      count.imported++
      count.payments += rows
      return
    case "there":
      count.alreadyThere++
      return
    case "order-key-taken":
      count.notImported.push({ what: "order", order: orderKey, reason: stored })
  }
}

interface Run {
  readonly options: ImportOptions
  readonly count: Count
  /** Keys that several rows have; the first of them gets it, and is then in the second set. */
  readonly doubled: ReadonlySet<string>
  readonly taken: Set<string>
}

const importOrder = ({ count, doubled, options, taken }: Run, batch: Batch) => (source: ReferenceOrder) =>
  Effect.gen(function*() {
    const { accountOf, dryRun = false, nowMs, sinceMs } = options
    if (sinceMs !== undefined && source.createdAtMs < sinceMs) {
      count.older++
      return
    }
    const refuse = (reason: ImportFailure) => {
      const name = source.orderKey === "" ? source.id : source.orderKey
      count.notImported.push({ what: "order", order: name, reason })
    }
    const account = accountOf(source.merchantName)
    if (account === undefined) return refuse("unknown-merchant")
    const order = translateOrder(source, account.name)
    if (typeof order === "string") return refuse(order)
    if (taken.has(source.orderKey)) return refuse("order-key-taken")
    if (doubled.has(source.orderKey)) taken.add(source.orderKey)
    const rows = batch.rowsByOrder.get(source.id) ?? []
    const { expireAfterDays } = account.policy
    const isWatched = nextRefreshAt({ state: order.state, nowMs, expireAfterDays, random: 0 }) !== undefined
    const { read, together } = yield* Database
    const stored = dryRun
      ? yield* read("import", function*() {
        return Effect.succeed(yield* obstacle(order))
      })
      : yield* together("import", function*() {
        return Effect.succeed(yield* storeImported(order, rows, isWatched ? nowMs : undefined))
      })
    countStored(count, source, { rows: rows.length, stored })
  })

/** What no order of the source shows: keys that several have, and payments without one. */
const readOddities = ({ read }: Database["Service"]) =>
  read("import", function*() {
    const doubled = new Set((yield doubledKeys).map((row) => textOrNothing(row, "order_key") ?? ""))
    const orphans = (yield orphanPayments).map((row): NotImported => ({
      what: "payment",
      order: orderIdIn(row),
      paymentId: textOrNothing(row, "payment_id") ?? "",
      reason: "no-order"
    }))
    return Effect.succeed({ doubled, orphans })
  })

/** The merchant names at Docdata whose orders the source has. */
export const referenceMerchants = ({ read }: Database["Service"]): Effect.Effect<ReadonlyArray<string>, StoreFailure> =>
  read("import", function*() {
    return Effect.succeed((yield merchantNames).flatMap((row) => textOrNothing(row, "merchant_name") ?? []))
  })

/**
 * Imports all orders with their payments. Keys, references, statuses and amounts are those of the source, to the cent;
 * languages are cut to two letters; payments have no currency, as the reference stores none. Each order becomes a
 * confirmed one at revision 1, without observations and events. Orders with one reference are attempts of one shop order.
 * Every row is taken, or stands in the answer with its reason.
 *
 * Each order is one transaction, so a run that is cut off can be repeated; orders of earlier runs are left alone.
 */
export const importReference = (options: ImportOptions): Effect.Effect<ImportReport, StoreFailure, Database> =>
  Effect.gen(function*() {
    const count: Count = { imported: 0, alreadyThere: 0, older: 0, payments: 0, notImported: [] }
    const { source } = options
    const { doubled, orphans } = yield* readOddities(source)
    count.notImported.push(...orphans)
    const run: Run = { options, count, doubled, taken: new Set() }
    let afterId = beforeAll
    let seen = 0
    for (;;) {
      const batch = yield* source.read("import", readBatch(source, afterId))
      const last = batch.orders.at(-1)
      if (last === undefined) return count
      count.notImported.push(...batch.refused)
      yield* Effect.forEach(batch.orders, importOrder(run, batch), { discard: true })
      afterId = last.id
      seen += batch.orders.length
      options.onBatch?.(seen)
    }
  })
