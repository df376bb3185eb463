/**
 * The settings file and the database that commit fbc913a wrote, under the present command. See
 * `packages/sql/test/written/writtenDatabase.ts`.
 */
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { afterAll, beforeAll, expect, it } from "vitest"
import { inProcess } from "./support/inProcess.ts"

const written = new URL("../../sql/test/written/", import.meta.url)
/** Of the key `desk`, of which the file keeps the hash. */
const key = "dk_Q3pswwTZEuklVUtkC8B9LlHLLq-J_u1_di4Jq4U_4Zw"
const paidOrder = "ord_FWAEHFQ9R0JNBB58Q9KS"

let folder: string
let settings: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "docdata-written-"))
  settings = join(folder, "settings.json")
  copyFileSync(new URL("settings.json", written), settings)
  chmodSync(settings, 0o600)
  const database = new DatabaseSync(join(folder, "docdata.sqlite"))
  const [schema, rows] = ["schema.sqlite.sql", "rows.sql"].map((name) => readFileSync(new URL(name, written), "utf8"))
  // Nothing may leave this machine: what waits for a webhook is the stores' own test's.
  database.exec(`BEGIN; ${schema} ${rows} DELETE FROM docdata_deliveries; COMMIT`)
  database.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// The file names the database as seen from where the service starts.
const environment = () => ({ DOCDATA_SQLITE_FILE: join(folder, "docdata.sqlite"), DOCDATA_PORT: "0" })

const docdata = (args: ReadonlyArray<string>, input = "") =>
  inProcess([...args, "--settings", settings], input, { environment: environment(), nowMs: Date.now })

it("a settings file of commit fbc913a still names its accounts and keys, and takes a new password", async () => {
  const merchants = await docdata(["merchants", "list"])
  expect(merchants).toMatchObject({
    exit: 0,
    stderr: `docdata: ${settings}: merchants.shop.checksPerMinute is called refreshesPerMinute now\n`
  })
  expect(merchants.stdout).toMatch(/^shop +lantern_shop +test +standard +14 +active$/m)
  expect(merchants.stdout).toMatch(/^outlet +lantern_outlet +test +outlet +7 +inactive$/m)
  const keys = await docdata(["keys", "list"])
  expect(keys.stdout).toMatch(/^desk +admin +all +2026-11-30T12:00:00.000Z$/m)
  expect(keys.stdout).toMatch(/^books +read +shop +2026-11-30T12:00:00.000Z$/m)
  expect(await docdata(["merchants", "rotate", "shop"], "another-made-up-password\n")).toMatchObject({ exit: 0 })
})

it("a database of commit fbc913a is listed and explained with its settings file", async () => {
  const listed = await docdata(["orders", "list", "--limit", "50"])
  expect(listed).toMatchObject({ exit: 0 })
  for (const reference of ["paid-1", "refunds-1", "old-1", "abandoned-1", "reserved-1", "outlet-1"]) {
    expect(listed.stdout).toContain(reference)
  }
  const explained = await docdata(["orders", "explain", paidOrder])
  expect(explained).toMatchObject({ exit: 0 })
  expect(explained.stdout).toContain("paid")
})

it("the service starts with the settings file and the database of commit fbc913a, and knows its keys", async () => {
  const started = Promise.withResolvers<string>()
  const interrupted = Promise.withResolvers<never>()
  let stdout = ""
  const ended = inProcess(["serve", "--settings", settings], "", {
    environment: environment(),
    nowMs: Date.now,
    interrupted: () => interrupted.promise,
    write: async (text) => {
      stdout += text
      const origin = /^service +(\S+)$/m.exec(stdout)?.[1]
      if (origin !== undefined) started.resolve(origin)
    }
  })
  const origin = await Promise.race([started.promise, ended.then(({ stderr }) => Promise.reject(new Error(stderr)))])
  const ask = async (bearer: string): Promise<number> =>
    (await fetch(`${origin}/v1/orders/${paidOrder}`, { headers: { authorization: `Bearer ${bearer}` } })).status
  expect([await ask(key), await ask("dk_of_nobody")]).toEqual([200, 401])
  interrupted.resolve(undefined as never)
  expect((await ended).exit).toBe(0)
})
