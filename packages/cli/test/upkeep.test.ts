/**
 * Commands that look after the database: migrate, retention run, import-django, backup.
 */
import { OrderStore, type StoredOrder } from "@docdata/application"
import { countPurgeable, Database, migrate } from "@docdata/sql"
import { openPostgres } from "@docdata/sql/postgres"
import { openSqlite } from "@docdata/sql/sqlite"
import { startPostgres } from "@docdata/testkit/postgres"
import { Ajv2020 } from "ajv/dist/2020.js"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { afterAll, describe, expect, it } from "vitest"
import { keepRetention, layerStores, onDatabase } from "@docdata/service"
import type { Shell } from "../src/Shell.ts"
import { inProcess } from "./support/inProcess.ts"

const nowMs = Date.UTC(2026, 0, 30)

const freshSettings = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "docdata-upkeep-"))
  const path = join(folder, "settings.json")
  writeFileSync(
    path,
    JSON.stringify({
      sqliteFile: join(folder, "orders.sqlite"),
      merchants: { web: { login: "shop_login", password: "very-hush" } }
    }),
    { mode: 0o600 }
  )
  return path
}

const databaseOf = (settings: string): string => join(dirname(settings), "orders.sqlite")

const run = (settings: string, args: ReadonlyArray<string>, input = "", over: Partial<Shell> = {}) =>
  inProcess([...args, "--settings", settings], input, { nowMs: () => nowMs, ...over })

const schemaOf = async (name: string) => {
  const { stdout } = await inProcess(["schema", name], "")
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(JSON.parse(stdout))
  return (line: string): unknown => validate(JSON.parse(line)) ? [] : validate.errors
}

/** A database of an earlier version. */
const atVersion = (settings: string, version: number): Promise<number> =>
  Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(
        openSqlite({ file: databaseOf(settings) }),
        (database) => Effect.provideService(migrate(version), Database, database)
      )
    )
  )

describe("docdata backup", () => {
  it("copies the database beside a service that writes, and the copy is a database", async () => {
    const settings = freshSettings()
    await run(settings, ["migrate"])
    const copy = join(dirname(settings), "copy.sqlite")
    const writing = new DatabaseSync(databaseOf(settings))
    writing.exec("BEGIN IMMEDIATE")
    const { exit, stderr, stdout } = await run(settings, ["backup", copy, "--json"])
    writing.exec("COMMIT")
    writing.close()
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect((await schemaOf("backup"))(stdout)).toEqual([])
    expect(JSON.parse(stdout)).toEqual({
      file: copy,
      bytes: statSync(copy).size,
      version: expect.any(Number),
      orders: 0
    })
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, "utf8")), sqliteFile: copy }))
    expect((await run(settings, ["migrate", "--check"])).exit).toBe(0)
  })

  it("overwrites nothing, and makes no file where there is no database", async () => {
    const settings = freshSettings()
    const copy = join(dirname(settings), "copy.sqlite")
    expect(await run(settings, ["backup", copy])).toEqual({
      exit: 2,
      stdout: "",
      stderr: `docdata backup: there is no database at ${databaseOf(settings)}\n`
    })
    expect([existsSync(copy), existsSync(databaseOf(settings))]).toEqual([false, false])
    await run(settings, ["migrate"])
    writeFileSync(copy, "precious")
    expect(await run(settings, ["backup", copy])).toEqual({
      exit: 2,
      stdout: "",
      stderr: `docdata backup: ${copy} is there already: name a new file\n`
    })
    expect(readFileSync(copy, "utf8")).toBe("precious")
  })

  it("keeps no copy of a damaged database", async () => {
    const settings = freshSettings()
    await run(settings, ["migrate"])
    const file = databaseOf(settings)
    const bytes = readFileSync(file)
    bytes.fill(0xff, 2 * 4_096, 9 * 4_096)
    writeFileSync(file, bytes)
    const copy = join(dirname(settings), "copy.sqlite")
    const { exit, stderr } = await run(settings, ["backup", copy])
    expect({ exit, stderr, kept: existsSync(copy) }).toEqual({
      exit: 1,
      stderr: expect.stringContaining("docdata backup: "),
      kept: false
    })
  })
})

describe("docdata migrate", () => {
  it("brings a database to the newest version and tells from where to where; a check changes nothing", async () => {
    const settings = freshSettings()
    const check = await run(settings, ["migrate", "--check", "--json"])
    const { newest } = JSON.parse(check.stdout)
    expect(check).toEqual({ exit: 1, stdout: `{"from":0,"to":0,"newest":${newest}}\n`, stderr: "" })
    expect(existsSync(databaseOf(settings))).toBe(false)

    await atVersion(settings, 1)
    expect(await run(settings, ["migrate", "--check"])).toEqual({
      exit: 1,
      stdout: `database at version 1, behind ${newest}: run docdata migrate\n`,
      stderr: ""
    })
    expect(await run(settings, ["migrate"])).toEqual({
      exit: 0,
      stdout: `database from version 1 to ${newest}\n`,
      stderr: ""
    })
    const again = await run(settings, ["migrate", "--json"])
    expect(again).toEqual({ exit: 0, stdout: `{"from":${newest},"to":${newest},"newest":${newest}}\n`, stderr: "" })
    expect((await schemaOf("migrate"))(again.stdout)).toEqual([])
    expect((await run(settings, ["migrate", "--check"])).stdout).toBe(`database at version ${newest}, the newest\n`)
  })

  it("refuses a database that a newer release has changed", async () => {
    const settings = freshSettings()
    await run(settings, ["migrate"])
    const file = new DatabaseSync(databaseOf(settings))
    file.exec("INSERT INTO docdata_migrations (id, name) VALUES (999, 'later')")
    file.close()
    const check = await run(settings, ["migrate", "--check"])
    expect(check.exit).toBe(1)
    expect(check.stdout).toContain("newer than the")
    expect(await run(settings, ["migrate"])).toMatchObject({
      exit: 1,
      stdout: "",
      stderr: expect.stringMatching(/schema-is-newer/)
    })
  })

  it("says what is wrong with the settings, and with the database", async () => {
    const { exit, stderr } = await run("/nowhere/settings.json", ["migrate"])
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: "docdata migrate: /nowhere/settings.json: there is no such file\n"
    })
    const environment = { DOCDATA_SQLITE_FILE: "/nowhere/orders.sqlite" }
    expect(await inProcess(["migrate"], "", { environment })).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/SQLITE_14/)
    })
  })
})

const observations = (settings: string, answeredAtMs: ReadonlyArray<number>): void => {
  const file = new DatabaseSync(databaseOf(settings))
  file.exec("PRAGMA foreign_keys = OFF")
  const columns = file.prepare("PRAGMA table_info(docdata_observations)").all()
    .map((row) => ({ name: String(row["name"]), type: row["type"], notnull: row["notnull"] }))
  const wanted = columns.filter(({ name, notnull }) => notnull === 1 || name.endsWith("_text"))
  answeredAtMs.forEach((atMs, index) => {
    const values = wanted.map(({ name, type }) =>
      name === "answered_at_ms" ? atMs : name === "revision" ? index + 1 : type === "INTEGER" ? 0 : "<text/>"
    )
    const marks = values.map(() => "?").join(", ")
    file.prepare(
      `INSERT INTO docdata_observations (${wanted.map(({ name }) => name).join(", ")}) VALUES (${marks})`
    ).run(...values)
  })
  file.close()
}

const attempts = (settings: string, atMs: ReadonlyArray<number>): void => {
  const file = new DatabaseSync(databaseOf(settings))
  const add = file.prepare("INSERT INTO docdata_delivery_attempts VALUES ('whe_1', 'ord_1', 1, 0, ?, 40, 503, NULL)")
  for (const one of atMs) add.run(one)
  file.close()
}

describe("docdata retention run", () => {
  const dayMs = 86_400_000

  it("empties what is older than asked; a dry run counts and changes nothing", async () => {
    const settings = freshSettings()
    await run(settings, ["migrate"])
    observations(settings, [nowMs - 91 * dayMs, nowMs - 89 * dayMs, nowMs])
    attempts(settings, [nowMs - 91 * dayMs, nowMs - 89 * dayMs])
    const dry = await run(settings, ["retention", "run", "--older-than", "90", "--dry-run", "--json"])
    expect(JSON.parse(dry.stdout)).toEqual({ before: "2025-11-01T00:00:00.000Z", texts: 1, attempts: 1, dryRun: true })
    expect((await schemaOf("retention-run"))(dry.stdout)).toEqual([])
    expect(await run(settings, ["retention", "run", "--older-than", "90"])).toEqual({
      exit: 0,
      stdout: "1 texts from before 2025-11-01T00:00:00.000Z were emptied, 1 attempts were removed\n",
      stderr: ""
    })
    const environment = { DOCDATA_RETENTION_DAYS: "30" }
    const bySetting = await run(settings, ["retention", "run", "--dry-run"], "", { environment })
    expect(bySetting.stdout).toBe(
      "1 texts from before 2025-12-31T00:00:00.000Z would be emptied, 1 attempts would be removed\n"
    )
  })

  it("is what a service does by itself when the setting says so", async () => {
    const settings = freshSettings()
    await run(settings, ["migrate"])
    observations(settings, [nowMs - 40 * dayMs])
    attempts(settings, [nowMs - 40 * dayMs])
    const plan = { kind: "sqlite", options: { file: databaseOf(settings) } } as const
    const left = await Effect.runPromise(
      onDatabase(
        plan,
        Effect.gen(function*() {
          const kept = yield* Effect.forkChild(keepRetention(30))
          const left: Effect.Effect<number, unknown, Database> = Effect.flatMap(
            countPurgeable(Number.MAX_SAFE_INTEGER),
            ({ attempts, texts }) => attempts + texts === 0 ? Effect.succeed(0) : Effect.andThen(Effect.sleep(10), left)
          )
          const count = yield* left
          yield* Fiber.interrupt(kept)
          return count
        })
      )
    )
    expect(left).toBe(0)
  })

  it.each([
    [[], /say --older-than DAYS, or set DOCDATA_RETENTION_DAYS/],
    [["--older-than", "0"], /--older-than is days from 1 to 3650/],
    [["--older-than", "1.5"], /--older-than is days from 1 to 3650/],
    [["--older-than", "soon"], /--older-than is days from 1 to 3650/]
  ])("wants to know how old: %j", async (words, reported) => {
    const settings = freshSettings()
    await run(settings, ["migrate"])
    const { exit, stderr } = await run(settings, ["retention", "run", ...words])
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringMatching(reported) })
  })
})

const orderTable = (words: { readonly key: string; readonly time: string }): ReadonlyArray<string> => {
  const totals = [
    "registered",
    "shopper_pending",
    "acquirer_pending",
    "acquirer_approved",
    "captured",
    "refunded",
    "charged_back"
  ]
  return [
    `CREATE TABLE docdata_docdataorder (id ${words.key}, merchant_name varchar(100), merchant_order_id varchar(100),
      order_key varchar(200) UNIQUE, status varchar(50), language varchar(5), total_gross_amount decimal(15, 2),
      currency varchar(10), country varchar(2), ${totals.map((name) => `total_${name} decimal(15, 2)`).join(", ")},
      created ${words.time})`,
    `CREATE TABLE docdata_docdatapayment (payment_id varchar(100) PRIMARY KEY, docdata_order_id integer, status varchar(30),
      payment_method varchar(60), confidence_level varchar(30), amount_allocated decimal(12, 2),
      amount_debited decimal(12, 2), amount_refunded decimal(12, 2), amount_chargeback decimal(12, 2))`,
    ...[["shop_login", "W1", "KEY1", "paid"], ["other_login", "W2", "KEY2", "paid"], [
      "shop_login",
      "W3",
      "KEY3",
      "lost"
    ]]
      .map(([merchant, reference, key, status], index) =>
        `INSERT INTO docdata_docdataorder VALUES (${
          index + 1
        }, '${merchant}', '${reference}', '${key}', '${status}', 'nl',
          19.99, 'EUR', 'NL', 19.99, 0, 0, 0, 19.99, 0, 0, '2016-05-04 10:00:00')`
      ),
    "INSERT INTO docdata_docdatapayment VALUES ('42', 1, 'AUTHORIZED', 'IDEAL', 'ACQUIRER_APPROVED', 19.99, 19.99, 0, 0)"
  ]
}

const djangoFile = (): string => {
  const path = join(mkdtempSync(join(tmpdir(), "docdata-django-")), "shop.sqlite3")
  const file = new DatabaseSync(path)
  for (const sql of orderTable({ key: "integer PRIMARY KEY", time: "datetime" })) file.exec(sql)
  file.close()
  return path
}

const orderOf = (settings: string, key: string): Promise<StoredOrder> =>
  Effect.runPromise(
    Effect.provide(
      Effect.map(
        OrderStore.use((store) => store.read({ by: "key", merchant: "web", key })),
        ({ order }) => order
      ),
      layerStores({ kind: "sqlite", options: { file: databaseOf(settings) } })
    )
  )

const report = (words: string): string => {
  const width = Math.max(words.length, "there already".length)
  return [
    `${words.padEnd(width)}  1 orders, 1 payments`,
    `${"there already".padEnd(width)}  0 orders`,
    `${"not imported".padEnd(width)}  2`,
    "  order KEY2  no account has its merchant name as login: add one, then run again",
    "  order KEY3  its status is none of the ten",
    ""
  ].join("\n")
}

describe("commands on a database that is not there", () => {
  it.each([
    ["orders", "list"],
    ["anomalies", "list"],
    ["webhooks", "list"],
    ["notifications", "list"],
    ["report"],
    ["retention", "run", "--older-than", "30"]
  ])("%s %s %s end with 2, say where it would be, and make none", async (...args) => {
    const settings = freshSettings()
    expect(await run(settings, args)).toMatchObject({
      exit: 2,
      stdout: "",
      stderr: expect.stringContaining(`there is no database at ${databaseOf(settings)}: docdata serve makes it`)
    })
    expect(existsSync(databaseOf(settings))).toBe(false)
  })

  it("a relative path in the settings file is relative to that file, and one of the environment to the folder", async () => {
    const settings = freshSettings()
    const written = JSON.parse(readFileSync(settings, "utf8"))
    writeFileSync(settings, JSON.stringify({ ...written, sqliteFile: "orders.sqlite" }))
    expect(await run(settings, ["migrate"])).toMatchObject({ exit: 0 })
    expect(existsSync(databaseOf(settings))).toBe(true)
    expect(await run(settings, ["orders", "list"])).toMatchObject({ exit: 0 })
    const environment = { DOCDATA_SQLITE_FILE: "nowhere.sqlite" }
    expect(await run(settings, ["orders", "list"], "", { environment })).toMatchObject({
      stderr: expect.stringContaining(`there is no database at ${join(process.cwd(), "nowhere.sqlite")}`)
    })
  })
})

describe("docdata import-django", () => {
  it("takes orders over for the account of their merchant name, and says what stays behind", async () => {
    const settings = freshSettings()
    const source = djangoFile()
    const dry = await run(settings, ["import-django", source, "--dry-run"])
    expect(dry).toEqual({ exit: 0, stdout: report("would be imported"), stderr: "" })
    expect(existsSync(databaseOf(settings))).toBe(false)

    expect(await run(settings, ["import-django", source])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining(`there is no database at ${databaseOf(settings)}`)
    })
    await run(settings, ["migrate"])
    const done = await run(settings, ["import-django", source, "--json"])
    expect((await schemaOf("import-django"))(done.stdout)).toEqual([])
    expect(JSON.parse(done.stdout)).toEqual({
      imported: 1,
      alreadyThere: 0,
      older: 0,
      payments: 1,
      notImported: [
        { what: "order", order: "KEY2", reason: "unknown-merchant" },
        { what: "order", order: "KEY3", reason: "unknown-status" }
      ],
      dryRun: false
    })
    expect(await orderOf(settings, "KEY1")).toMatchObject({ merchant: "web", shopReference: "W1", grossMinor: 1_999 })
    const progress: Array<string> = []
    const again = await run(settings, ["import-django", source, "--json"], "", {
      progress: (text) => {
        progress.push(text)
      }
    })
    expect(JSON.parse(again.stdout)).toMatchObject({ imported: 0, alreadyThere: 1 })
    expect(progress).toEqual(["3 orders", ""])
  })

  it("wants to know which account is meant where several have the merchant name of an order as login", async () => {
    const settings = freshSettings()
    const account = { login: "shop_login", password: "very-hush" }
    const unused = { login: "unused_login", password: "very-hush" }
    const merchants = { web: account, kiosk: account, one: unused, two: unused }
    writeFileSync(settings, JSON.stringify({ sqliteFile: databaseOf(settings), merchants }))
    const source = djangoFile()
    await run(settings, ["migrate"])
    expect(await run(settings, ["import-django", source])).toMatchObject({
      exit: 2,
      stdout: "",
      stderr: expect.stringContaining("web, kiosk have the login shop_login: say with --merchant which of them")
    })
    expect(await run(settings, ["import-django", source, "--merchant", "one"])).toMatchObject({ exit: 2, stdout: "" })
    expect(await run(settings, ["import-django", source, "--merchant", "wbe"])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("no account is called wbe")
    })
    const done = await run(settings, ["import-django", source, "--merchant", "web", "--json"])
    expect(JSON.parse(done.stdout)).toMatchObject({ imported: 1 })
    expect(await orderOf(settings, "KEY1")).toMatchObject({ merchant: "web" })
  })

  it("says what is wrong with the source, and writes nothing", async () => {
    const settings = freshSettings()
    await run(settings, ["migrate"])
    expect(await run(settings, ["import-django", "/nowhere/shop.sqlite3"])).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/nowhere\/shop.sqlite3 cannot be opened \(SQLITE_14\)/)
    })
    expect(await run(settings, ["import-django", databaseOf(settings)])).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/has no tables of django-oscar-docdata/)
    })
    await atVersion(freshSettings(), 1)
    const behind = freshSettings()
    await atVersion(behind, 1)
    expect(await run(behind, ["import-django", djangoFile(), "--dry-run"])).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/the database is at version 1, behind \d+: run docdata migrate first/)
    })
  })
})

// Undefined where npm brings no PostgreSQL; the stores' own tests say so.
const postgres = await startPostgres({ fsync: false })
afterAll(() => postgres?.stop())

if (postgres !== undefined) {
  it("all of them work on PostgreSQL, and its password need not be on the command line", async () => {
    const { url } = postgres
    await Effect.runPromise(
      Effect.scoped(
        Effect.flatMap(
          openPostgres({ url: Redacted.make(url), maxConnections: 1 }),
          ({ together }) =>
            together("test", function*() {
              for (const sql of orderTable({ key: "integer PRIMARY KEY", time: "timestamptz" })) {
                yield { sql, params: [] }
              }
              return Effect.void
            })
        )
      )
    )
    const settings = freshSettings()
    const environment = { DATABASE_URL: url }
    expect((await run(settings, ["migrate", "--check"], "", { environment })).exit).toBe(1)
    expect((await run(settings, ["migrate"], "", { environment })).exit).toBe(0)
    const source = new URL(url)
    const { password } = source
    source.password = ""
    const asked = await run(settings, ["import-django", source.href, "--dry-run"], `${password || "any"}\n`, {
      environment
    })
    expect(asked).toMatchObject({ exit: 0, stderr: "" })
    source.password = password || "any"
    const reported = await run(settings, ["import-django", source.href], "", { environment })
    expect(reported.stdout).toBe(report("imported"))
    expect(reported.stderr).toBe(
      "docdata import-django: others on this machine can read the password; leave it out to be asked for it\n"
    )
    const kept = await run(settings, ["retention", "run", "--older-than", "1"], "", { environment })
    expect(kept).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^0 texts/) })
    expect(existsSync(databaseOf(settings))).toBe(false)
  })
}
