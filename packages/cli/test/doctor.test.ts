/**
 * `docdata doctor` beside a simulator: what is right, and each thing that can be wrong.
 */
import { makeWebhookSecret } from "@docdata/http"
import { type Simulator, startSimulator } from "@docdata/simulator"
import { startPostgres } from "@docdata/testkit/postgres"
import { Ajv2020 } from "ajv/dist/2020.js"
import * as Redacted from "effect/Redacted"
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Check } from "../src/doctor/Check.ts"
import type { Shell } from "../src/Shell.ts"
import { inProcess } from "./support/inProcess.ts"
import { description } from "./support/ordersShop.ts"

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ clock: "wall", merchants: [{ name: "shop_login", password: "very-hush" }] })
})
afterAll(() => simulator.close())

const soundSecret = Redacted.value(makeWebhookSecret())

type Content = Readonly<Record<string, unknown>>

const pageUrls = Object.fromEntries(
  ["successUrl", "pendingUrl", "cancelledUrl", "failedUrl", "paidTooLateUrl"].map((
    name
  ) => [name, "https://shop.example"])
)

const settingsWith = (over: Content = {}, account: Content = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), "docdata-doctor-"))
  const path = join(folder, "settings.json")
  const content = {
    publicOrigin: "https://pay.shop.example",
    ...pageUrls,
    sqliteFile: join(folder, "orders.sqlite"),
    merchants: { shop: { login: "shop_login", password: "very-hush", ...account } },
    apiKeys: { till: { hash: "a".repeat(64), scope: "operate" } },
    testEndpoint: simulator.url,
    ...over
  }
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 })
  return path
}

const run = (settings: string, args: ReadonlyArray<string>, input = "", over: Partial<Shell> = {}) =>
  inProcess([...args, "--settings", settings], input, { nowMs: Date.now, ...over })

const doctor = async (settings: string, over: Partial<Shell> = {}) => {
  const { exit, stderr, stdout } = await run(settings, ["doctor", "--json"], "", over)
  expect(stdout).not.toContain("hush")
  expect(stderr).toBe("")
  const checks = stdout.trimEnd().split("\n").map((line): Check => JSON.parse(line))
  for (const { level, next } of checks) expect(next === undefined).toBe(level === "ok")
  return { exit, checks, named: (name: string) => checks.find((check) => check.name === name) }
}

describe("docdata doctor", () => {
  it("finds everything in order, changes nothing, and ends with 0", async () => {
    const settings = settingsWith()
    await run(settings, ["migrate"])
    const create = ["orders", "create", "-", "--shop-reference", "web-1", "--idempotency-key", "one"]
    expect(await run(settings, create, JSON.stringify(description(4_990)))).toMatchObject({ exit: 0 })
    const before = readFileSync(settings, "utf8")
    const { checks, exit } = await doctor(settings)
    // How fast the disk of the test is, is nobody's mistake.
    const levelOf = ({ level, name }: Check) => name === "durable writes" ? level.replace("warn", "ok") : level
    expect(checks.map((check) => `${levelOf(check)} ${check.name}`)).toEqual([
      "ok settings",
      "ok database",
      "ok durable writes",
      "ok profile of shop",
      "ok public address",
      "ok update URL of shop",
      "ok pages of the shop",
      "ok clock of the test system",
      "ok credentials of shop"
    ])
    expect(exit).toBe(0)
    expect(readFileSync(settings, "utf8")).toBe(before)
    const { stdout } = await inProcess(["schema", "doctor"], "")
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(stdout))
    for (const check of checks) expect(validate(check) ? [] : validate.errors).toEqual([])
  })

  it("prints a table with a next step below whatever is not in order", async () => {
    const { exit, stderr, stdout } = await run(settingsWith({}, { password: "wrong-hush" }), ["doctor"])
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: "" })
    const lines = stdout.split("\n")
    const at = lines.findIndex((line) => line.startsWith("fail  credentials of shop"))
    expect(lines[at]).toMatch(/^fail {2}credentials of shop +refused as shop_login on the test system$/)
    expect(lines[at + 1]).toMatch(/^ +next: check DOCDATA_SHOP_LOGIN,/)
    expect(lines.filter((line) => line.length > 80 && line.includes(" next: "))).toEqual([])
    expect(stdout).not.toContain("hush")
  })

  it.each<readonly [what: string, over: Content, account: Content, level: string, name: string, found: RegExp]>([
    [
      "a password that is wrong",
      {},
      { password: "wrong-hush" },
      "fail",
      "credentials of shop",
      /refused as shop_login/
    ],
    [
      "a password that is too long",
      {},
      { password: "hush".repeat(9) },
      "fail",
      "credentials of shop",
      /merchant.password: /
    ],
    [
      "a Docdata that is away",
      { testEndpoint: "http://127.0.0.1:9/x" },
      {},
      "fail",
      "credentials of shop",
      /no answer of the test system: connect-refused/
    ],
    [
      "no clock to compare with",
      { testEndpoint: "http://127.0.0.1:9/x" },
      {},
      "warn",
      "clock of the test system",
      /no answer/
    ],
    [
      "an address of Docdata without TLS",
      { testEndpoint: "http://10.0.0.1/x" },
      {},
      "fail",
      "settings",
      /testEndpoint is not an https address, or http on this machine/
    ],
    [
      "a service on this machine",
      { publicOrigin: "http://localhost:8080" },
      {},
      "warn",
      "public address",
      /cannot be reached from outside/
    ],
    [
      "a private address",
      { publicOrigin: "https://10.1.2.3" },
      {},
      "warn",
      "public address",
      /cannot be reached from outside/
    ],
    ["no TLS", { publicOrigin: "http://pay.shop.example" }, {}, "warn", "public address", /is not encrypted/],
    [
      "a port that Docdata does not notify",
      { publicOrigin: "https://pay.shop.example:8443" },
      {},
      "warn",
      "public address",
      /not 8443/
    ],
    [
      "an origin with a path",
      { publicOrigin: "https://pay.shop.example/x" },
      {},
      "fail",
      "settings",
      /publicOrigin is not scheme, host and port/
    ],
    ["a page without TLS", { failedUrl: "http://shop.example" }, {}, "warn", "pages of the shop", /not https: failed/],
    ["no database yet", {}, {}, "warn", "database", /is not there yet/],
    [
      "no folder for the database",
      { sqliteFile: "/nowhere/orders.sqlite" },
      {},
      "fail",
      "database",
      /\/nowhere is not there/
    ],
    [
      "a database server that is away",
      { databaseUrl: "postgres://nobody:hush@127.0.0.1:9/x" },
      {},
      "fail",
      "database",
      /cannot be used/
    ],
    ["no API key", { apiKeys: {} }, {}, "warn", "API keys", /nobody can call the REST API/],
    [
      "an address that is none",
      { publicOrigin: "https://pay.shop.example:port" },
      {},
      "fail",
      "settings",
      /publicOrigin is not scheme, host and port/
    ],
    ["a page that is none", { failedUrl: "https://shop.example:port/" }, {}, "fail", "settings", /failedUrl is not/],
    [
      "a short return secret",
      { returnSecrets: "hush" },
      {},
      "fail",
      "settings",
      /returnSecrets is not one secret of at/
    ],
    [
      "a webhook without TLS",
      { webhookUrl: "http://shop.example/hooks", webhookSecrets: soundSecret },
      {},
      "fail",
      "settings",
      /webhookUrl: it is not https/
    ],
    [
      "a webhook secret that is none",
      { webhookUrl: "https://shop.example/hooks", webhookSecrets: "whsec_hush" },
      {},
      "fail",
      "settings",
      /webhookSecrets is not one whsec_/
    ],
    ["a level that is none", { logLevel: "loud" }, {}, "fail", "settings", /logLevel is not debug/],
    ["settings with mistakes", { port: -1 }, {}, "fail", "settings", /port is not a port from 0 to 65535/]
  ])("finds %s", async (_what, over, account, level, name, found) => {
    const { exit, named } = await doctor(settingsWith(over, account))
    expect(named(name)).toMatchObject({ level, found: expect.stringMatching(found) })
    if (level === "fail") expect(exit).toBe(1)
  })

  it("a live account makes an address that nobody can reach a failure", async () => {
    const local = settingsWith({ publicOrigin: "http://localhost:8080", liveEndpoint: simulator.url }, {
      environment: "live"
    })
    const { exit, named } = await doctor(local)
    expect([exit, named("public address")?.level]).toEqual([1, "fail"])
    expect(named("credentials of shop")).toMatchObject({ level: "ok", found: "taken by the live system as shop_login" })
  })

  it.each([[10_000, "warn", "10 s ahead"], [-120_000, "fail", "120 s behind"]])(
    "a clock that is off by %i ms",
    async (offMs, level, words) => {
      const { named } = await doctor(settingsWith(), { nowMs: () => Date.now() + offMs })
      const check = named("clock of the test system")
      expect(check?.level).toBe(level)
      const [count = 0] = (/\d+/.exec(check?.found ?? "") ?? []).map(Number)
      expect(Math.abs(count - Math.abs(offMs) / 1_000)).toBeLessThanOrEqual(5)
      expect(check?.found).toContain(words.split(" ").at(-1)!)
    }
  )

  it("a settings file that everybody may read, and mistakes of the whole file", async () => {
    const settings = settingsWith()
    chmodSync(settings, 0o644)
    expect((await doctor(settings)).named("settings file")).toMatchObject({ level: "warn", next: "chmod 600 it" })
    writeFileSync(settings, "{")
    const { checks, exit } = await doctor(settings)
    expect({ exit, count: checks.length, level: checks[0]?.level }).toEqual({ exit: 1, count: 1, level: "fail" })
  })

  it("warns of a database file that everybody may read, and not of one that migrate made", async () => {
    const settings = settingsWith()
    await run(settings, ["migrate"])
    expect((await doctor(settings)).named("database file")).toBeUndefined()
    const file = join(dirname(settings), "orders.sqlite")
    chmodSync(file, 0o644)
    expect((await doctor(settings)).named("database file")).toMatchObject({
      level: "warn",
      next: expect.stringMatching(/^chmod 600 it/)
    })
  })

  it("a database that is behind, newer, or read-only", async () => {
    const settings = settingsWith()
    const file = join(dirname(settings), "orders.sqlite")
    await run(settings, ["migrate"])
    const change = (sql: string): void => {
      const database = new DatabaseSync(file)
      database.exec(sql)
      database.close()
    }
    change("CREATE TRIGGER refuse BEFORE UPDATE ON docdata_migrations BEGIN SELECT RAISE(ABORT, 'full'); END")
    expect((await doctor(settings)).named("durable writes")).toMatchObject({ level: "fail" })
    change("DROP TRIGGER refuse; DELETE FROM docdata_migrations WHERE id > 1")
    expect((await doctor(settings)).named("database")).toMatchObject({
      level: "warn",
      found: expect.stringMatching(/behind/)
    })
    change("INSERT INTO docdata_migrations (id, name) VALUES (999, 'later')")
    expect((await doctor(settings)).named("database")).toMatchObject({
      level: "fail",
      found: expect.stringMatching(/newer/)
    })
    const empty = settingsWith()
    writeFileSync(join(dirname(empty), "orders.sqlite"), "", { mode: 0o600 })
    expect((await doctor(empty)).named("database")).toMatchObject({ level: "warn", found: "there are no tables yet" })
  })
})

// Undefined where npm brings no PostgreSQL; the stores' own tests say so.
const postgres = await startPostgres({ fsync: false })
afterAll(() => postgres?.stop())

if (postgres !== undefined) {
  it("a PostgreSQL, before and after it has tables", async () => {
    const settings = settingsWith({ databaseUrl: postgres.url })
    expect((await doctor(settings)).named("database")).toMatchObject({
      level: "warn",
      found: "there are no tables yet"
    })
    await run(settings, ["migrate"])
    const { named } = await doctor(settings)
    expect(named("database")?.level).toBe("ok")
    expect(named("durable writes")?.found).toMatch(/^\d+\.\d ms for a commit$/)
    expect(existsSync(join(dirname(settings), "orders.sqlite"))).toBe(false)
  })
}
