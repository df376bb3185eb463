/**
 * The stores over a database.
 */
import {
  Anomalies,
  Backlogs,
  DeliveryLog,
  EventFeed,
  Inbox,
  OrderStore,
  Outbox,
  type StoreFailure,
  StoreHealth,
  WebhookEndpoints
} from "@docdata/application"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { sqlAnomalies } from "./anomalies/sqlAnomalies.ts"
import { sqlBacklogs } from "./backlogs/sqlBacklogs.ts"
import { Database } from "./Database.ts"
import { sqlEventFeed } from "./feed/sqlEventFeed.ts"
import { sqlInbox } from "./inbox/sqlInbox.ts"
import { migrate } from "./migrations/migrate.ts"
import { sqlOrderStore } from "./orders/sqlOrderStore.ts"
import { sqlOutbox } from "./outbox/sqlOutbox.ts"
import { probeWrite } from "./probeWrite.ts"
import { sqlDeliveryLog } from "./webhooks/sqlDeliveryLog.ts"
import { sqlWebhookEndpoints } from "./webhooks/sqlWebhookEndpoints.ts"

/** What the stores are to the application. */
export type Stores =
  | OrderStore
  | Inbox
  | Outbox
  | Anomalies
  | EventFeed
  | WebhookEndpoints
  | DeliveryLog
  | Backlogs
  | StoreHealth

/** Brings the database to the newest version and puts the stores on it. */
export const layerStores: Layer.Layer<Stores, StoreFailure, Database> = Layer.effectContext(
  Effect.gen(function*() {
    yield* migrate()
    const database = yield* Database
    return Context.empty().pipe(
      Context.add(OrderStore, sqlOrderStore(database)),
      Context.add(Inbox, sqlInbox(database)),
      Context.add(Outbox, sqlOutbox(database)),
      Context.add(Anomalies, sqlAnomalies(database)),
      Context.add(EventFeed, sqlEventFeed(database)),
      Context.add(WebhookEndpoints, sqlWebhookEndpoints(database)),
      Context.add(DeliveryLog, sqlDeliveryLog(database)),
      Context.add(Backlogs, sqlBacklogs(database)),
      Context.add(StoreHealth, {
        proveWrite: () => Effect.provideService(probeWrite, Database, database),
        untilReplaced: () => database.untilReplaced
      })
    )
  })
)
