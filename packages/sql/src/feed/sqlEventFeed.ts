/**
 * The event feed on a database.
 */
import { EventFeed, type FeedPage, feedPositionsMax, type FeedQuestion, type StoredEvent } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database, Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { pageSize } from "../orders/listOrders.ts"
import { eventFrom, eventSelection } from "../orders/orderRow.ts"
import { eventIndex } from "../outbox/deliveryName.ts"
import { ask, found, integer, type Script, type SqlValue, type Statement, statement } from "../Script.ts"
import { assignFeedPositions } from "./assignFeedPositions.ts"

type Condition = readonly [sql: string, ...params: ReadonlyArray<SqlValue>]

const lastText =
  "SELECT feed_position FROM docdata_events WHERE feed_position IS NOT NULL ORDER BY feed_position DESC LIMIT 1"

function* lastFeedPosition(): Script<number> {
  const [last] = yield statement(lastText)
  return last === undefined ? 0 : integer(last, "feed_position")
}

function* isAnyUnpositioned(): Script<boolean> {
  return found(yield statement("SELECT 1 AS there FROM docdata_events WHERE feed_position IS NULL LIMIT 1"))
}

/** Whether places have to be given before a page can be read: there are too few, and there are events without one. */
function* needsFeedPositions({ after, limit }: FeedQuestion): Script<Outcome<boolean, never>> {
  if ((yield* lastFeedPosition()) >= after + pageSize(limit)) return Effect.succeed(false)
  return Effect.succeed(yield* isAnyUnpositioned())
}

/** Finds what may be of these types. A text may hold the same words somewhere else: the exact look comes afterwards. */
const mayBeOf = (types: FeedQuestion["types"]): ReadonlyArray<Condition> =>
  types === undefined
    ? []
    : [[
      `(${["1 = 0", ...types.map(() => "e.payload LIKE ?")].join(" OR ")})`,
      ...types.map((type) => `%"type":${JSON.stringify(type)}%`)
    ]]

/** Exported for the tests that look at its plan. A cross join, so that SQLite begins with the events. */
export const pageStatement = (
  dialect: Dialect,
  { after, limit, merchants, orderId, types }: FeedQuestion,
  until: number
): Statement => {
  const conditions: ReadonlyArray<Condition> = [
    ["e.feed_position > ? AND e.feed_position <= ?", after, until],
    ...(merchants === undefined ? [] : [[`o.merchant ${dialect.amongTexts}`, JSON.stringify(merchants)] as const]),
    ...mayBeOf(types),
    ...(orderId === undefined ? [] : [["e.order_id = ?", orderId] as const])
  ]
  return statement(
    `SELECT ${eventSelection}, e.feed_position FROM docdata_events e CROSS JOIN docdata_orders o
    WHERE o.id = e.order_id AND ${conditions.map(([sql]) => sql).join(" AND ")} ORDER BY e.feed_position LIMIT ?`,
    ...conditions.flatMap(([, ...params]) => params),
    pageSize(limit)
  )
}

/** The end is read before the page: places are given in order, so up to there the page shows all there will ever be. */
function* page(dialect: Dialect, question: FeedQuestion): Script<Outcome<FeedPage, never>> {
  const { after, limit, orderId, types } = question
  const last = yield* lastFeedPosition()
  const until = Math.max(after, orderId === undefined ? Math.min(last, after + feedPositionsMax) : last)
  const rows = yield pageStatement(dialect, question, until)
  const shown = rows.map((row) => ({ feedPosition: integer(row, "feed_position"), event: eventFrom(row) }))
  const next = shown.length === pageSize(limit) ? shown.at(-1)!.feedPosition : until
  const entries = shown.filter(({ event }) => types?.includes(event.payload.type) ?? true)
  // What has no place yet follows as well: places are given to some at a time.
  return Effect.succeed({ entries, next, more: next < last || (yield* isAnyUnpositioned()) })
}

function* find(eventId: string): Script<Outcome<StoredEvent | undefined, never>> {
  const index = eventIndex(eventId)
  if (index === undefined) return Effect.undefined
  return yield* ask(
    statement(
      `SELECT ${eventSelection} FROM docdata_events e JOIN docdata_orders o ON o.id = e.order_id
      WHERE e.order_id = ? AND e.revision = ? AND e.position = ?`,
      index.orderId,
      index.revision,
      index.position
    ),
    ([row]) => Effect.succeed(row === undefined ? undefined : eventFrom(row))
  )
}

export const sqlEventFeed = ({ dialect, read, together }: Database["Service"]): EventFeed["Service"] =>
  EventFeed.of({
    read: (question) =>
      Effect.gen(function*() {
        if (yield* read("EventFeed.read", () => needsFeedPositions(question))) {
          yield* together("EventFeed.read", () => assignFeedPositions(dialect))
        }
        return yield* read("EventFeed.read", () => page(dialect, question))
      }),
    find: (eventId) => read("EventFeed.find", () => find(eventId))
  })
