/**
 * The stores of one process.
 */
import {
  Anomalies,
  Backlogs,
  DeliveryLog,
  EventFeed,
  Inbox,
  OrderStore,
  Outbox,
  StoreHealth,
  WebhookEndpoints
} from "@docdata/application"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { memoryAnomalies } from "./memoryAnomalies.ts"
import { memoryBacklogs } from "./memoryBacklogs.ts"
import { memoryDeliveryLog } from "./memoryDeliveryLog.ts"
import { memoryEventFeed } from "./memoryEventFeed.ts"
import { memoryInbox } from "./memoryInbox.ts"
import { memoryOrderStore } from "./memoryOrderStore.ts"
import { memoryOutbox } from "./memoryOutbox.ts"
import { memoryWebhookEndpoints } from "./memoryWebhookEndpoints.ts"
import { emptyState } from "./MemoryState.ts"

/**
 * The stores on one state, empty at first and gone with the layer. For tests, trials and development: nothing
 * survives the process, and what is stored stays in memory until then.
 */
export const layerMemory: Layer.Layer<
  OrderStore | Inbox | Outbox | Anomalies | EventFeed | WebhookEndpoints | DeliveryLog | Backlogs | StoreHealth
> = Layer
  .effectContext(
    Effect.sync(() => {
      const state = emptyState()
      return Context.empty().pipe(
        Context.add(OrderStore, memoryOrderStore(state)),
        Context.add(Inbox, memoryInbox(state)),
        Context.add(Outbox, memoryOutbox(state)),
        Context.add(Anomalies, memoryAnomalies(state)),
        Context.add(EventFeed, memoryEventFeed(state)),
        Context.add(WebhookEndpoints, memoryWebhookEndpoints(state)),
        Context.add(DeliveryLog, memoryDeliveryLog(state)),
        Context.add(Backlogs, memoryBacklogs(state)),
        Context.add(StoreHealth, { proveWrite: () => Effect.void, untilReplaced: () => Effect.never })
      )
    })
  )
