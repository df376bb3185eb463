/**
 * The work of `docdata orders export` and `docdata orders erase`: what is stored of an order, handed out or taken away.
 */
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { eachPage } from "../api/eachPage.ts"
import { writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { agreed } from "./agreed.ts"
import { orderNamed } from "./orderNamed.ts"
import { shortName } from "./orderText.ts"
import { type WriteItem, writeObject } from "./writeObject.ts"

const pageSizeMax = 200

/** The events of an order in the order they happened. */
const eachEvent = Effect.fnUntraced(function*<E>(
  api: Api,
  orderId: string,
  use: (event: { readonly id: string }) => Effect.Effect<void, E>
) {
  for (let after = 0;;) {
    const { events, more, next } = yield* api.events.list({ query: { orderId, after, limit: pageSizeMax } })
    for (const event of events) yield* use(event)
    if (!more) return
    after = next
  }
})

const eachDelivery = (api: Api, orderId: string, write: WriteItem) =>
  eachEvent(
    api,
    orderId,
    ({ id }) =>
      Effect.flatMap(
        api.events.deliveries({ params: { eventId: id } }),
        ({ deliveries }) => Effect.forEach(deliveries, write, { discard: true })
      )
  )

const eachAnomaly = (api: Api, orderId: string, write: WriteItem) =>
  eachPage({
    read: (page) =>
      Effect.map(api.anomalies.list({ query: { orderId, ...page } }), ({ anomalies, next }) => ({
        items: anomalies,
        next
      })),
    use: (anomalies) => Effect.forEach(anomalies, write, { discard: true })
  })

/** Newest first, with the redacted reports and exchanges. */
const eachObservation = Effect.fnUntraced(function*(api: Api, orderId: string, write: WriteItem) {
  let before: number | undefined
  do {
    const page = yield* api.orders.observations({
      params: { orderId },
      query: { include: "report", limit: pageSizeMax, ...(before === undefined ? {} : { before }) }
    })
    for (const observation of page.observations) yield* write(observation)
    before = page.next
  } while (before !== undefined)
})

/** Prints everything that is stored about the order, as the API tells it; resolves with the exit code. */
export const runExport = (given: Given, shell: Shell): Promise<ExitCode> =>
  runApi({ path: "docdata orders export", given, shell }, (api) =>
    Effect.gen(function*() {
      const order = yield* orderNamed(api, given.operands[0]!, given)
      const { end, field, list } = writeObject(shell)
      yield* field("order", order)
      const { modifications } = yield* api.modifications.list({ params: { orderId: order.id } })
      yield* field("modifications", modifications)
      yield* list("events", (write) => eachEvent(api, order.id, write))
      yield* list("deliveries", (write) => eachDelivery(api, order.id, write))
      yield* list("anomalies", (write) => eachAnomaly(api, order.id, write))
      yield* list("observations", (write) => eachObservation(api, order.id, write))
      yield* end
      return exitCodes.done
    }))

/** Takes personal data away, after consent; resolves with the exit code. */
export const runErase = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders erase", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const order = yield* orderNamed(api, given.operands[0]!, given)
      const what = shortName(order)
      yield* agreed(
        `the texts of all exchanges about ${what}, and reasons in its reports, will be gone for ever; amounts stay`,
        runner
      )
      yield* api.orders.erase({ params: { orderId: order.id } })
      yield* writeLines(shell, [`erased the personal data of ${what}`])
      return exitCodes.done
    }))
}
