/**
 * Settings from the environment and from a file: which wins, what is told, and that the reference page has them all.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { chmodSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import {
  accountRows,
  type Environment,
  isOpenToAll,
  openSources,
  readDocdata,
  readServicePlan,
  readSettings,
  serviceRows,
  type SettingRow,
  settingsHelp,
  settingsPath
} from "../src/settings/index.ts"
import { fileWith } from "./support/settings.ts"

const hash = "a".repeat(64)

const needed: Environment = {
  DOCDATA_PUBLIC_ORIGIN: "https://pay.shop.example",
  DOCDATA_SUCCESS_URL: "https://shop.example/success",
  DOCDATA_PENDING_URL: "https://shop.example/pending",
  DOCDATA_CANCELLED_URL: "https://shop.example/cancelled",
  DOCDATA_FAILED_URL: "https://shop.example/failed",
  DOCDATA_PAID_TOO_LATE_URL: "https://shop.example/late",
  DOCDATA_API_KEYS: `shop:${hash}`,
  DOCDATA_MERCHANTS: "shop",
  DOCDATA_SHOP_LOGIN: "shop_login",
  DOCDATA_SHOP_PASSWORD: "very-hush-hush"
}

const accounts = { shop: { login: "shop_login", password: "very-hush-hush" } }

const without = (...keys: ReadonlyArray<string>): Environment =>
  Object.fromEntries(Object.entries(needed).filter(([key]) => !keys.includes(key)))

const fileOf = (content: unknown): string =>
  fileWith(typeof content === "string" ? content : JSON.stringify(content), "settings.json")

const planOf = (environment: Environment, content?: unknown) => {
  const sources = openSources(environment, content === undefined ? undefined : fileOf(content))
  return Effect.runPromise(
    Effect.flatMap(Effect.fromResult(sources), (opened) => readSettings(opened, readServicePlan))
  )
}

/** The lines that are told, with the folder of the file taken away. */
const violationsOf = async (environment: Environment, content?: unknown): Promise<ReadonlyArray<string>> => {
  const sources = openSources(environment, content === undefined ? undefined : fileOf(content))
  const failure = await Effect.runPromise(
    Effect.flip(Effect.flatMap(Effect.fromResult(sources), (opened) => readSettings(opened, readServicePlan)))
  )
  const lines = failure.found.map((line) => line.replace(/^\S*settings\.json/, "settings.json"))
  expect(lines.join("\n")).not.toContain("hush")
  return lines
}

describe("settings", () => {
  it("of the environment alone are enough, and what they leave out has its default", async () => {
    const plan = await planOf(needed)
    expect(plan).toMatchObject({
      accounts: [{
        name: "shop",
        active: true,
        credentials: { environment: "test", merchantName: "shop_login" },
        daysToPay: 7,
        policy: { rules: "strict", paidWhen: { default: "captured", rules: [] }, expireAfterDays: 21 }
      }],
      keys: [{ id: "shop", hash, merchants: "all", scope: "operate" }],
      stores: { kind: "sqlite", options: { file: "docdata.sqlite", durability: "full" } },
      listen: { host: "127.0.0.1", port: 8080, trustedProxies: [] },
      endpoints: {},
      limits: { totalMs: 30_000, inFlightMax: 16, inFlightPerMerchantMax: 8 }
    })
    expect(JSON.stringify(plan)).not.toContain("hush")
  })

  it("of the file count where the environment is silent, with numbers, truth values and lists", async () => {
    const { accounts, keys, listen, stores } = await planOf(without("DOCDATA_API_KEYS"), {
      port: 9_000,
      host: "0.0.0.0",
      trustedProxies: ["10.0.0.0/8", "2001:db8::1"],
      merchants: {
        outlet: { login: "outlet_login", password: "hush", active: false, paidWhen: ["approved", "SEPA=captured"] }
      },
      apiKeys: { till: { hash, scope: "read", merchants: ["outlet"], created: "2026-01-30T12:00:00Z" } },
      databaseUrl: "postgres://user:hush@db.example/docdata"
    })
    expect(accounts.map(({ active, name }) => [name, active])).toEqual([["shop", true], ["outlet", false]])
    expect(accounts[1]?.policy.paidWhen).toEqual({
      default: "approved",
      rules: [{ paymentMethod: "SEPA", when: "captured" }]
    })
    expect(keys).toMatchObject([{ id: "till", hash, scope: "read", merchants: ["outlet"] }])
    expect(listen).toEqual({ host: "0.0.0.0", port: 9_000, trustedProxies: ["10.0.0.0/8", "2001:db8::1"] })
    expect(stores.kind).toBe("postgres")
  })

  it("of a file that begins with a byte order mark count as those of any other", async () => {
    expect((await planOf(needed, `\uFEFF${JSON.stringify({ port: 9_000 })}`)).listen.port).toBe(9_000)
  })

  it("of the environment win over those of the file; an empty variable is none", async () => {
    const environment = { ...needed, DOCDATA_PORT: "9001", DOCDATA_HOST: "" }
    const { accounts: [account], keys, listen } = await planOf(environment, {
      port: 9_000,
      host: "0.0.0.0",
      merchants: { shop: { login: "other_login", password: "other", profile: "cards" } },
      apiKeys: { shop: { hash: "b".repeat(64), scope: "read" } }
    })
    expect(listen).toEqual({ host: "0.0.0.0", port: 9_001, trustedProxies: [] })
    expect(account).toMatchObject({ credentials: { merchantName: "shop_login" }, profile: "cards" })
    expect(Redacted.value(account!.credentials.password)).toBe("very-hush-hush")
    expect(keys).toEqual([{ id: "shop", hash, scope: "operate", merchants: "all" }])
  })

  it("say what covers an order per method and currency, how much may be missing, and whom a platform acts for", async () => {
    const { accounts: [account] } = await planOf({
      ...needed,
      DOCDATA_SHOP_PAID_WHEN: "considered-safe, IDEAL=approved, BANK_TRANSFER/USD = promised, */GBP=captured",
      DOCDATA_SHOP_SHIP_WHEN: "captured, direct=approved",
      DOCDATA_SHOP_MARGINS: "EUR=0.50, JPY=100",
      DOCDATA_SHOP_SUBJECT_NAME: "artist",
      DOCDATA_SHOP_SUBJECT_TOKEN: "hush"
    })
    expect(account?.policy.paidWhen).toEqual({
      default: "considered-safe",
      rules: [
        { paymentMethod: "IDEAL", when: "approved" },
        { paymentMethod: "BANK_TRANSFER", currency: "USD", when: "promised" },
        { currency: "GBP", when: "captured" }
      ]
    })
    const { accounts: [other] } = await planOf(needed)
    expect(account?.policy.shipWhen).toEqual(other?.policy.shipWhen)
    expect(account?.policy.marginMinor).toEqual({ EUR: 50, JPY: 100 })
    expect(account?.credentials.subjectMerchant?.name).toBe("artist")
    const { accounts: [strict] } = await planOf({ ...needed, DOCDATA_SHOP_MARGINS: "none" })
    expect(strict?.policy.marginMinor).toEqual({})
  })

  it("lead to another Docdata", async () => {
    const sources = Result.getOrThrow(
      openSources({ DOCDATA_TEST_ENDPOINT: "http://127.0.0.1:8089/x", DOCDATA_CALLS_AT_ONCE: "5" }, undefined)
    )
    expect(await Effect.runPromise(readSettings(sources, readDocdata))).toEqual({
      endpoints: { test: "http://127.0.0.1:8089/x" },
      menus: {
        test: "https://testsecure.docdatapayments.com/ps/menu",
        live: "https://secure.docdatapayments.com/ps/menu"
      },
      limits: { totalMs: 30_000, inFlightMax: 5, inFlightPerMerchantMax: 2 }
    })
  })
})

describe("mistakes in the settings", () => {
  it("are all told at once, with their places", async () => {
    expect(
      await violationsOf({
        ...without("DOCDATA_SUCCESS_URL", "DOCDATA_API_KEYS"),
        DOCDATA_PORT: "99999",
        DOCDATA_SHOP_PASWORD: "hush"
      }, {
        prot: 80,
        host: {},
        durability: "full",
        logLevel: "loud",
        merchants: { shop: { daysToPay: 0, passwrd: "hush" }, Outlet: {}, other: "hush" },
        apiKeys: {
          till: { hash: "hush", scope: "read" },
          desk: { hash, scope: "all" },
          "a b": {},
          gate: { hash, scope: "read", merchants: ["hill"] }
        }
      })
    ).toEqual([
      "settings.json: prot: there is no such setting; is port meant?",
      "settings.json: host: a text, a number, true, false or a list of texts is expected",
      "settings.json: durability: there is no such setting",
      "settings.json: merchants.shop.passwrd: there is no such setting; is password meant?",
      "settings.json: merchants.Outlet: the name of an account is small letters, digits and _",
      "settings.json: merchants.other: an object is expected",
      "settings.json: apiKeys.till.hash: it is not the hash of a key; docdata keys create makes one",
      "settings.json: apiKeys.desk.scope: it is none of read, operate, admin",
      "settings.json: apiKeys.a b: the name of a key is letters, digits, - and _",
      "DOCDATA_SHOP_PASWORD is no setting; is DOCDATA_SHOP_PASSWORD meant?",
      "settings.json: merchants.shop.daysToPay is not days from 1 to 365",
      "settings.json: apiKeys.gate.merchants: no account is called hill",
      "DOCDATA_SUCCESS_URL is missing: an http(s) address of the shop, in which only {shopReference}, {orderId}, {language} stand in braces",
      "DOCDATA_PORT is not a port from 0 to 65535"
    ])
  })

  it.each<readonly [what: string, over: Environment, reported: string]>([
    [
      "an unlisted account",
      { DOCDATA_OUTLET_PASSWORD: "hush" },
      "DOCDATA_OUTLET_PASSWORD is no setting; DOCDATA_MERCHANTS does not name outlet"
    ],
    ["an unknown word", { DOCDATA_DJANGO: "hush" }, "DOCDATA_DJANGO is no setting"],
    [
      "a cover that is none",
      { DOCDATA_SHOP_PAID_WHEN: "soon" },
      "DOCDATA_SHOP_PAID_WHEN is not captured, approved, promised, considered-safe, and then if wanted METHOD=..., METHOD/CURRENCY=... or */CURRENCY=..., separated by commas"
    ],
    [
      "a cover rule that is none",
      { DOCDATA_SHOP_PAID_WHEN: "captured, ideal=approved" },
      "DOCDATA_SHOP_PAID_WHEN is not captured, approved, promised, considered-safe, and then if wanted METHOD=..., METHOD/CURRENCY=... or */CURRENCY=..., separated by commas"
    ],
    [
      "a fraction of a cent",
      { DOCDATA_SHOP_MARGINS: "EUR=0.005" },
      "DOCDATA_SHOP_MARGINS is not CURRENCY=AMOUNT, separated by commas, or none"
    ],
    [
      "a margin below nothing",
      { DOCDATA_SHOP_MARGINS: "EUR=-1.00" },
      "DOCDATA_SHOP_MARGINS is not CURRENCY=AMOUNT, separated by commas, or none"
    ],
    [
      "a subject without its token",
      { DOCDATA_SHOP_SUBJECT_NAME: "artist" },
      "DOCDATA_SHOP_SUBJECT_TOKEN is missing: the token of the subject merchant"
    ],
    [
      "a database that is none",
      { DATABASE_URL: "mysql://user:hush@db.example/x" },
      "DATABASE_URL: this is no address; it has the form postgres://user:password@host:port/database"
    ],
    [
      "a list of accounts that is none",
      { DOCDATA_MERCHANTS: "shop,Outlet" },
      "DOCDATA_MERCHANTS is not a list of account names: small letters, digits and _"
    ],
    [
      "a password of blanks",
      { DOCDATA_SHOP_PASSWORD: " " },
      "DOCDATA_SHOP_PASSWORD is not the password of the merchant at Docdata"
    ],
    [
      "a placeholder that does not exist",
      { DOCDATA_FAILED_URL: "https://shop.example/failed?order={shop_reference}" },
      "DOCDATA_FAILED_URL is not an http(s) address of the shop, in which only {shopReference}, {orderId}, {language} stand in braces"
    ],
    [
      "an unknown scope",
      { DOCDATA_API_KEYS: `shop:${hash}:all` },
      "DOCDATA_API_KEYS is not a list of NAME:HASH or NAME:HASH:SCOPE, from docdata serve --new-key"
    ]
  ])("%s is told", async (_what, over, reported) => {
    expect(await violationsOf({ ...needed, ...over })).toEqual([reported])
  })

  it("no account at all is told, no key at all is right", async () => {
    expect(
      await violationsOf(
        without("DOCDATA_MERCHANTS", "DOCDATA_API_KEYS", "DOCDATA_SHOP_LOGIN", "DOCDATA_SHOP_PASSWORD")
      )
    )
      .toEqual([
        "DOCDATA_MERCHANTS is missing: a list of account names: small letters, digits and _; or add accounts with docdata merchants add"
      ])
  })

  it("an empty password in the file is told with its place", async () => {
    const content = { merchants: { shop: { login: "shop_login", password: "" } } }
    expect(await violationsOf(without("DOCDATA_MERCHANTS", "DOCDATA_SHOP_LOGIN", "DOCDATA_SHOP_PASSWORD"), content))
      .toEqual(["settings.json: merchants.shop.password is empty: the password of the merchant at Docdata"])
  })

  it.each([
    ["{\"port\": }", /^settings\.json:1:10: this is not JSON/],
    ["[]", /^settings\.json: an object is expected$/],
    ["", /^settings\.json:1:1: this is not JSON/]
  ])("the file %j is refused as a whole", async (content, reported) => {
    const lines = await violationsOf(needed, content)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(reported)
  })

  it("a file that is not there is told", () => {
    const opened = openSources(needed, "/nowhere/settings.json")
    expect(Result.isFailure(opened) && opened.failure.found).toEqual([
      "/nowhere/settings.json: there is no such file"
    ])
  })
})

describe("the settings file", () => {
  it("is what was typed, or what the environment names", () => {
    expect(settingsPath({ DOCDATA_SETTINGS_FILE: "a" }, "b")).toBe("b")
    expect(settingsPath({ DOCDATA_SETTINGS_FILE: "a" }, undefined)).toBe("a")
    expect(settingsPath({ DOCDATA_SETTINGS_FILE: "" }, undefined)).toBeUndefined()
  })

  it("and the environment cannot mean two settings by one name, however accounts are called", () => {
    const suffixes = accountRows.map(({ variable }) => variable.replace("DOCDATA_NAME_", ""))
    const others = [...serviceRows.map(({ variable }) => variable), ...suffixes.map((suffix) => `_${suffix}`)]
    for (const suffix of suffixes) {
      expect(others.filter((other) => other !== `_${suffix}` && other.endsWith(`_${suffix}`))).toEqual([])
    }
  })

  it("is known for one that everybody may read", () => {
    const path = fileOf({ merchants: accounts })
    const openTo = (mode: number): boolean => {
      chmodSync(path, mode)
      return isOpenToAll(path)
    }
    expect([0o600, 0o640, 0o644].map(openTo)).toEqual([false, false, true])
  })
})

describe("the shop's own statuses", () => {
  const ten = "new=open, in_progress=open, pending=open, paid=paid, paid_refunded=paid, cancelled=gone, " +
    "charged_back=gone, refunded=gone, expired=gone, unknown=-"

  it("are read with the moves that the shop allows", async () => {
    const plan = await planOf({
      ...needed,
      DOCDATA_SHOP_SHOP_STATUSES: ten,
      DOCDATA_SHOP_SHOP_MOVES: "open>paid, open>gone, paid>gone, gone>-"
    })
    expect(plan.accounts[0]?.shop).toEqual({
      statuses: {
        new: "open",
        in_progress: "open",
        pending: "open",
        paid: "paid",
        paid_refunded: "paid",
        cancelled: "gone",
        charged_back: "gone",
        refunded: "gone",
        expired: "gone",
        unknown: null
      },
      moves: { open: ["paid", "gone"], paid: ["gone"], gone: [] }
    })
  })

  it("stop the start with all that is wrong with them", async () => {
    expect(
      await violationsOf({
        ...needed,
        DOCDATA_SHOP_SHOP_STATUSES: ten.replace("paid=paid, ", "").replace("expired=gone", "late=gone"),
        DOCDATA_SHOP_SHOP_MOVES: "open>paid, paid>sent"
      })
    ).toEqual([
      "DOCDATA_SHOP_SHOP_STATUSES: paid is neither mapped nor ignored",
      "DOCDATA_SHOP_SHOP_STATUSES: expired is neither mapped nor ignored",
      "DOCDATA_SHOP_SHOP_STATUSES: late is no status of an order",
      "DOCDATA_SHOP_SHOP_STATUSES: no status is mapped to sent",
      "DOCDATA_SHOP_SHOP_STATUSES: it is not said where gone may go to"
    ])
    expect(await violationsOf({ ...needed, DOCDATA_SHOP_SHOP_MOVES: "open>paid" })).toEqual([
      "DOCDATA_SHOP_SHOP_MOVES has no meaning without DOCDATA_SHOP_SHOP_STATUSES"
    ])
  })
})

describe("docs/reference/settings.md", () => {
  const page = readFileSync(new URL("../../../docs/reference/settings.md", import.meta.url), "utf8")
  const cells = page.split("\n").filter((line) => line.startsWith("| `"))
    .map((line) => line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()))

  it.each([...serviceRows, ...accountRows])("has $variable as it is defined", (row: SettingRow) => {
    const { fallback, inFile, meaning, value, variable } = row
    expect(cells).toContainEqual([`\`${variable}\``, `\`${inFile}\``, meaning, value, fallback])
  })

  it("names no setting that there is not", () => {
    const known = new Set([...serviceRows, ...accountRows].map(({ variable }) => `\`${variable}\``))
    expect(cells.filter((row) => row.length === 5 && !known.has(row[0]!))).toEqual([])
  })

  it.each([
    "MERCHANT_NAME",
    "MERCHANT_PASSWORD",
    "MERCHANT_PASSWORDS",
    "TESTING",
    "PROFILE",
    "DAYS_TO_PAY",
    "REDIRECT_URL",
    "SUCCESS_URL",
    "PENDING_URL",
    "ERROR_URL",
    "CANCELLED_URL",
    "FACADE_CLASS",
    "HOUSE_NUMBER_FIELD",
    "ORDER_STATUS_MAPPING",
    "PAYMENT_SUCCESS_MARGIN",
    "IDEAL_ISSUERS"
  ])("says what becomes of DOCDATA_%s of the older implementation", (name) => {
    expect(page).toContain(`| \`DOCDATA_${name}\` of theirs `)
  })

  it("says what becomes of OSCAR_ORDER_STATUS_CASCADE", () => {
    expect(page).toContain("| `OSCAR_ORDER_STATUS_CASCADE` of theirs ")
  })

  it("the help names them all", () => {
    const help = settingsHelp()
    for (const { inFile, variable } of [...serviceRows, ...accountRows]) {
      expect(help).toContain(variable)
      expect(help).toContain(`in the file ${inFile}`)
    }
  })
})
