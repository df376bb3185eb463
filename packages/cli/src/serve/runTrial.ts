/**
 * The work of `docdata serve --trial`: the service beside an offline Docdata and a sample shop, to try by hand.
 */
import { hashApiKey, makeApiKey, makeWebhookSecret } from "@docdata/http"
import { startSimulator } from "@docdata/simulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { receivedLine } from "../demo/demoPages.ts"
import { demoPlan, provider, updateUrlOf } from "../demo/demoPlan.ts"
import { startSampleShop } from "../demo/sampleShop.ts"
import { priceMinor } from "../demo/shopPages.ts"
import { ShopClient } from "../demo/ShopClient.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { startService } from "../service/startService.ts"
import { toStandardError } from "../observability/toStandardError.ts"
import type { Shell } from "../Shell.ts"
import { table } from "../text/table.ts"

/** Serves until a signal comes; everything is gone afterwards. */
export const runTrial = async (shell: Shell): Promise<ExitCode> => {
  const interrupted = shell.interrupted()
  const folder = mkdtempSync(join(tmpdir(), "docdata-trial-"))
  const [secret, key, metricsKey] = [makeWebhookSecret(), makeApiKey(), makeApiKey()]
  const simulator = await startSimulator({ clock: "wall", merchants: [provider] })
  const startedMs = shell.nowMs()
  const sold = { client: undefined as ShopClient | undefined, count: 0 }
  const sampleShop = await startSampleShop({
    secret: Redacted.value(secret),
    nowMs: shell.nowMs,
    onEvent: (received) => {
      const line = receivedLine(received, shell.nowMs() - startedMs)
      if (line !== undefined) void shell.write(`${line}\n`)
    },
    buy: async () => {
      if (sold.client === undefined) throw new Error("the service has not started yet")
      sold.count += 1
      return (await sold.client.create(`trial-${sold.count}`, priceMinor)).menuUrl
    }
  })
  const parts = { simulator, shopOrigin: sampleShop.origin, secret, key, file: join(folder, "orders.sqlite"), port: 0 }
  const program = Effect.scoped(Effect.gen(function*() {
    const plan = demoPlan(parts)
    // Metrics are of all merchants, and the shop's key is for its own only.
    const forMetrics = { id: "metrics", hash: hashApiKey(metricsKey), merchants: "all", scope: "read" } as const
    const { origin } = yield* startService({ ...plan, keys: [...plan.keys, forMetrics] })
    simulator.setMerchant({ ...provider, updateUrl: updateUrlOf(origin) })
    sold.client = new ShopClient(origin, Redacted.value(key))
    const lines = [
      ...table([
        ["shop", sampleShop.origin],
        ["service", origin],
        ["reference page", `${origin}/docs`],
        ["API key", Redacted.value(key)],
        ["metrics", `${origin}/metrics`],
        ["metrics key", Redacted.value(metricsKey)],
        ["docdata", simulator.url],
        ["control", simulator.controlUrl]
      ]),
      "Open the shop in a browser, buy and pay there, and see below what it receives.",
      "Ctrl-C ends it, and nothing stays.",
      ""
    ]
    yield* Effect.promise(() => shell.write(lines.join("\n")))
    yield* Effect.promise(() => interrupted)
  }))
  try {
    await Effect.runPromise(Effect.provide(program, toStandardError(shell)))
    return exitCodes.done
  } finally {
    await sampleShop.close()
    await simulator.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
