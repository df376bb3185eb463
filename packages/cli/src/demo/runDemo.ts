/**
 * The work of `docdata demo`: the whole service for a minute, offline, with a shop and a payment provider around it.
 */
import { makeApiKey, makeWebhookSecret } from "@docdata/http"
import { type Simulator, startSimulator } from "@docdata/simulator"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { startService } from "../service/startService.ts"
import { toStandardError } from "../observability/toStandardError.ts"
import type { Shell } from "../Shell.ts"
import { makePaint } from "../text/Paint.ts"
import { table } from "../text/table.ts"
import { wrap } from "../text/wrap.ts"
import { clockOf } from "./demoClock.ts"
import { demoPlan, provider, updateUrlOf } from "./demoPlan.ts"
import { type Ended, isRight, orderPage, receivedLine, resultTable } from "./demoPages.ts"
import { type SampleShop, startSampleShop } from "./sampleShop.ts"
import { ShopClient } from "./ShopClient.ts"
import { type DemoWorld, makeWorld } from "./Stage.ts"
import { stories } from "./stories.ts"

const hourMs = 3_600_000

const intro =
  "A shop, the service on a fresh SQLite file, and an offline Docdata, all on this machine, speaking HTTP and " +
  "SOAP. Shoppers pay on the payment menu; then a few days pass. This is what the shop receives, in signed webhooks:"

/** Plays all stories and answers how they ended. */
const play = async (world: DemoWorld): Promise<ReadonlyArray<Ended>> => {
  const played = []
  for (const [index, story] of stories.entries()) {
    const order = await world.shop.create(`web-${1001 + index}`, story.grossMinor)
    await story.shopper(order, world)
    await world.passTime(5_000)
    played.push({ story, order })
  }
  // The night of the captures, then the night of what the second day asked for.
  await world.passTime(26 * hourMs)
  for (const { order, story } of played) await story.later?.(order, world)
  await world.passTime(5_000)
  await world.passTime(50 * hourMs)
  return Promise.all(played.map(async ({ order: { id }, story: { expected, title } }): Promise<Ended> => {
    // The last word may still be on its way.
    await world.until(() => world.received(id) === expected, `${title}: ${expected}`).catch(() => undefined)
    const [order, timeline, explanation] = await Promise.all([
      world.shop.read(id),
      world.shop.timeline(id),
      world.shop.explanation(id)
    ])
    return { title, expected, received: world.received(id), order, timeline, explanation }
  }))
}

interface Cast {
  readonly simulator: Simulator
  readonly sampleShop: SampleShop
  readonly secret: Redacted.Redacted
  readonly folder: string
  readonly shell: Shell
}

const serveAndPlay = Effect.fnUntraced(function*({ folder, sampleShop, secret, shell, simulator }: Cast) {
  const key = makeApiKey()
  const file = join(folder, "orders.sqlite")
  const service = yield* startService(
    demoPlan({ simulator, shopOrigin: sampleShop.origin, secret, key, file, port: 0 })
  )
  simulator.setMerchant({ ...provider, updateUrl: updateUrlOf(service.origin) })
  yield* Effect.promise(() =>
    shell.write(
      `${
        table([["  shop", sampleShop.origin], ["  service", service.origin], ["  docdata", simulator.url]]).join("\n")
      }\n\n`
    )
  )
  const world = makeWorld({
    simulator,
    shop: new ShopClient(service.origin, Redacted.value(key)),
    received: sampleShop.statusOf,
    backlog: () => Effect.runPromise(service.backlog)
  })
  return yield* Effect.promise(() => play(world))
})

const print = async (all: ReadonlyArray<Ended>, shell: Shell): Promise<void> => {
  const options = { columns: shell.columns, paint: makePaint(shell.colour) }
  const rightCount = all.filter(isRight).length
  const lines = [
    "",
    ...resultTable(all),
    "",
    `${rightCount} of ${all.length} orders ended as they had to.`,
    "",
    "What happened to each of them, and why it is what it is",
    ...all.flatMap((ended) => orderPage(ended, options)),
    "",
    "The decision alone, on bundled replies: docdata explain --demo",
    ""
  ]
  await shell.write(lines.join("\n"))
}

/** Prints what happens; always ends by itself. Exit code 1 if an order did not end as it had to. */
export const runDemo = async (shell: Shell): Promise<ExitCode> => {
  await shell.write(`${wrap(intro, shell.columns).join("\n")}\n\n`)
  const folder = mkdtempSync(join(tmpdir(), "docdata-demo-"))
  const simulator = await startSimulator({ clock: "wall", merchants: [provider] })
  const startedMs = simulator.nowMs()
  const secret = makeWebhookSecret()
  const sampleShop = await startSampleShop({
    secret: Redacted.value(secret),
    nowMs: simulator.nowMs,
    onEvent: (received) => {
      const line = receivedLine(received, simulator.nowMs() - startedMs)
      if (line !== undefined) void shell.write(`${line}\n`)
    }
  })
  try {
    const clock = await Effect.runPromise(Effect.map(Clock.Clock, (real) => clockOf(real, simulator.nowMs)))
    const program = Effect.scoped(serveAndPlay({ simulator, sampleShop, secret, folder, shell })).pipe(
      Effect.provideService(Clock.Clock, clock),
      Effect.provide(toStandardError(shell))
    )
    const all = await Effect.runPromise(program)
    await print(all, shell)
    return all.every(isRight) && sampleShop.refusedCount() === 0 ? exitCodes.done : exitCodes.unfinished
  } finally {
    await sampleShop.close()
    await simulator.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
