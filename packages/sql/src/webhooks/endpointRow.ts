/**
 * Webhook endpoints as rows. Absent merchants or types are all of them.
 */
import type { Disabled, EndpointHealth, StoredEndpoint } from "@docdata/application"
import { integer, integerOrNothing, type Row, text, textOrNothing } from "../Script.ts"

export const endpointSelection = "id, merchants, url, types, signature, created_at_ms, key_version, " +
  "previous_key_until_ms, disabled_because, disabled_since_ms, last_success_at_ms, failing_since_ms, consecutive_failures"

/** A list as text, or nothing for all. */
export const listText = (list: ReadonlyArray<string> | "all"): string | null =>
  list === "all" ? null : JSON.stringify(list)

const listFrom = (row: Row, column: string): ReadonlyArray<string> | "all" => {
  const list = textOrNothing(row, column)
  return list === undefined ? "all" : JSON.parse(list) as ReadonlyArray<string>
}

const healthFrom = (row: Row): EndpointHealth => {
  const lastSuccessAtMs = integerOrNothing(row, "last_success_at_ms")
  const failingSinceMs = integerOrNothing(row, "failing_since_ms")
  return {
    ...(lastSuccessAtMs === undefined ? {} : { lastSuccessAtMs }),
    ...(failingSinceMs === undefined ? {} : { failingSinceMs }),
    consecutiveFailures: integer(row, "consecutive_failures")
  }
}

const disabledFrom = (row: Row): Disabled | undefined => {
  const because = textOrNothing(row, "disabled_because")
  return because === undefined
    ? undefined
    : { because: because as Disabled["because"], sinceMs: integer(row, "disabled_since_ms") }
}

export const endpointFrom = (row: Row): StoredEndpoint => {
  const previousKeyUntilMs = integerOrNothing(row, "previous_key_until_ms")
  const disabled = disabledFrom(row)
  return {
    id: text(row, "id"),
    merchants: listFrom(row, "merchants"),
    url: text(row, "url"),
    types: listFrom(row, "types") as StoredEndpoint["types"],
    signature: text(row, "signature") as StoredEndpoint["signature"],
    createdAtMs: integer(row, "created_at_ms"),
    keyVersion: integer(row, "key_version"),
    ...(previousKeyUntilMs === undefined ? {} : { previousKeyUntilMs }),
    ...(disabled === undefined ? {} : { disabled }),
    health: healthFrom(row)
  }
}
