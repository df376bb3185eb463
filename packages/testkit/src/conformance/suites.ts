/**
 * The suites of the store ports. Every sentence that the ports say of their methods is at least one case.
 */
import type { Anomalies, Backlogs, EventFeed, Inbox, OrderStore, Outbox } from "@docdata/application"
import type * as Layer from "effect/Layer"
import { committing as committingAnomalies } from "./anomalies/committing.ts"
import { refreshing } from "./anomalies/listing.ts"
import { raising } from "./anomalies/raising.ts"
import { type Group, register, type TestFunctions } from "./Case.ts"
import { measuring } from "./backlogs/measuring.ts"
import { claiming as claimingItems } from "./inbox/claiming.ts"
import { reading as readingFeed } from "./feed/reading.ts"
import { merchants } from "./inbox/merchants.ts"
import { deadLettering as deadLetteringItems } from "./inbox/deadLettering.ts"
import { moves as itemMoves } from "./inbox/moves.ts"
import { receiving } from "./inbox/receiving.ts"
import { acknowledging } from "./orders/acknowledging.ts"
import { committing } from "./orders/committing.ts"
import { shopOrders } from "./orders/shopOrders.ts"
import { confirming } from "./orders/confirming.ts"
import { histories } from "./orders/histories.ts"
import { listing } from "./orders/listing.ts"
import { moving } from "./orders/modifying.ts"
import { reading } from "./orders/reading.ts"
import { reserving } from "./orders/reserving.ts"
import { schedule } from "./orders/schedule.ts"
import { sharing } from "./orders/sharing.ts"
import { claiming as claimingDeliveries } from "./outbox/claiming.ts"
import { ending } from "./outbox/ending.ts"
import { moves as deliveryMoves } from "./outbox/moves.ts"
import { deadLettering as deadLetteringDeliveries } from "./outbox/deadLettering.ts"
import { endpoints } from "./webhooks/endpoints.ts"
import { log } from "./webhooks/log.ts"
import { removing } from "./webhooks/removing.ts"
import { deliveryStates } from "./webhooks/deliveryStates.ts"
import type { WebhookStores } from "./webhooks/WebhookStores.ts"

/** Cases of {@link OrderStore}. Some look into inbox and outbox: notifications and events leave with their change. */
export const orderStoreCases: ReadonlyArray<Group<OrderStore | Outbox | Inbox>> = [
  reserving,
  confirming,
  reading,
  committing,
  shopOrders,
  acknowledging,
  sharing,
  listing,
  schedule,
  histories,
  moving
]

/** Cases of {@link Inbox}. */
export const inboxCases: ReadonlyArray<Group<Inbox>> = [
  receiving,
  claimingItems,
  merchants,
  deadLetteringItems,
  itemMoves
]

/** Cases of {@link Outbox}; the events come from the order store. */
export const outboxCases: ReadonlyArray<Group<OrderStore | Outbox>> = [
  claimingDeliveries,
  ending,
  deadLetteringDeliveries,
  deliveryMoves
]

/** Cases of webhook endpoints and of the log of their deliveries, which come from the outbox. */
export const webhookCases: ReadonlyArray<Group<WebhookStores>> = [endpoints, log, removing, deliveryStates]

/** Cases of {@link Anomalies}; those of orders come from the order store. */
export const anomalyCases: ReadonlyArray<Group<OrderStore | Outbox | Anomalies>> = [
  committingAnomalies,
  refreshing,
  raising
]

/** Cases of {@link EventFeed}; the events come from the order store. */
export const feedCases: ReadonlyArray<Group<OrderStore | Outbox | EventFeed>> = [readingFeed]

/** Cases of {@link Backlogs}; what waits comes from inbox, outbox and orders. */
export const backlogsCases: ReadonlyArray<Group<Backlogs | Inbox | OrderStore | Outbox>> = [measuring]

/** Registers the cases of the order store. The layer is built anew for each case and has to start empty. */
export const orderStoreConformance = <E>(
  test: TestFunctions,
  layer: Layer.Layer<OrderStore | Outbox | Inbox, E>
): void => test.describe("OrderStore", () => register(test, orderStoreCases, layer))

/** Registers the cases of the inbox. The layer is built anew for each case and has to start empty. */
export const inboxConformance = <E>(test: TestFunctions, layer: Layer.Layer<Inbox, E>): void =>
  test.describe("Inbox", () => register(test, inboxCases, layer))

/** Registers the cases of the outbox. The layer is built anew for each case and has to start empty. */
export const outboxConformance = <E>(test: TestFunctions, layer: Layer.Layer<OrderStore | Outbox, E>): void =>
  test.describe("Outbox", () => register(test, outboxCases, layer))

/** Registers the cases of webhook endpoints and their deliveries. The layer is built anew for each case. */
export const webhookConformance = <E>(test: TestFunctions, layer: Layer.Layer<WebhookStores, E>): void =>
  test.describe("Webhooks", () => register(test, webhookCases, layer))

/** Registers the cases of the anomalies. The layer is built anew for each case and has to start empty. */
export const anomalyConformance = <E>(
  test: TestFunctions,
  layer: Layer.Layer<OrderStore | Outbox | Anomalies, E>
): void => test.describe("Anomalies", () => register(test, anomalyCases, layer))

/** Registers the cases of the backlogs. The layer is built anew for each case and has to start empty. */
export const backlogsConformance = <E>(
  test: TestFunctions,
  layer: Layer.Layer<Backlogs | Inbox | OrderStore | Outbox, E>
): void => test.describe("Backlogs", () => register(test, backlogsCases, layer))

/** Registers the cases of the event feed. The layer is built anew for each case and has to start empty. */
export const feedConformance = <E>(test: TestFunctions, layer: Layer.Layer<OrderStore | Outbox | EventFeed, E>): void =>
  test.describe("EventFeed", () => register(test, feedCases, layer))

/** Registers all cases of the stores. The layer is built anew for each case and has to start empty. */
export const storeConformance = <E>(
  test: TestFunctions,
  layer: Layer.Layer<WebhookStores | Inbox | Anomalies | Backlogs | EventFeed, E>
): void => {
  orderStoreConformance(test, layer)
  inboxConformance(test, layer)
  outboxConformance(test, layer)
  webhookConformance(test, layer)
  anomalyConformance(test, layer)
  backlogsConformance(test, layer)
  feedConformance(test, layer)
}
