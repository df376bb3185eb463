/**
 * What is in the stores after a kill, held against what was said before it. Answers what is wrong, in words.
 */
import { isDeepStrictEqual } from "node:util"
import {
  type Modification,
  type Observation,
  OrderStore,
  type StoredEvent,
  type StoreFailure
} from "@docdata/application"
import { isCountedModification } from "@docdata/domain"
import * as Effect from "effect/Effect"

import { Database } from "../../src/index.ts"
import { integer, type Row, text } from "../../src/Script.ts"
import type { Ledger } from "./Ledger.ts"
import { captureLimitMinor, newOrder, orderCount, replay, subscribers } from "./orders.ts"

const ask = (sql: string): Effect.Effect<ReadonlyArray<Row>, StoreFailure, Database> =>
  Database.use(({ read }) =>
    read("inspect", function*() {
      return Effect.succeed(yield { sql, params: [] })
    })
  )

/** The whole history of an order, page by page, oldest first. */
const refreshesAt = (orderId: string) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const all: Array<Observation> = []
    let before: number | undefined
    do {
      const page = yield* store.observations(orderId, { limit: 200, ...(before === undefined ? {} : { before }) })
      all.push(...page.items)
      before = page.next
    } while (before !== undefined)
    return all.toReversed()
  })

const eventProblems = (ledger: Ledger, orderId: string, events: ReadonlyArray<StoredEvent>): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  for (const { revision } of events) {
    counts.set(`${orderId} ${revision}`, (counts.get(`${orderId} ${revision}`) ?? 0) + 1)
  }
  return [...ledger.committed].filter(([place, count]) =>
    place.startsWith(`${orderId} `) && counts.get(place) !== count
  )
    .map(([place, count]) => `${place}: ${count} events were answered, ${counts.get(place) ?? 0} are there`)
}

const modificationProblems = (
  ledger: Ledger,
  orderId: string,
  stored: ReadonlyArray<Modification>
): ReadonlyArray<string> => {
  const states = new Map(stored.map((modification) => [`${orderId} ${modification.reference}`, modification.state]))
  const taken = stored.filter(({ state }) => isCountedModification(state))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const ours = (name: string) => name.startsWith(`${orderId} `)
  return [
    ...[...ledger.intended].filter((name) => ours(name) && !states.has(name)).map((name) =>
      `modification ${name} is lost`
    ),
    ...[...ledger.resolved].filter((name) => ours(name) && states.get(name) === "intended")
      .map((name) => `modification ${name} went back`),
    ...(taken > captureLimitMinor ? [`${orderId}: ${taken} captured of ${captureLimitMinor}`] : [])
  ]
}

const orderProblems = (ledger: Ledger, number: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { id } = newOrder(number)
    const { order, payments } = yield* store.read({ by: "id", id })
    const refreshes = yield* refreshesAt(id)
    const events = yield* store.events(id)
    const { createdAtMs, currency, grossMinor, key } = order.state
    const replayed = replay(
      { key, status: "new", fulfilment: "wait", createdAtMs, currency, grossMinor: grossMinor! },
      refreshes
    )
    // Revision 1 is the confirmation, each later one a refresh.
    const whole = order.revision === refreshes.length + 1
    return [
      ...(whole ? [] : [`${id}: ${refreshes.length} looks at revision ${order.revision}`]),
      ...(isDeepStrictEqual(replayed.state, order.state) ? [] : [`${id}: its state is not that of its observations`]),
      ...(isDeepStrictEqual(replayed.payments, payments) ? [] : [`${id}: its payments are not those of its looks`]),
      ...eventProblems(ledger, id, events),
      ...modificationProblems(ledger, id, yield* store.modifications(id))
    ]
  })

/** Notifications that were answered and are neither in the inbox nor handled. */
const lostNotifications = (ledger: Ledger) =>
  Effect.gen(function*() {
    const rows = yield* ask("SELECT id, order_reference, notification_count FROM docdata_inbox")
    const present = new Set(rows.map((row) => text(row, "id")))
    const counted = new Map<string, number>()
    const count = (reference: string, by: number) => counted.set(reference, (counted.get(reference) ?? 0) + by)
    for (const row of rows) count(text(row, "order_reference"), integer(row, "notification_count"))
    for (const [id, { count: by, reference }] of ledger.handled) if (!present.has(id)) count(reference, by)
    return [...ledger.notified].flatMap(([reference, answered]) => {
      const there = counted.get(reference) ?? 0
      return there >= answered ? [] : [`${reference}: ${answered - there} of ${answered} notifications are lost`]
    })
  })

/** Events without a delivery for each subscriber, and deliveries that went back. */
const deliveryProblems = (ledger: Ledger) =>
  Effect.gen(function*() {
    const [missing] = yield* ask(
      `SELECT COUNT(*) AS missing FROM docdata_events e WHERE
        (SELECT COUNT(*) FROM docdata_deliveries d
          WHERE d.order_id = e.order_id AND d.revision = e.revision AND d.position = e.position
            AND d.subscriber IN ('${subscribers.join("', '")}')) <> ${subscribers.length}`
    )
    const open = new Set(
      (yield* ask(
        `SELECT subscriber || ' ' || order_id || '-' || CAST(revision AS TEXT) || '-' || CAST(position AS TEXT) AS name
        FROM docdata_deliveries WHERE ready_at_ms IS NOT NULL`
      )).map((row) => text(row, "name"))
    )
    const count = integer(missing!, "missing")
    return [
      ...(count === 0 ? [] : [`${count} events lack a delivery`]),
      ...[...ledger.delivered].filter((name) => open.has(name)).map((name) => `${name} is open again`)
    ]
  })

/** Everything that is wrong after a kill. */
export const inspect = (ledger: Ledger) =>
  Effect.gen(function*() {
    const orders = yield* Effect.forEach(
      Array.from({ length: orderCount }, (_, number) => number),
      (number) => orderProblems(ledger, number)
    )
    return [
      ...ledger.wrong,
      ...orders.flat(),
      ...(yield* lostNotifications(ledger)),
      ...(yield* deliveryProblems(ledger))
    ]
  })
