import { startPostgres } from "@docdata/testkit/postgres"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import { copyFileSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, afterEach, describe, expect, it, vi } from "vitest"
import { Browser } from "../src/demo/Browser.ts"
import { bundlePath, docdata } from "./support/run.ts"

const cleanups: Array<() => unknown> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

type Environment = Readonly<Record<string, string>>

/** A service in a process of its own, as soon as it has printed `last`. */
const serve = async (args: ReadonlyArray<string>, env: Environment = {}, last = /Ctrl-C ends it/) => {
  const child = spawn(process.execPath, [bundlePath(), "serve", ...args], {
    env: { PATH: process.env["PATH"], ...env }
  })
  cleanups.push(() => child.kill("SIGKILL"))
  const ended = once(child, "exit") as Promise<[number | null]>
  let stdout = ""
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  child.stdout.setEncoding("utf8")
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    stdout += text
    if (last.test(stdout)) break
  }
  return {
    pid: child.pid ?? 0,
    valueOf: (name: string): string => new RegExp(`^${name} +(\\S+)$`, "m").exec(stdout)?.[1] ?? "",
    stdout: () => stdout,
    stderr: () => stderr,
    ended: async (signal?: NodeJS.Signals): Promise<number | null> => {
      if (signal !== undefined) child.kill(signal)
      return (await ended)[0]
    }
  }
}

const newKey = (): { readonly key: string; readonly entry: string; readonly secret: string } => {
  const { exit, stdout } = docdata(["serve", "--new-key"])
  expect(exit).toBe(0)
  const [key = "", entry = "", secret = ""] = stdout.trimEnd().split("\n").map((line) => line.split(/ {2,}/)[1] ?? "")
  return { key, entry, secret }
}

const pages = Object.fromEntries(
  ["SUCCESS", "PENDING", "CANCELLED", "FAILED", "PAID_TOO_LATE"].map((name) => [
    `DOCDATA_${name}_URL`,
    `https://shop.example/${name}`
  ])
)

const goodEnvironment = (entry: string, file: string): Environment => ({
  ...pages,
  DOCDATA_PUBLIC_ORIGIN: "https://pay.shop.example",
  DOCDATA_PORT: "0",
  DOCDATA_SQLITE_FILE: file,
  DOCDATA_API_KEYS: entry,
  DOCDATA_MERCHANTS: "shop",
  DOCDATA_SHOP_LOGIN: "shop_login",
  DOCDATA_SHOP_PASSWORD: "very-hush-hush"
})

const temporaryFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "docdata-serve-"))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, "orders.sqlite")
}

describe("docdata serve", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "serves as the environment says, and ends with 0 on %s",
    async (signal) => {
      const { entry, key } = newKey()
      const service = await serve([], goodEnvironment(entry, temporaryFile()))
      const origin = service.valueOf("service")
      expect(await (await fetch(`${origin}/readyz`)).text()).toBe("ready\n")
      expect(service.valueOf("update URL of shop")).toBe(
        "https://pay.shop.example/docdata/notifications?merchant=shop&order_id="
      )
      const statuses = await Promise.all(
        [key, entry].map(async (credential) =>
          (await fetch(`${origin}/v1/orders/ord_NOBODY`, { headers: { authorization: `Bearer ${credential}` } })).status
        )
      )
      expect(statuses).toEqual([404, 401])
      expect(await service.ended(signal)).toBe(0)
      expect(`${service.stdout()}${service.stderr()}`).not.toMatch(/hush|dk_/)
    }
  )

  it("is not ready within five seconds of the loss of its database file, and ends with 1 when another file comes", async () => {
    const file = temporaryFile()
    const service = await serve([], goodEnvironment(newKey().entry, file))
    const answer = async (): Promise<string> => (await fetch(`${service.valueOf("service")}/readyz`)).text()
    expect(await answer()).toBe("ready\n")
    renameSync(file, `${file}.moved`)
    const notReady = "the store took no write (file-replaced)\n"
    await vi.waitFor(async () => expect(await answer()).toBe(notReady), { timeout: 5_000, interval: 100 })
    renameSync(`${file}.moved`, file)
    await vi.waitFor(async () => expect(await answer()).toBe("ready\n"), { timeout: 5_000, interval: 100 })
    copyFileSync(file, `${file}.restored`)
    renameSync(`${file}.restored`, file)
    const replacedAt = performance.now()
    expect(await service.ended()).toBe(1)
    expect(performance.now() - replacedAt).toBeLessThan(5_000)
    expect(service.stderr()).toMatch(/it was deleted or replaced while the service runs/)
  })

  it("opens no inspector on SIGUSR1 and goes on", async () => {
    const service = await serve([], goodEnvironment(newKey().entry, temporaryFile()))
    process.kill(service.pid, "SIGUSR1")
    for (let count = 0; count < 20; count++) {
      expect((await fetch(`${service.valueOf("service")}/healthz`)).status).toBe(200)
    }
    expect(await service.ended("SIGTERM")).toBe(0)
    expect(service.stderr()).not.toMatch(/debugger/i)
  })

  it("refuses a settings file without end", async () => {
    const service = await serve(["--settings", "/dev/zero"], {})
    expect(await service.ended()).toBe(2)
    expect(service.stderr()).toMatch(/\/dev\/zero: it is larger than the 1048576 bytes allowed/)
  })

  it("tells all mistakes at once, without values, and starts nothing", async () => {
    const env = { DOCDATA_MERCHANTS: "shop,Outlet", DOCDATA_PORT: "99999", DOCDATA_SHOP_PASSWORD: "very-hush-hush" }
    const service = await serve([], env)
    expect([await service.ended(), service.stdout()]).toEqual([2, ""])
    const reported = service.stderr().trimEnd().split("\n").map((line) => line.split(" ")[2] ?? "")
    expect(reported.toSorted((a, b) => a.localeCompare(b))).toEqual([
      "DOCDATA_CANCELLED_URL",
      "DOCDATA_FAILED_URL",
      "DOCDATA_MERCHANTS",
      "DOCDATA_PAID_TOO_LATE_URL",
      "DOCDATA_PENDING_URL",
      "DOCDATA_PORT",
      "DOCDATA_PUBLIC_ORIGIN",
      "DOCDATA_SHOP_LOGIN",
      "DOCDATA_SUCCESS_URL"
    ])
    expect(service.stderr()).not.toMatch(/hush|99999/)
  })

  it("takes what the environment leaves open from the file it is given", async () => {
    const { entry } = newKey()
    const file = temporaryFile()
    const { DOCDATA_PORT: _port, DOCDATA_SHOP_PASSWORD: _password, ...environment } = goodEnvironment(entry, file)
    const settings = join(dirname(file), "settings.json")
    const content = {
      port: 0,
      merchants: { shop: { password: "very-hush-hush" }, outlet: { login: "o", password: "hush" } }
    }
    writeFileSync(settings, JSON.stringify(content), { mode: 0o644 })
    const service = await serve(["--settings", settings], environment)
    expect(service.valueOf("update URL of outlet")).toMatch(/merchant=outlet/)
    expect(service.stderr()).toBe(`docdata: everybody may read ${settings}, which holds secrets: chmod 600 it\n`)
    expect(await service.ended("SIGTERM")).toBe(0)
  })

  it.each<readonly [what: string, over: Environment, stderr: RegExp]>([
    ["a webhook without secret", { DOCDATA_WEBHOOK_URL: "https://shop.example/hooks" }, /WEBHOOK_SECRETS is missing/],
    [
      "a webhook secret that is none",
      { DOCDATA_WEBHOOK_URL: "https://shop.example/hooks", DOCDATA_WEBHOOK_SECRETS: "hush" },
      /DOCDATA_WEBHOOK_SECRETS is not one whsec_/
    ],
    [
      "a webhook into the house",
      { DOCDATA_WEBHOOK_URL: "https://10.0.0.1/hooks", DOCDATA_WEBHOOK_SECRETS: `whsec_${"A".repeat(40)}` },
      /the address is not a public one/
    ],
    [
      "an origin with a path",
      { DOCDATA_PUBLIC_ORIGIN: "https://pay.shop.example/x" },
      /DOCDATA_PUBLIC_ORIGIN is not scheme, host and port/
    ],
    ["an empty password", { DOCDATA_SHOP_PASSWORD: "" }, /DOCDATA_SHOP_PASSWORD is/],
    [
      "an environment that is none",
      { DOCDATA_SHOP_ENVIRONMENT: "prod" },
      /DOCDATA_SHOP_ENVIRONMENT is not test or live/
    ],
    ["a fraction of a day", { DOCDATA_SHOP_DAYS_TO_PAY: "1.5" }, /DOCDATA_SHOP_DAYS_TO_PAY is not days/],
    ["a key instead of its hash", { DOCDATA_API_KEYS: "shop:dk_hush" }, /DOCDATA_API_KEYS is not/]
  ])("%s ends with 2 and says why", async (_what, over, stderr) => {
    const service = await serve([], { ...goodEnvironment(`shop:${"a".repeat(64)}`, temporaryFile()), ...over })
    expect(await service.ended()).toBe(2)
    expect(service.stderr()).toMatch(stderr)
    expect(service.stderr()).not.toContain("hush")
  })
})

describe("docdata serve on a store that cannot be used", () => {
  it.each<readonly [what: string, over: (file: string) => Environment, stderr: RegExp]>([
    [
      "a file that is no database",
      (file) => {
        writeFileSync(file, "no database, but long enough to be read as the head of one".repeat(4))
        return { DOCDATA_SQLITE_FILE: file }
      },
      /\(SQLITE_26\): .*orders.sqlite: it is no SQLite database: check the path, or restore it from a backup/
    ],
    [
      "a folder that is not there",
      () => ({ DOCDATA_SQLITE_FILE: "/proc/nowhere/orders.sqlite" }),
      /\(SQLITE_14\): \/proc\/nowhere\/orders.sqlite: it cannot be opened: check the path/
    ],
    [
      "a PostgreSQL that is not there",
      () => ({ DATABASE_URL: "postgres://shop:hush@127.0.0.1:9/orders" }),
      /\(ECONNREFUSED\): PostgreSQL at 127.0.0.1:9\/orders: the server cannot be reached: check host, port/
    ]
  ])("%s ends with 1, and says where, what and what to do", async (_what, over, stderr) => {
    const file = temporaryFile()
    const service = await serve([], { ...goodEnvironment(`shop:${"a".repeat(64)}`, file), ...over(file) })
    expect(await service.ended()).toBe(1)
    expect(service.stderr()).toMatch(stderr)
    expect(service.stderr()).not.toContain("hush")
  })
})

describe("docdata serve where it cannot listen", () => {
  const taken = async (): Promise<string> => {
    const other = createServer()
    other.listen(0, "127.0.0.1")
    await once(other, "listening")
    cleanups.push(() => other.close())
    return String((other.address() as AddressInfo).port)
  }

  it.each<readonly [what: string, over: () => Promise<Environment>, stderr: RegExp]>([
    ["a port that is taken", async () => ({ DOCDATA_PORT: await taken() }), /^docdata serve: .*EADDRINUSE/],
    // Of a range for documentation: no machine has it.
    ["an address of another machine", async () => ({ DOCDATA_HOST: "192.0.2.1" }), /^docdata serve: .*EADDRNOTAVAIL/]
  ])("%s ends with 2, and the store is not touched", async (_what, over, stderr) => {
    const file = temporaryFile()
    const service = await serve([], { ...goodEnvironment(`shop:${"a".repeat(64)}`, file), ...(await over()) })
    expect(await service.ended()).toBe(2)
    expect(service.stderr()).toMatch(stderr)
    expect(existsSync(file)).toBe(false)
  })
})

// Undefined where npm brings no PostgreSQL; the stores' own tests say so.
const postgres = await startPostgres({ fsync: false })
afterAll(() => postgres?.stop())

describe.runIf(postgres !== undefined)("docdata serve on PostgreSQL", () => {
  it("keeps orders where DATABASE_URL says, and ends with 2 for an address that is none", async () => {
    const { entry, key } = newKey()
    const file = temporaryFile()
    const environment = { ...goodEnvironment(entry, file), DATABASE_URL: postgres?.url ?? "" }
    const service = await serve([], environment)
    const headers = { authorization: `Bearer ${key}` }
    const listed = await fetch(`${service.valueOf("service")}/v1/orders`, { headers })
    expect([listed.status, existsSync(file)]).toEqual([200, false])
    expect(await service.ended("SIGTERM")).toBe(0)
    const refused = await serve([], { ...environment, DATABASE_URL: "mysql://root:hush@127.0.0.1/x" })
    expect(await refused.ended()).toBe(2)
    expect(refused.stderr()).toBe(
      "docdata serve: DATABASE_URL: this is no address; it has the form postgres://user:password@host:port/database\n"
    )
  })
})

describe("docdata serve --trial", () => {
  it("serves a shop to buy at, which shows what it receives, and leaves nothing behind", async () => {
    // A folder of its own for temporary files: others may be trying the same at the same time.
    const folder = dirname(temporaryFile())
    const folders = () => readdirSync(folder).filter((name) => name.startsWith("docdata-trial-"))
    const service = await serve(["--trial"], { TMPDIR: folder })
    const answer = await fetch(`${service.valueOf("service")}/healthz`)
    expect(answer.status).toBe(200)
    const shop = service.valueOf("shop")
    expect(await (await fetch(shop)).text()).toContain("Nothing yet.")
    const browser = await Browser.open(shop)
    await browser.submit({})
    await browser.submit({ method: "IDEAL", do: "pay" })
    await browser.submit({ answer: "approved" })
    expect(browser.address).toBe(`${shop}/thanks?order=trial-1`)
    await vi.waitUntil(async () => (await (await fetch(shop)).text()).includes("<td>new to paid</td>"), {
      timeout: 60_000,
      interval: 50
    })
    expect(await (await fetch(`${shop}/thanks?order=<b>`)).text()).toContain("Order &lt;b&gt;")
    expect((await fetch(shop)).headers.get("content-security-policy")).toContain("frame-ancestors 'none'")
    expect((await fetch(`${shop}/nothing`)).status).toBe(404)
    expect((await fetch(`${shop}/buy`)).status).toBe(404)
    const metrics = await fetch(service.valueOf("metrics"), {
      headers: { authorization: `Bearer ${service.valueOf("metrics key")}` }
    })
    expect(metrics.status).toBe(200)
    expect(await metrics.text()).toContain("docdata_refreshes_total")
    expect(folders()).toHaveLength(1)
    expect(await service.ended("SIGTERM")).toBe(0)
    expect(folders()).toEqual([])
    expect(service.stderr()).toBe("")
  })
})
