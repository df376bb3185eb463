/**
 * The order store on a database.
 */
import { OrderStore } from "@docdata/application"
import { openAnomalies } from "../anomalies/openAnomalies.ts"
import type { Database } from "../Database.ts"
import { commit } from "./commit.ts"
import { abandon, confirm, renew } from "./confirm.ts"
import { dueStatement, listOrders, ordersOf, staleReservationsStatement } from "./listOrders.ts"
import { intend, modifications, resolve, takePeriod, withdraw } from "./modifications.ts"
import { erase, events, observations } from "./observations.ts"
import { paymentsElsewhere, readOrder } from "./readOrder.ts"
import { reserve } from "./reserve.ts"
import { shopOrder } from "./shopOrders.ts"

export const sqlOrderStore = ({ dialect, each, read, together }: Database["Service"]): OrderStore["Service"] =>
  OrderStore.of({
    reserve: (order) => each("OrderStore.reserve", () => reserve(order)),
    confirm: (confirmation) => each("OrderStore.confirm", () => confirm(dialect, confirmation)),
    renew: ({ leaseUntilMs, orderId }) => each("OrderStore.renew", () => renew(leaseUntilMs, orderId)),
    abandon: (orderId, because) => each("OrderStore.abandon", () => abandon(orderId, because)),
    read: (name, paymentIds = []) => read("OrderStore.read", () => readOrder(dialect, name, paymentIds)),
    paymentsElsewhere: (order, paymentIds) =>
      read("OrderStore.paymentsElsewhere", () => paymentsElsewhere(dialect, order, paymentIds)),
    shopOrder: (name) => read("OrderStore.shopOrder", () => shopOrder(name)),
    commit: (change) => each("OrderStore.commit", () => commit(dialect, change)),
    list: (filter, page) => read("OrderStore.list", () => listOrders(dialect, filter, page)),
    due: (question) => read("OrderStore.due", () => ordersOf(dueStatement(question))),
    staleReservations: (question) =>
      read("OrderStore.staleReservations", () => ordersOf(staleReservationsStatement(question))),
    observations: (orderId, page) => read("OrderStore.observations", () => observations(orderId, page)),
    events: (orderId) => read("OrderStore.events", () => events(orderId)),
    intend: (modification, limitMinor) =>
      together("OrderStore.intend", () => intend(dialect, modification, limitMinor)),
    resolve: (step) => each("OrderStore.resolve", () => resolve(dialect, step)),
    withdraw: (named) => each("OrderStore.withdraw", () => withdraw(named)),
    modifications: (orderId) => read("OrderStore.modifications", () => modifications(orderId)),
    anomalies: (orderId) => read("OrderStore.anomalies", () => openAnomalies(orderId)),
    takePeriod: (claim) => each("OrderStore.takePeriod", () => takePeriod(claim)),
    erase: (orderId) => together("OrderStore.erase", () => erase(orderId))
  })
