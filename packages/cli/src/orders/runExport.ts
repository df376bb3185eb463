/**
 * The work of `docdata orders export` and `docdata orders erase`: what is stored of an order, handed out or taken away.
 */
import {
  Anomalies,
  type DeliveryAttempt,
  DeliveryLog,
  type DeliveryOverview,
  OrderStore,
  pageSizeMax,
  type StoredEvent
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { agreed } from "./agreed.ts"
import { eachObservation } from "./eachObservation.ts"
import type { ExportOutput } from "./ExportOutput.ts"
import { ownPayments } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import { type Runner, runOnStored } from "./runOnOrders.ts"
import { type WriteItem, writeObject } from "./writeObject.ts"

type Exported = typeof ExportOutput.Type

const deliveryOf = (
  { event, ...delivery }: DeliveryOverview,
  attempts: ReadonlyArray<DeliveryAttempt>
): Exported["deliveries"][number] => ({
  ...delivery,
  eventId: event.id,
  log: attempts.map(({ atMs, durationMs, outcome }) => ({ atMs, durationMs, outcome }))
})

/** Of one event after the other. */
const eachDelivery = Effect.fnUntraced(function*(events: ReadonlyArray<StoredEvent>, write: WriteItem) {
  const log = yield* DeliveryLog
  for (const { id } of events) {
    for (const delivery of yield* log.ofEvent(id)) {
      yield* write(deliveryOf(delivery, yield* log.attempts(delivery.subscriber, id)))
    }
  }
})

const eachAnomaly = Effect.fnUntraced(function*(orderId: string, write: WriteItem) {
  const anomalies = yield* Anomalies
  let after: Parameters<typeof anomalies.list>[1]["after"]
  do {
    const page = yield* anomalies.list({ orderId }, {
      limit: pageSizeMax,
      ...(after === undefined ? {} : { after })
    })
    for (const anomaly of page.items) yield* write(anomaly satisfies Exported["anomalies"][number])
    after = page.next
  } while (after !== undefined)
})

/** Prints everything that is stored about the order; resolves with the exit code. Looks and deliveries may be many. */
export const runExport = (given: Given, shell: Shell): Promise<ExitCode> =>
  runOnStored({ path: "docdata orders export", given, shell }, () =>
    Effect.gen(function*() {
      const snapshot = yield* orderNamed(given.operands[0]!, given)
      const { order } = snapshot
      const store = yield* OrderStore
      const [modifications, events] = [yield* store.modifications(order.id), yield* store.events(order.id)]
      const start = { order, payments: ownPayments(snapshot), modifications, events } satisfies Partial<Exported>
      const { end, field, list } = writeObject(shell)
      for (const [name, value] of Object.entries(start)) yield* field(name, value)
      yield* list("deliveries", (write) => eachDelivery(events, write))
      yield* list("anomalies", (write) => eachAnomaly(order.id, write))
      yield* list("observations", (write) => eachObservation(order.id, write))
      yield* end
      return exitCodes.done
    }))

/** Takes personal data away, after consent; resolves with the exit code. */
export const runErase = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders erase", given, shell }
  return runOnStored(runner, () =>
    Effect.gen(function*() {
      const { order } = yield* orderNamed(given.operands[0]!, given)
      const what = `order ${order.id} (${printable(order.shopReference)})`
      yield* agreed(
        [`the texts of all exchanges about ${what}, and reasons in its reports, will be gone for ever; amounts stay`],
        runner
      )
      yield* (yield* OrderStore).erase(order.id)
      yield* Effect.promise(() => shell.write(`erased the personal data of ${what}\n`))
      return exitCodes.done
    }))
}
