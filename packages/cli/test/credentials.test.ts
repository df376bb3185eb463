/**
 * Accounts and API keys in the settings file: edited by commands, taken over by a running service.
 */
import { startSimulator } from "@docdata/simulator"
import { Ajv2020 } from "ajv/dist/2020.js"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import * as Exit from "effect/Exit"
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { ShopClient } from "../src/demo/ShopClient.ts"
import { serve } from "@docdata/service"
import { openSources, readServicePlan, readSettings, SettingsWatch } from "@docdata/service/settings"
import type { Shell } from "../src/Shell.ts"
import { inProcess } from "./support/inProcess.ts"

const ends: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const freshPath = (): string => join(mkdtempSync(join(tmpdir(), "docdata-settings-")), "settings.json")

const run = (path: string, args: ReadonlyArray<string>, input = "", over: Partial<Shell> = {}) =>
  inProcess([...args, "--settings", path], input, { nowMs: () => Date.UTC(2026, 0, 30), ...over })

const documentIn = (path: string) => JSON.parse(readFileSync(path, "utf8"))

const schemaOf = async (name: string) => {
  const { stdout } = await inProcess(["schema", name], "")
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(JSON.parse(stdout))
  return (line: string): unknown => validate(JSON.parse(line)) ? [] : validate.errors
}

describe("docdata merchants", () => {
  it("adds accounts at the end, gives them new passwords and lists them without", async () => {
    const path = freshPath()
    const added = await run(path, ["merchants", "add", "shop", "--login", "shop_login"], "very-hush\r\nmore\n")
    expect(added).toEqual({
      exit: 0,
      stdout: "",
      stderr: `docdata merchants add: account shop is in ${path}; a running service takes it over by itself\n`
    })
    const words = [
      "merchants",
      "add",
      "outlet",
      "--login",
      "outlet_login",
      "--environment",
      "live",
      "--profile",
      "cards"
    ]
    expect((await run(path, words, "hush-2")).exit).toBe(0)
    expect(documentIn(path)).toEqual({
      merchants: {
        shop: { login: "shop_login", password: "very-hush" },
        outlet: { login: "outlet_login", password: "hush-2", environment: "live", profile: "cards" }
      }
    })
    expect((await run(path, ["merchants", "rotate", "shop"], "hush-3\n")).exit).toBe(0)
    expect(documentIn(path).merchants.shop).toEqual({ login: "shop_login", password: "hush-3" })
    expect((await run(path, ["merchants", "list"])).stdout).toBe([
      "name    login         environment  profile   days to pay  state",
      "shop    shop_login    test         standard  7            active",
      "outlet  outlet_login  live         cards     7            active",
      ""
    ].join("\n"))
    const { stderr, stdout } = await run(path, ["merchants", "list", "--json"])
    const lines = stdout.trimEnd().split("\n")
    const errors = await schemaOf("merchants-list")
    expect(lines.map(errors)).toEqual([[], []])
    expect(`${stdout}${stderr}`).not.toContain("hush")
  })

  it("asks on a terminal, and changes nothing if no password is given", async () => {
    const path = freshPath()
    const asked: Array<string> = []
    const typing = (answer: string | undefined): Partial<Shell> => ({
      askSecret: async (question) => {
        asked.push(question)
        return answer
      }
    })
    const words = ["merchants", "add", "shop", "--login", "shop_login"]
    expect(await run(path, words, "", typing(undefined))).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/no password of shop_login/)
    })
    expect(readdirSync(dirname(path))).toEqual([])
    expect((await run(path, words, "", typing("very-hush"))).exit).toBe(0)
    expect(documentIn(path).merchants.shop.password).toBe("very-hush")
    expect(asked).toEqual(["password of shop_login: ", "password of shop_login: "])
  })

  it.each<readonly [what: string, words: ReadonlyArray<string>, input: string, reported: RegExp]>([
    ["a name that is none", ["add", "Shop", "--login", "l"], "hush", /NAME is small letters.*not Shop/],
    ["no login", ["add", "other"], "hush", /--login is needed/],
    ["a name that is taken", ["add", "shop", "--login", "l"], "hush", /there is an account shop already/],
    ["a name of the environment", ["add", "kiosk", "--login", "l"], "hush", /the environment has an account kiosk/],
    ["an empty password", ["add", "other", "--login", "l"], "\nhush", /the first line is empty/],
    ["no password", ["add", "other", "--login", "l"], "", /no password of l on standard input: it is empty/],
    ["a password on the command line", ["add", "other", "hush"], "", /unexpected operand hush/],
    ["an unknown account", ["rotate", "shpo"], "hush", /the file has no account shpo; is shop meant\?/],
    [
      "a password of the environment",
      ["rotate", "kiosk"],
      "hush",
      /the environment has DOCDATA_KIOSK_PASSWORD, and wins/
    ]
  ])("refuses %s and leaves the file as it is", async (_what, [command = "", ...words], input, reported) => {
    const path = freshPath()
    writeFileSync(path, JSON.stringify({ merchants: { shop: { login: "shop_login", password: "hush" } } }))
    const before = readFileSync(path, "utf8")
    const environment = { DOCDATA_MERCHANTS: "kiosk", DOCDATA_KIOSK_LOGIN: "k", DOCDATA_KIOSK_PASSWORD: "hush" }
    const { exit, stderr, stdout } = await run(path, ["merchants", command, ...words], input, { environment })
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" })
    expect(stderr).toMatch(reported)
    expect(readFileSync(path, "utf8")).toBe(before)
    expect(readdirSync(dirname(path))).toEqual(["settings.json"])
  })

  it("wants to know which file", async () => {
    const { exit, stderr } = await inProcess(["merchants", "rotate", "shop"], "hush")
    expect(exit).toBe(2)
    expect(stderr).toBe(
      "docdata merchants rotate: name the settings file with --settings FILE or in DOCDATA_SETTINGS_FILE\n"
    )
  })
})

describe("docdata keys", () => {
  it("creates a key that is shown once, keeps its hash, lists and revokes it", async () => {
    const path = freshPath()
    await run(path, ["merchants", "add", "shop", "--login", "shop_login"], "hush")
    const created = await run(path, ["keys", "create", "till"])
    expect(created.stdout).toMatch(/^dk_[\w-]{43}\n$/)
    expect(readFileSync(path, "utf8")).not.toContain(created.stdout.trim())
    const narrow = await run(path, ["keys", "create", "desk", "--scope", "read", "--merchants", "shop", "--json"])
    expect((await schemaOf("keys-create"))(narrow.stdout)).toEqual([])
    expect(JSON.parse(narrow.stdout)).toMatchObject({ name: "desk", scope: "read", merchants: ["shop"] })

    expect((await run(path, ["keys", "list"])).stdout).toBe([
      "name  scope    accounts  created",
      "till  operate  all       2026-01-30T00:00:00.000Z",
      "desk  read     shop      2026-01-30T00:00:00.000Z",
      ""
    ].join("\n"))
    const listed = (await run(path, ["keys", "list", "--json"])).stdout.trimEnd().split("\n")
    expect(listed.map(await schemaOf("keys-list"))).toEqual([[], []])

    expect((await run(path, ["keys", "revoke", "till"])).exit).toBe(0)
    expect(Object.keys(documentIn(path).apiKeys)).toEqual(["desk"])
  })

  it.each<readonly [what: string, words: ReadonlyArray<string>, reported: RegExp]>([
    ["a name that is none", ["create", "a b"], /NAME is letters, digits, - and _/],
    ["a name that is taken", ["create", "till"], /there is a key till already/],
    ["a name of the environment", ["create", "gate"], /the environment has a key gate, and wins/],
    ["an unknown account", ["create", "desk", "--merchants", "shop"], /no account is called shop/],
    ["an unknown scope", ["create", "desk", "--scope", "all"], /--scope is read, operate, admin/],
    ["to revoke an unknown key", ["revoke", "tilt"], /the file has no key tilt; is till meant\?/],
    ["to revoke a name that every object has", ["revoke", "constructor"], /the file has no key constructor/],
    ["to revoke a key of the environment", ["revoke", "gate"], /take it out of DOCDATA_API_KEYS/]
  ])("refuses %s and leaves the file as it is", async (_what, words, reported) => {
    const path = freshPath()
    writeFileSync(path, JSON.stringify({ apiKeys: { till: { hash: "a".repeat(64), scope: "read" } } }))
    const before = readFileSync(path, "utf8")
    const environment = { DOCDATA_API_KEYS: `gate:${"b".repeat(64)}` }
    const { exit, stderr, stdout } = await run(path, ["keys", ...words], "", { environment })
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" })
    expect(stderr).toMatch(reported)
    expect(readFileSync(path, "utf8")).toBe(before)
  })
})

describe("the edited file", () => {
  const modeOf = (path: string): number => statSync(path).mode & 0o777

  it("is made for its owner alone, and loses the rights of everybody when it is edited", async () => {
    const path = freshPath()
    await run(path, ["keys", "create", "one"])
    expect(modeOf(path)).toBe(0o600)
    const after = async (mode: number): Promise<number> => {
      chmodSync(path, mode)
      await run(path, ["keys", "create", `of-${mode}`])
      return modeOf(path)
    }
    expect([await after(0o640), await after(0o644), await after(0o777)]).toEqual([0o640, 0o640, 0o660])
  })

  it("stays where a link leads", async () => {
    const path = freshPath()
    const link = join(dirname(path), "link.json")
    writeFileSync(path, "{}")
    symlinkSync(path, link)
    await run(link, ["keys", "create", "one"])
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(Object.keys(documentIn(path).apiKeys)).toEqual(["one"])
  })

  it("is left alone while somebody else edits it, and when something in it is wrong", async () => {
    const path = freshPath()
    writeFileSync(path, "{\"prot\": 1}")
    expect((await run(path, ["keys", "create", "one"])).stderr).toContain(
      "prot: there is no such setting; is port meant?"
    )
    writeFileSync(`${path}.new`, "")
    expect((await run(path, ["keys", "create", "one"])).stderr).toContain("somebody else is editing")
    expect(readFileSync(path, "utf8")).toBe("{\"prot\": 1}")
  })

  it("that cannot be written is told", async () => {
    const { exit, stderr } = await run("/nowhere/settings.json", ["keys", "create", "one"])
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: "docdata keys create: /nowhere/settings.json cannot be written (ENOENT)\n"
    })
  })
})

const served = (path: string): void => {
  const page = "https://shop.example/page"
  const content = {
    publicOrigin: "https://pay.shop.example",
    port: 0,
    sqliteFile: join(dirname(path), "orders.sqlite"),
    successUrl: page,
    pendingUrl: page,
    cancelledUrl: page,
    failedUrl: page,
    paidTooLateUrl: page,
    merchants: { shop: { login: "shop_login", password: "old-hush" } },
    apiKeys: { first: { hash: "a".repeat(64), scope: "read" } }
  }
  writeFileSync(path, JSON.stringify(content))
}

describe("docdata merchants remove", () => {
  it("takes an account out of the file, and leaves the others", async () => {
    const path = freshPath()
    await run(path, ["merchants", "add", "shop", "--login", "shop_login"], "hush")
    await run(path, ["merchants", "add", "outlet", "--login", "outlet_login"], "hush")
    const removed = await run(path, ["merchants", "remove", "shop"])
    expect(removed).toMatchObject({ exit: 0, stderr: expect.stringContaining(`account shop is out of ${path}`) })
    expect(Object.keys(documentIn(path).merchants)).toEqual(["outlet"])
    expect(await run(path, ["merchants", "remove", "shop"])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("the file has no account shop")
    })
  })

  it("refuses as long as a key speaks for the account", async () => {
    const path = freshPath()
    await run(path, ["merchants", "add", "shop", "--login", "shop_login"], "hush")
    await run(path, ["keys", "create", "till", "--merchants", "shop"])
    const before = documentIn(path)
    expect(await run(path, ["merchants", "remove", "shop"])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("keys speak for account shop: till; docdata keys revoke removes them")
    })
    expect(documentIn(path)).toEqual(before)
  })

  it("refuses an account that the environment names", async () => {
    const path = freshPath()
    await run(path, ["merchants", "add", "shop", "--login", "shop_login"], "hush")
    const environment = { DOCDATA_MERCHANTS: "shop" }
    expect(await run(path, ["merchants", "remove", "shop"], "", { environment })).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("the environment names account shop")
    })
  })
})

describe("a followed settings file", () => {
  const followed = async (path: string) => {
    const sources = Result.getOrThrow(openSources({}, path))
    const plan = await Effect.runPromise(readSettings(sources, readServicePlan))
    return { plan, watch: new SettingsWatch(sources, sources.origin!) }
  }

  it("brings what changed, once", async () => {
    const path = freshPath()
    served(path)
    const { watch } = await followed(path)
    expect(await Effect.runPromise(watch.changed)).toBeUndefined()
    await run(path, ["merchants", "rotate", "shop"], "new-hush")
    writeFileSync(path, JSON.stringify({ ...documentIn(path), logLevel: "warn" }))
    const change = await Effect.runPromise(watch.changed)
    expect(Redacted.value(change!.accounts[0]!.credentials.password)).toBe("new-hush")
    expect(change!.waiting).toEqual(["logLevel"])
    expect(await Effect.runPromise(watch.changed)).toBeUndefined()
  })

  it.each<readonly [what: string, spoil: (path: string) => void]>([
    [
      "wrong in a setting that needs a restart",
      (path) => writeFileSync(path, JSON.stringify({ ...documentIn(path), port: -1 }))
    ],
    ["without accounts", (path) => writeFileSync(path, JSON.stringify({ ...documentIn(path), merchants: {} }))]
  ])("that is %s is told once, and what comes after it counts again", async (_what, spoil) => {
    const path = freshPath()
    served(path)
    const { watch } = await followed(path)
    spoil(path)
    const failure = await Effect.runPromise(Effect.flip(watch.changed))
    expect(failure.found).toHaveLength(1)
    expect(await Effect.runPromise(watch.changed)).toBeUndefined()
    served(path)
    expect((await Effect.runPromise(watch.changed))?.keys).toHaveLength(1)
  })

  it("without API keys is right: the last one can be revoked", async () => {
    const path = freshPath()
    served(path)
    const { watch } = await followed(path)
    expect(await run(path, ["keys", "revoke", "first"])).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(/takes it over by itself/)
    })
    expect((await Effect.runPromise(watch.changed))?.keys).toEqual([])
    expect((await followed(path)).plan.keys).toEqual([])
  })

  it("that speak for several accounts once one is added are named by merchants add, and what they mean then", async () => {
    const path = freshPath()
    await run(path, ["merchants", "add", "shop", "--login", "shop_login"], "hush")
    await run(path, ["keys", "create", "till"])
    await run(path, ["keys", "create", "desk", "--merchant", "shop"])
    const { exit, stderr } = await run(path, ["merchants", "add", "outlet", "--login", "outlet_login"], "hush")
    expect({ exit, line: stderr.split("\n")[1] }).toEqual({
      exit: 0,
      line: "docdata merchants add: keys that speak for several accounts: till; " +
        "what they ask without naming a merchant goes to the first account, shop"
    })
  })

  it.each<readonly [command: string, words: ReadonlyArray<string>, shown: RegExp]>([
    ["merchants add", ["merchants", "add", "outlet", "--login", "outlet_login"], /^$/],
    ["merchants rotate", ["merchants", "rotate", "shop"], /^$/],
    ["keys create", ["keys", "create", "till"], /^dk_/]
  ])("that a service would refuse is told by %s", async (_command, words, shown) => {
    const path = freshPath()
    served(path)
    writeFileSync(path, JSON.stringify({ ...documentIn(path), port: -1 }))
    const { exit, stderr, stdout } = await run(path, words, "hush")
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: expect.stringMatching(shown) })
    expect(stderr).toMatch(/written, but a running service will not take it over: .*port is not a port/)
  })

  it("changes passwords and keys of a running service", async () => {
    const path = freshPath()
    served(path)
    const { watch, plan } = await followed(path)
    const simulator = await startSimulator({ clock: "wall", merchants: [{ name: "shop_login", password: "old-hush" }] })
    ends.push(() => simulator.close())
    const scope = Scope.makeUnsafe()
    ends.push(() => Effect.runPromise(Scope.close(scope, Exit.void)))
    const { origin } = await Effect.runPromise(
      Effect.provideService(serve({ ...plan, watch, endpoints: { test: simulator.url } }), Scope.Scope, scope)
    )
    const key = (await run(path, ["keys", "create", "till"])).stdout.trim()
    const shop = new ShopClient(origin, key)
    const refresh = (id: string): Promise<number> =>
      fetch(`${origin}/v1/orders/${id}/refresh`, { method: "POST", headers: { authorization: `Bearer ${key}` } })
        .then(({ status }) => status)
    const until = (holds: () => Promise<unknown>, value: unknown): Promise<void> =>
      expect.poll(holds, { timeout: 60_000, interval: 50 }).toBe(value)

    await until(() => refresh("ord_NOBODY"), 404)
    const { id } = await shop.create("web-1", 4_990)
    const refreshed = (): Promise<number> => refresh(id)
    expect(await refreshed()).toBe(200)

    simulator.setMerchant({ name: "shop_login", password: "new-hush" })
    expect(await refreshed()).not.toBe(200)
    await run(path, ["merchants", "rotate", "shop"], "new-hush")
    await until(refreshed, 200)

    // Something else in the file is wrong: the rest waits, a revocation does not.
    writeFileSync(path, JSON.stringify({ ...documentIn(path), port: -1 }))
    const revoked = await run(path, ["keys", "revoke", "till"])
    expect(revoked).toMatchObject({ exit: 1, stdout: "" })
    expect(revoked.stderr).toMatch(/written, but a running service will not take it over: .*port is not a port/)
    await until(refreshed, 401)
  })
})
