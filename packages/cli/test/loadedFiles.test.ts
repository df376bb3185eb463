/**
 * How much a command loads: the time until it works grows with it, and on a busy machine only this can be asserted.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, inject, it } from "vitest"
import { openOrdersShop, type OrdersShop } from "./support/ordersShop.ts"
import { bundlePath } from "./support/run.ts"

const noteLoaded = fileURLToPath(new URL("support/noteLoaded.ts", import.meta.url))

let shop: OrdersShop
let folder: string
beforeAll(async () => {
  shop = await openOrdersShop()
  folder = mkdtempSync(join(tmpdir(), "docdata-loaded-"))
  const order = await shop.create("web-1")
  const paymentId = await shop.pay(order)
  await shop.simulator.act({ do: "capture", paymentId, number: 1, status: "CAPTURED" })
  await shop.run(["orders", "refresh", order.id])
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await shop.close()
})

/** Files of the bundle, and the source files of this repository whose code is in them. */
interface Loaded {
  readonly files: ReadonlyArray<string>
  readonly sources: ReadonlyArray<string>
  readonly bytes: number
}

// Not spawnSync: the simulator answers in this process.
const loadedBy = async (...args: ReadonlyArray<string>): Promise<Loaded> => {
  const list = join(folder, "loaded")
  const child = spawn(process.execPath, ["--import", noteLoaded, bundlePath(), ...args], {
    env: { ...shop.environment, LOADED_FILES: list },
    stdio: ["ignore", "ignore", "pipe"]
  })
  const [complaints, [exit]] = await Promise.all([text(child.stderr), once(child, "exit")])
  expect(exit, complaints).toBe(0)
  const files = readFileSync(list, "utf8").split("\n").filter((url) => url.includes(inject("bundleFolder")))
    .map((url) => basename(url))
  const sources = files.flatMap((file) => inject("bundledSources")[file]!)
    .filter((source) => !source.includes("node_modules") && source.includes("/packages/"))
  return {
    files,
    sources,
    bytes: files.reduce((sum, file) => sum + statSync(join(inject("bundleFolder"), file)).size, 0)
  }
}

it("help loads two files, and nothing of the service", async () => {
  const { bytes, files, sources } = await loadedBy("--help")
  expect(files.length).toBe(2)
  expect(sources.filter((source) => !/packages\/(cli|service)\//.test(source))).toEqual([])
  expect(bytes).toBeLessThan(30_000)
})

it("a command that reads orders loads no SOAP, no driver of PostgreSQL and no other group of the API", async () => {
  const { files, sources } = await loadedBy("orders", "list")
  expect(sources.filter((source) => /packages\/(soap|simulator)\/|postgres|webhookEndpointsHandlers/.test(source)))
    .toEqual([])
  expect(files.length).toBeLessThanOrEqual(45)
})

/** It was 495 when every group of the API and every index was loaded; the figure only ever gets smaller. */
const refundSourcesMax = 390

it(`a refund in this process loads at most ${refundSourcesMax} source files`, async () => {
  const { files, sources } = await loadedBy(
    "orders",
    "refund",
    "web-1",
    "--reference",
    "r-1",
    "--amount",
    "1.00",
    "--yes"
  )
  expect(sources.length).toBeLessThanOrEqual(refundSourcesMax)
  expect(files.length).toBeLessThanOrEqual(60)
})
