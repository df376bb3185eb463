/**
 * docs/operations against the service itself: alerts, dashboard and the table of metrics name what a busy service exports,
 * every alert has its paragraph, and each fires when it should.
 */
import { hashApiKey, makeApiKey, makeWebhookSecret } from "@docdata/http"
import { type Simulator, startSimulator } from "@docdata/simulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { Browser } from "../src/demo/Browser.ts"
import { demoPlan, provider, updateUrlOf } from "../src/demo/demoPlan.ts"
import { type SampleShop, startSampleShop } from "../src/demo/sampleShop.ts"
import { ShopClient } from "../src/demo/ShopClient.ts"
import { type ServicePlan, startService } from "../src/service/startService.ts"

const page = (name: string): string =>
  readFileSync(new URL(`../../../docs/operations/${name}`, import.meta.url), "utf8")

const [secret, key] = [makeWebhookSecret(), makeApiKey()]
let simulator: Simulator
let shop: SampleShop
let folder: string
let metrics = ""

const until = (holds: () => boolean | Promise<boolean>): Promise<boolean> =>
  vi.waitUntil(holds, { timeout: 60_000, interval: 25 })

/** Runs the service on the test's file while `use` lasts. */
const withService = async (use: (client: ShopClient, origin: string) => Promise<void>): Promise<void> => {
  const scope = Scope.makeUnsafe()
  const file = join(folder, "orders.sqlite")
  const plan: ServicePlan = {
    ...demoPlan({ simulator, shopOrigin: shop.origin, secret, key, file, port: 0 }),
    keys: [{ id: "all", hash: hashApiKey(key), merchants: "all", scope: "operate" }]
  }
  const { origin } = await Effect.runPromise(Effect.provideService(startService(plan), Scope.Scope, scope))
  try {
    simulator.setMerchant({ ...provider, updateUrl: updateUrlOf(origin) })
    await use(new ShopClient(origin, Redacted.value(key)), origin)
  } finally {
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
}

const ask = (origin: string, path: string, method = "GET"): Promise<Response> =>
  fetch(`${origin}${path}`, { method, headers: { authorization: `Bearer ${Redacted.value(key)}` } })

const metricsOf = async (origin: string): Promise<string> => (await ask(origin, "/metrics")).text()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "docdata-operations-"))
  simulator = await startSimulator({ clock: "wall", merchants: [provider] })
  shop = await startSampleShop({ secret: Redacted.value(secret), nowMs: Date.now, onEvent: () => undefined })
  await withService(async (client, origin) => {
    const { id, menuUrl } = await client.create("web-1", 4_990)
    const browser = await Browser.open(menuUrl)
    await browser.submit({ method: "IDEAL", do: "pay" })
    await browser.submit({ answer: "approved" })
    await until(() => shop.statusOf(id) === "paid")
    // The shopper's return may have been faster than Docdata's own notifications.
    const { orderReference } = await (await ask(origin, `/v1/orders/${id}`)).json() as {
      readonly orderReference: string
    }
    await ask(origin, `/docdata/notifications?order_id=${orderReference}`)
    await until(async () => (await metricsOf(origin)).includes("docdata_notification_lag_seconds_count"))
    // Of captured money no cancel is confirmed: the order is held, which is an anomaly.
    expect((await ask(origin, `/v1/orders/${id}/cancel`, "POST")).status).toBe(200)
  })
  // What waits is measured at the start.
  await withService(async (_client, origin) => {
    await until(async () => {
      metrics = await metricsOf(origin)
      return metrics.includes("docdata_anomalies_open{")
    })
  })
})
afterAll(async () => {
  await shop.close()
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Names with a type, and the names of the series that Prometheus makes of histograms. */
const exported = (): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const [, name = "", type] of metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    names.add(name)
    if (type === "histogram") { for (const part of ["bucket", "count", "sum"]) names.add(`${name}_${part}`) }
  }
  return names
}

/** The names of metrics that a text speaks of. */
const namedIn = (text: string): ReadonlySet<string> =>
  new Set(Array.from(text.matchAll(/\b(?:docdata_[a-z_]+|http_(?:server|client)_[a-z_]+)\b/g), ([name]) => name))

// Names of labels, which look alike.
const labels = new Set(["http_route", "http_response_status_code", "http_request_method", "docdata_operation"])

const expressions = (): string => {
  const found: Array<string> = []
  JSON.parse(page("dashboard.json"), (name, value: unknown) => {
    if (name === "expr" && typeof value === "string") found.push(value)
    return value
  })
  return found.join("\n")
}

describe("metrics named in docs/operations", () => {
  it.each([["alerts.yml", () => page("alerts.yml")], ["dashboard.json", expressions]] as const)(
    "%s: a busy service exports each of them",
    (_file, text) => {
      const names = [...namedIn(text())].filter((name) => !labels.has(name))
      expect(names.length).toBeGreaterThan(10)
      expect(names.filter((name) => !exported().has(name))).toEqual([])
    }
  )

  it("README.md: its table is what is exported, with the labels that there are", () => {
    const rows = Array.from(
      page("README.md").matchAll(/^\| `([a-z_]+)` *\| (\w+) *\| ([a-z_, ]*?) *\| /gm),
      ([, name = "", type = "", words = ""]) => ({ name, type, labels: words.split(", ").filter((one) => one !== "") })
    )
    const types = Array.from(metrics.matchAll(/^# TYPE ((?:docdata|http)_\S+ \S+)$/gm), ([, type]) => type)
    expect(new Set(rows.map(({ name, type }) => `${name} ${type}`))).toEqual(new Set(types))
    for (const { labels: known, name } of rows) {
      const series = metrics.split("\n").filter((line) =>
        line.startsWith(`${name}{`) || line.startsWith(`${name}_count{`)
      )
      const used = new Set(
        series.flatMap((line) => Array.from(line.matchAll(/[{,](\w+)="/g), ([, label = ""]) => label))
      )
      expect([...used].filter((label) => !known.includes(label)), name).toEqual([])
    }
  })
})

describe("alerts", () => {
  const names = Array.from(page("alerts.yml").matchAll(/- alert: (\w+)/g), ([, name = ""]) => name)

  it("have a paragraph in the runbook each, and a test", () => {
    expect(names.length).toBeGreaterThanOrEqual(14)
    expect(Array.from(page("runbook.md").matchAll(/^## (\w+)\n\n\S/gm), ([, name]) => name)).toEqual(
      expect.arrayContaining(names)
    )
    const tested = page("alerts_test.yml") + page("alerts_days_test.yml")
    expect(names.filter((name) => !new RegExp(`alertname: ${name}\\n`).test(tested))).toEqual([])
    for (const name of names) expect(page("alerts.yml")).toContain(`runbook: runbook.md#${name.toLowerCase()}`)
  })

  it.each([["check", "rules", "alerts.yml"], ["test", "rules", "alerts_test.yml"], [
    "test",
    "rules",
    "alerts_days_test.yml"
  ]])("promtool %s %s %s", (...args) => {
    const cwd = fileURLToPath(new URL("../../../docs/operations", import.meta.url))
    const { error, status, stderr, stdout } = spawnSync("promtool", args, { cwd, encoding: "utf8" })
    if (error !== undefined && process.env["CI"] !== "true") {
      console.warn("promtool is missing: Debian's package prometheus brings it")
      return
    }
    expect({ status, said: status === 0 ? "" : `${stdout}${stderr}` }).toEqual({ status: 0, said: "" })
  })
})
