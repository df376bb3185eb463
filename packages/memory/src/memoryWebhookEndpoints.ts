/**
 * The webhook endpoints in memory.
 */
import { hasEndpointsMax, type StoredEndpoint, TooManyEndpoints, WebhookEndpoints } from "@docdata/application"
import * as Effect from "effect/Effect"
import { refreshHead, subscriberTablesOf } from "./deliveries.ts"
import type { MemoryState } from "./MemoryState.ts"
import { compareMoments } from "./SortedIndex.ts"

/** What was put off beyond an instant is put off to it. */
const hasten = (state: MemoryState, subscriber: string, atMs: number): void => {
  const tables = subscriberTablesOf(state, subscriber)
  for (const record of tables.byEventId.values()) {
    if (record.queueState.at !== "waiting" || record.queueState.notBeforeMs <= atMs) continue
    record.queueState = { at: "waiting", notBeforeMs: atMs }
    refreshHead(tables, record.event.orderId)
  }
}

/** Endpoints on `state`. Every method is one synchronous step. */
export const memoryWebhookEndpoints = (state: MemoryState): WebhookEndpoints["Service"] => {
  const { endpoints } = state
  const change = (id: string, after: (endpoint: StoredEndpoint) => StoredEndpoint) =>
    Effect.sync(() => {
      const before = endpoints.get(id)
      if (before === undefined) return undefined
      const changed = after(before)
      endpoints.set(id, changed)
      return changed
    })
  return WebhookEndpoints.of({
    add: (endpoint) =>
      Effect.suspend(() => {
        if (hasEndpointsMax([...endpoints.values()], endpoint)) return Effect.fail(new TooManyEndpoints())
        const added: StoredEndpoint = { ...endpoint, keyVersion: 1, health: { consecutiveFailures: 0 } }
        endpoints.set(endpoint.id, added)
        return Effect.succeed(added)
      }),
    all: () =>
      Effect.sync(() =>
        [...endpoints.values()].toSorted((a, b) =>
          compareMoments({ atMs: a.createdAtMs, id: a.id }, { atMs: b.createdAtMs, id: b.id })
        )
      ),
    find: (id) => Effect.sync(() => endpoints.get(id)),
    rotate: ({ fromVersion, id, previousUntilMs }) =>
      change(id, (endpoint) =>
        endpoint.keyVersion === fromVersion
          ? { ...endpoint, keyVersion: fromVersion + 1, previousKeyUntilMs: previousUntilMs }
          : endpoint),
    enable: (id, atMs) =>
      change(id, (endpoint) => {
        hasten(state, id, atMs)
        const { disabled: _, health, ...enabled } = endpoint
        const { lastSuccessAtMs } = health
        return {
          ...enabled,
          health: { ...(lastSuccessAtMs === undefined ? {} : { lastSuccessAtMs }), consecutiveFailures: 0 }
        }
      }),
    disable: (id, disabled) => change(id, (endpoint) => ({ ...endpoint, disabled: endpoint.disabled ?? disabled })),
    remove: (id) =>
      Effect.sync(() => {
        if (!endpoints.delete(id)) return false
        state.subscribers.delete(id)
        return true
      })
  })
}
