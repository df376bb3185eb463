/**
 * Takes the orders over that django-oscar-docdata has stored.
 */
import type { StoreFailure } from "@docdata/application"
import type { PaymentRow } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { Database } from "../Database.ts"
import { integer, type Script, text } from "../Script.ts"
import {
  merchantNames,
  orderFrom,
  ordersAfter,
  paymentFrom,
  paymentsBetween,
  type ReferenceOrder
} from "./referenceRows.ts"
import { foreseeImported, type Stored, storeImported } from "./storeImported.ts"
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
  readonly payments: number
  readonly notImported: ReadonlyArray<NotImported>
}

export interface ImportOptions {
  /** Where the reference's tables are; they are only read. */
  readonly source: Database["Service"]
  /**
   * When orders that are not at an end are refreshed first. The import announces nothing: what changed since the
   * reference last looked is found and told by that look.
   */
  readonly nextRefreshAtMs: number | undefined
  /** Our account of a merchant name at Docdata; orders of others stay behind. */
  readonly accountOf: (merchantName: string) => string | undefined
  /** Only says what would happen. Default false. */
  readonly dryRun?: boolean
  /** Receives after every batch how many orders were refreshed. */
  readonly onBatch?: (seen: number) => void
}

interface Batch {
  readonly orders: ReadonlyArray<ReferenceOrder>
  readonly rowsByOrder: ReadonlyMap<number, ReadonlyArray<PaymentRow>>
  readonly refused: ReadonlyArray<NotImported>
}

const readBatch = ({ dialect }: Database["Service"], afterId: number) =>
  function*(): Script<Effect.Effect<Batch>> {
    const orders = (yield ordersAfter(dialect.name, afterId)).map(orderFrom)
    const rowsByOrder = new Map<number, Array<PaymentRow>>()
    const refused: Array<NotImported> = []
    if (orders.length > 0) {
      const keys = new Map(orders.map(({ id, orderKey }) => [id, orderKey]))
      for (const row of yield paymentsBetween(dialect.name, orders[0]!.id, orders.at(-1)!.id)) {
        const orderId = integer(row, "docdata_order_id")
        const source = paymentFrom(row)
        const payment = translatePayment(source)
        if (typeof payment !== "string") rowsByOrder.set(orderId, [...rowsByOrder.get(orderId) ?? [], payment])
        else {
          const order = keys.get(orderId) ?? String(orderId)
          refused.push({ what: "payment", order, paymentId: source.paymentId, reason: payment })
        }
      }
    }
    return Effect.succeed({ orders, rowsByOrder, refused })
  }

const openStatuses: ReadonlySet<string> = new Set(["new", "in_progress", "pending", "unknown"])

interface Count {
  imported: number
  alreadyThere: number
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
    case "reference-taken":
    case "order-key-taken":
      count.notImported.push({ what: "order", order: orderKey, reason: stored })
  }
}

interface Run {
  readonly options: ImportOptions
  readonly count: Count
  /** References that a run without writing has seen. */
  readonly taken: Set<string>
}

const importOrder = ({ count, options, taken }: Run, batch: Batch) => (source: ReferenceOrder) =>
  Effect.gen(function*() {
    const order = translateOrder(source, options.accountOf)
    if (typeof order === "string") {
      const name = source.orderKey === "" ? String(source.id) : source.orderKey
      count.notImported.push({ what: "order", order: name, reason: order })
      return
    }
    const rows = batch.rowsByOrder.get(source.id) ?? []
    const nextRefreshAtMs = openStatuses.has(source.status) ? options.nextRefreshAtMs : undefined
    const { read, together } = yield* Database
    const stored = options.dryRun === true
      ? yield* read("import", function*() {
        return Effect.succeed(yield* foreseeImported(order, taken))
      })
      : yield* together("import", function*() {
        return Effect.succeed(yield* storeImported(order, rows, nextRefreshAtMs))
      })
    countStored(count, source, { rows: rows.length, stored })
  })

/** The merchant names at Docdata whose orders the source has. */
export const referenceMerchants = ({ read }: Database["Service"]): Effect.Effect<ReadonlyArray<string>, StoreFailure> =>
  read("import", function*() {
    return Effect.succeed((yield merchantNames).map((row) => text(row, "merchant_name")))
  })

/**
 * Imports all orders with their payments. Keys, references, statuses and amounts are those of the source, to the cent;
 * languages are cut to two letters; payments have no currency, as the reference stores none. Each order becomes a
 * confirmed one at revision 1, without observations and events.
 *
 * Each order is one transaction, so a run that is cut off can be repeated; orders of earlier runs are left alone.
 */
export const importReference = (options: ImportOptions): Effect.Effect<ImportReport, StoreFailure, Database> =>
  Effect.gen(function*() {
    const count: Count = { imported: 0, alreadyThere: 0, payments: 0, notImported: [] }
    const { source } = options
    const run: Run = { options, count, taken: new Set() }
    let afterId = 0
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
