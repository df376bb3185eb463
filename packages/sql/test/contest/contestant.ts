/**
 * One of two processes of a shop that work on the same orders at once: `contestant.ts ENGINE PLACE NAME`.
 *
 * Plays the roles it is told, asks its parent what Docdata would say, and submits what it recorded.
 */
import type { StatusReport } from "@docdata/domain"
import type { OrderOperation } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import type { Place } from "../crash/place.ts"
import type { FromContestant, ToContestant } from "./messages.ts"
import { playAll } from "./roles.ts"
import { type Ask, layerContestShop } from "./shop.ts"

const [engine, at, name] = process.argv.slice(2)
const place: Place = { engine: engine === "postgres" ? "postgres" : "sqlite", at: at! }

const publish = (message: FromContestant): void => void process.send!(message)

const waiting = new Map<number, (report: StatusReport | undefined) => void>()
let asked = 0
const ask: Ask = (operation, orderKey) =>
  new Promise((resolve) => {
    waiting.set(++asked, resolve)
    publish({ kind: "ask", number: asked, operation, orderKey })
  })

const history: Array<OrderOperation> = []
const shop = ManagedRuntime.make(layerContestShop(place, { caller: name!, ask, history }))

const end = async (): Promise<void> => {
  await shop.dispose()
  process.send!({ kind: "history", history } satisfies FromContestant, () => process.disconnect())
}

process.on("message", (message: ToContestant) => {
  switch (message.kind) {
    case "answer":
      waiting.get(message.number)?.(message.report)
      waiting.delete(message.number)
      return
    case "play":
      shop.runPromise(playAll(message.roles, message.round)).then(
        () => publish({ kind: "played" }),
        (error: unknown) => publish({ kind: "failed", why: String(error) })
      )
      return
    case "end":
      void end()
  }
})

// The stores are open before the first round, so that rounds begin at once on both sides.
await shop.runPromise(Effect.void)
publish({ kind: "ready" })
