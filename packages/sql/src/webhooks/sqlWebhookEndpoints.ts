/**
 * The webhook endpoints on a database.
 */
import {
  hasEndpointsMax,
  type NewEndpoint,
  type StoredEndpoint,
  TooManyEndpoints,
  WebhookEndpoints
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database, Outcome } from "../Database.ts"
import { ask, found, type Script, type Statement, statement } from "../Script.ts"
import { endpointFrom, endpointSelection, listText } from "./endpointRow.ts"

const select = (where: string): string => `SELECT ${endpointSelection} FROM docdata_webhook_endpoints ${where}`

const addText = `INSERT INTO docdata_webhook_endpoints
    (id, merchants, url, types, signature, created_at_ms, key_version, consecutive_failures)
  VALUES (?, ?, ?, ?, ?, ?, 1, 0)
  RETURNING ${endpointSelection}`

function* add(endpoint: NewEndpoint): Script<Outcome<StoredEndpoint, TooManyEndpoints>> {
  const { createdAtMs, id, merchants, signature, types, url } = endpoint
  const present = yield statement(select(""))
  if (hasEndpointsMax(present.map(endpointFrom), endpoint)) return Effect.fail(new TooManyEndpoints())
  const [row] = yield statement(addText, id, listText(merchants), url, listText(types), signature, createdAtMs)
  return Effect.succeed(endpointFrom(row!))
}

const firstOf = (one: Statement): Script<Outcome<StoredEndpoint | undefined, never>> =>
  ask(one, ([row]) => Effect.succeed(row === undefined ? undefined : endpointFrom(row)))

const update = (assignments: string): string =>
  `UPDATE docdata_webhook_endpoints SET ${assignments} WHERE id = ? RETURNING ${endpointSelection}`

const disableText = update(`disabled_since_ms = COALESCE(disabled_since_ms, ?),
    disabled_because = COALESCE(disabled_because, ?)`)

const enableText = update(`disabled_since_ms = NULL, disabled_because = NULL, failing_since_ms = NULL,
    consecutive_failures = 0`)

const hastenText = `UPDATE docdata_deliveries SET ready_at_ms = ?
  WHERE subscriber = ? AND queue_state = 'waiting' AND ready_at_ms > ?`

const rotateText = `UPDATE docdata_webhook_endpoints SET key_version = key_version + 1, previous_key_until_ms = ?
  WHERE id = ? AND key_version = ?`

/**
 * The endpoint first, so that nobody else's deliveries go, and attempts last: whoever adds one of these holds the row that
 * goes before, and is waited for.
 */
function* remove(id: string): Script<Outcome<boolean, never>> {
  const removed = yield statement("DELETE FROM docdata_webhook_endpoints WHERE id = ? RETURNING id", id)
  if (!found(removed)) return Effect.succeed(false)
  yield statement("DELETE FROM docdata_deliveries WHERE subscriber = ?", id)
  yield statement("DELETE FROM docdata_delivery_attempts WHERE subscriber = ?", id)
  return Effect.succeed(true)
}

export const sqlWebhookEndpoints = ({ each, read, together }: Database["Service"]): WebhookEndpoints["Service"] =>
  WebhookEndpoints.of({
    add: (endpoint) => together("WebhookEndpoints.add", () => add(endpoint)),
    all: () =>
      read(
        "WebhookEndpoints.all",
        () => ask(statement(select("ORDER BY created_at_ms, id")), (rows) => Effect.succeed(rows.map(endpointFrom)))
      ),
    find: (id) => read("WebhookEndpoints.find", () => firstOf(statement(select("WHERE id = ?"), id))),
    rotate: ({ fromVersion, id, previousUntilMs }) =>
      together("WebhookEndpoints.rotate", function*() {
        yield statement(rotateText, previousUntilMs, id, fromVersion)
        return yield* firstOf(statement(select("WHERE id = ?"), id))
      }),
    enable: (id, atMs) =>
      together("WebhookEndpoints.enable", function*() {
        const enabled = yield* firstOf(statement(enableText, id))
        yield statement(hastenText, atMs, id, atMs)
        return enabled
      }),
    disable: (id, { because, sinceMs }) =>
      each("WebhookEndpoints.disable", () => firstOf(statement(disableText, sinceMs, because, id))),
    remove: (id) => together("WebhookEndpoints.remove", () => remove(id))
  })
