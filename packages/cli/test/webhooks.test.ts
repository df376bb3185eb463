/**
 * `docdata webhooks` against a running service, with a receiver on this machine.
 */
import { OrderStore } from "@docdata/application"
import { hashApiKey, makeApiKey, makeWebhookMasterKey } from "@docdata/http"
import { type Simulator, startSimulator } from "@docdata/simulator"
import { Ajv2020 } from "ajv/dist/2020.js"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { demoPlan, provider, updateUrlOf } from "../src/demo/demoPlan.ts"
import { type SampleShop, startSampleShop } from "../src/demo/sampleShop.ts"
import type { ReceivedEvent } from "../src/demo/shopPages.ts"
import { ShopClient } from "../src/demo/ShopClient.ts"
import { jsonSchemaOf, type SchemaName } from "../src/jsonSchemas.ts"
import { layerStores, serve } from "@docdata/service"
import { inProcess } from "./support/inProcess.ts"

const [admin, reader] = [makeApiKey(), makeApiKey()]
const secret = Redacted.make(`whsec_${Buffer.alloc(32, 7).toString("base64")}`)
const scope = Scope.makeUnsafe()
let folder: string
let simulator: Simulator
let origin: string
const ends: Array<() => Promise<void>> = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "docdata-webhooks-"))
  simulator = await startSimulator({ clock: "wall", merchants: [provider] })
  const parts = {
    simulator,
    shopOrigin: "http://127.0.0.1:9",
    secret,
    key: admin,
    file: join(folder, "o.sqlite"),
    port: 0
  }
  const plan = demoPlan(parts)
  const keys = [
    { id: "admin", hash: hashApiKey(admin), merchants: "all", scope: "admin" },
    { id: "reader", hash: hashApiKey(reader), merchants: "all", scope: "read" }
  ] as const
  const webhooks = { endpoints: [], masterKey: makeWebhookMasterKey(), allowLoopback: true }
  const service = await Effect.runPromise(
    Effect.provideService(serve({ ...plan, keys, webhooks }), Scope.Scope, scope)
  )
  origin = service.origin
  simulator.setMerchant({ ...provider, updateUrl: updateUrlOf(origin) })
})
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

const webhooks = (args: ReadonlyArray<string>, key: Redacted.Redacted = admin) =>
  inProcess(["webhooks", ...args], "", {
    environment: { DOCDATA_SERVICE_URL: origin, DOCDATA_API_KEY: Redacted.value(key) },
    nowMs: Date.now
  })

const ajv = new Ajv2020({ allErrors: true, formats: { "date-time": true, date: true } })

/** What a command printed for machines, as its published schema says. */
const printed = (name: SchemaName, stdout: string): ReadonlyArray<Record<string, unknown>> => {
  const validate = ajv.compile(jsonSchemaOf(name))
  return stdout.trimEnd().split("\n").filter((line) => line !== "").map((line) => {
    const value = JSON.parse(line)
    expect([validate(value), validate.errors]).toEqual([true, null])
    return value
  })
}

const shopWith = async (
  signedWith: string
): Promise<SampleShop & { readonly received: ReadonlyArray<ReceivedEvent> }> => {
  const received: Array<ReceivedEvent> = []
  const shop = await startSampleShop({
    secret: signedWith,
    nowMs: Date.now,
    onEvent: (one) => {
      received.push(one)
    }
  })
  ends.push(shop.close)
  return { ...shop, received }
}

const create = (reference: string) => new ShopClient(origin, Redacted.value(admin)).create(reference, 4_990)

const add = async (url: string, ...more: ReadonlyArray<string>) => {
  const { exit, stderr, stdout } = await webhooks(["add", url, "--json", ...more])
  expect([exit, stderr]).toEqual([0, ""])
  return printed("webhooks-add", stdout)[0]!
}

describe("docdata webhooks", () => {
  it("adds an endpoint, shows its secret once, and lists it", async () => {
    const added = await webhooks([
      "add",
      "https://shop.example/hooks",
      "--events",
      "order.status_changed, order.created"
    ])
    expect(added).toMatchObject({ exit: 0, stderr: "" })
    expect(added.stdout).toMatch(/^endpoint +whe_\w+\nsecret, shown this once +whsec_\S+\n$/)
    const listed = await webhooks(["list", "--json"], reader)
    expect(printed("webhooks-list", listed.stdout)).toMatchObject([
      { url: "https://shop.example/hooks", eventTypes: ["order.status_changed", "order.created"], signature: "v1" }
    ])
    expect((await webhooks(["list"])).stdout).toMatch(
      /^id +address +accounts +events +signature +state\nwhe_\w+ +https:\/\/shop\.example\/hooks +all +order\.status_changed, order\.created +v1 +nothing sent yet\n$/
    )
    const { publicKey, secret } = await add("https://shop.example/hooks", "--signature", "v1a")
    expect([publicKey, secret]).toEqual([expect.stringMatching(/^whpk_/), undefined])
  })

  it("tests an endpoint, and says by its exit code whether the message was delivered", async () => {
    const away = await add("http://127.0.0.1:9/hooks")
    const missed = await webhooks(["test", String(away["id"])])
    expect(missed).toMatchObject({
      exit: 4,
      stdout: expect.stringMatching(/^not delivered: no answer \(ECONNREFUSED\)/)
    })
    const shop = await shopWith("whsec_of_nobody")
    const there = await add(`${shop.origin}/hooks`)
    const refused = await webhooks(["test", String(there["id"]), "--json"])
    expect(refused.exit).toBe(4)
    expect(printed("webhooks-test", refused.stdout)).toMatchObject([{ delivered: false, status: 401 }])
  })

  it("rotates, disables, enables and removes an endpoint, and lists its deliveries", async () => {
    const { id, secret: first } = await add("http://127.0.0.1:9/hooks")
    const name = String(id)
    const { id: orderId } = await create("deliveries-1")
    const listed = await webhooks(["deliveries", name, "--json"])
    expect(printed("webhooks-deliveries", listed.stdout)).toMatchObject([
      { endpointId: name, orderId, type: "order.created", state: "waiting" }
    ])
    const [rotated] = printed("webhooks-rotate", (await webhooks(["rotate", name, "--json"])).stdout)
    expect(rotated).toMatchObject({ id: name, keyVersion: 2, secret: expect.stringMatching(/^whsec_/) })
    expect(rotated!["secret"]).not.toBe(first)
    expect((await webhooks(["disable", name])).stdout).toBe(`${name} is disabled\n`)
    expect((await webhooks(["list"])).stdout).toMatch(new RegExp(`^${name} .*disabled \\(by-hand\\)`, "m"))
    const [enabled] = printed("webhooks-enable", (await webhooks(["enable", name, "--json"])).stdout)
    expect(enabled).not.toHaveProperty("disabled")
    expect(await webhooks(["remove", name])).toMatchObject({ exit: 2, stderr: expect.stringContaining("--yes") })
    expect((await webhooks(["remove", name, "--yes"])).stdout).toBe(`${name} is removed\n`)
    expect((await webhooks(["enable", name])).exit).toBe(4)
  })

  it("delivers an event again", async () => {
    const away = await add("http://127.0.0.1:9/hooks")
    const { id } = await create("again-1")
    const eventId = `${id}-1-0`
    const one = await webhooks(["redeliver", String(away["id"]), eventId])
    expect(one).toMatchObject({ exit: 0, stdout: "opened again: 1\n" })
    const none = await webhooks(["redeliver", String(away["id"]), "--since", "2026-01-01T00:00:00Z", "--json"])
    expect(printed("webhooks-redeliver", none.stdout)).toMatchObject([{ opened: 0, more: false }])
  })

  it.each<[string, ReadonlyArray<string>, number, RegExp]>([
    [
      "an address that is none",
      ["add", "shop.example"],
      2,
      /^docdata webhooks add: address-refused: it is no absolute/
    ],
    [
      "an unknown type",
      ["add", "https://shop.example/", "--events", "order.eaten"],
      2,
      /--events: there is no type order\.eaten, there are order\.created, /
    ],
    ["an endpoint that is none", ["test", "whe_nobody"], 4, /endpoint-not-found/],
    ["an event that is none", ["redeliver", "whe_nobody", "x"], 4, /endpoint-not-found/],
    ["neither event nor instant", ["redeliver", "whe_1"], 2, /name either EVENT or --since/],
    ["both", ["redeliver", "whe_1", "e", "--since", "2026-01-01T00:00:00Z"], 2, /name either EVENT or --since/],
    ["no instant", ["redeliver", "whe_1", "--since", "yesterday"], 2, /--since is an ISO 8601 instant/],
    ["nowhere to forward to", ["listen"], 2, /--forward-to is missing/],
    [
      "a forward that leaves the machine unencrypted",
      ["listen", "--forward-to", "http://shop.example/"],
      2,
      /not https/
    ],
    ["a service that is none", ["list", "--url", "ftp://x"], 2, /no http\(s\) address/]
  ])("refuses %s", async (_what, args, exit, words) => {
    const ended = await webhooks(args)
    expect([ended.exit, ended.stdout]).toEqual([exit, ""])
    expect(ended.stderr).toMatch(words)
  })

  it("says that a service which is not there did nothing", async () => {
    const away = await startSampleShop({ secret: "whsec_", nowMs: Date.now, onEvent: () => undefined })
    await away.close()
    const { exit, stderr } = await webhooks(["add", "https://shop.example/", "--url", away.origin])
    expect([exit, stderr]).toEqual([5, expect.stringMatching(/ECONNREFUSED.*repeating is safe/)])
  })

  it("needs a key, and one that may", async () => {
    const without = await inProcess(["webhooks", "list"], "", { environment: { DOCDATA_SERVICE_URL: origin } })
    expect(without).toMatchObject({ exit: 2, stderr: expect.stringContaining("DOCDATA_API_KEY is missing") })
    const pasted = await webhooks(["list"], Redacted.make("dk_of\nnobody"))
    expect(pasted).toMatchObject({ exit: 2, stderr: expect.stringContaining("DOCDATA_API_KEY is no key") })
    expect(await webhooks(["list"], Redacted.make("dk_nobody"))).toMatchObject({ exit: 4 })
    const forbidden = await webhooks(["add", "https://shop.example/hooks"], reader)
    expect(forbidden).toMatchObject({ exit: 4, stdout: "", stderr: expect.stringContaining("forbidden") })
  })
})

describe("docdata schema webhook", () => {
  const validate = ajv.compile(jsonSchemaOf("webhook"))
  const page = readFileSync(new URL("../../../docs/reference/http.md", import.meta.url), "utf8")
  const shown = JSON.parse(/```json\n(\{\n {2}"type": "order\.status_changed"[\s\S]*?)```/.exec(page)?.[1] ?? "")

  it("describes the message of the reference page", () => {
    expect([validate(shown), validate.errors]).toEqual([true, null])
  })

  it("refuses another type, a field too many, and one too few", () => {
    const { order, ...withoutOrder } = shown.data
    for (const data of [{ ...shown.data, eaten: true }, withoutOrder, { ...withoutOrder, order: { id: order.id } }]) {
      expect(validate({ ...shown, data })).toBe(false)
    }
    expect(validate({ ...shown, type: "order.eaten" })).toBe(false)
  })
})

/** An order of which the feed tells once. */
// Places are given to 500 events at a time.
const manyEvents = 1_001

const storeOrder = Effect.fnUntraced(function*(store: OrderStore["Service"], name: string) {
  const { order } = yield* store.reserve({
    id: `ord_${name}`,
    merchant: "shop",
    shopReference: name,
    orderReference: `${name}-1`,
    idempotencyKey: name,
    fingerprint: "test",
    language: "nl",
    billToCountry: "NL",
    currency: "EUR",
    grossMinor: 4_990,
    createdAtMs: Date.now(),
    leaseUntilMs: Date.now()
  })
  yield* store.confirm({
    orderId: order.id,
    key: name.toUpperCase().padStart(32, "0"),
    confirmedAtMs: Date.now(),
    subscribers: [],
    nextRefreshAtMs: undefined
  })
})

describe("docdata webhooks listen", () => {
  /** Listens until the test ends it, and answers what is printed meanwhile. */
  const listening = async (...args: ReadonlyArray<string>) => {
    let end = (): void => undefined
    let stdout = ""
    let begin = (): void => undefined
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    let stderr = ""
    const ended = inProcess(["webhooks", "listen", ...args], "", {
      environment: {
        DOCDATA_SERVICE_URL: origin,
        DOCDATA_API_KEY: Redacted.value(reader),
        XDG_STATE_HOME: folder
      },
      nowMs: Date.now,
      write: async (text) => {
        stdout += text
        begin()
      },
      complain: (line) => {
        stderr += `${line}\n`
      },
      interrupted: () =>
        new Promise<void>((resolve) => {
          end = resolve
        })
    })
    await begun
    return { stdout: () => stdout, stderr: () => stderr, end: () => end(), ended }
  }

  it("passes on what happens from now on, signed, and tells what was answered", async () => {
    const before = await create("before-1")
    const received: Array<string> = []
    const shopOptions = {
      secret: "whsec_",
      nowMs: Date.now,
      onEvent: ({ data: { order }, type }: ReceivedEvent) => {
        received.push(`${type} ${order.id}`)
      }
    }
    const shop = await startSampleShop(shopOptions)
    ends.push(shop.close)
    const listener = await listening("--forward-to", `${shop.origin}/hooks`)
    shopOptions.secret = /^messages are signed with (whsec_\S+); Ctrl-C ends it\n$/.exec(listener.stderr())?.[1] ?? ""
    const { id } = await create("listen-1")
    await expect.poll(() => listener.stdout(), { timeout: 20_000 }).toMatch(new RegExp(`order\\.created +${id} +204`))
    listener.end()
    expect((await listener.ended).exit).toBe(0)
    expect([received, shop.refusedCount()]).toEqual([[`order.created ${id}`], 0])
    expect(listener.stdout()).toMatch(/^time +event +order +answer\n/)
    expect(listener.stdout()).not.toContain(before.id)
  })

  it("begins at the end of a feed that grew by more events than get their place at once", async () => {
    const shop = await shopWith("whsec_of_nobody")
    await Effect.runPromise(
      Effect.provide(
        Effect.gen(function*() {
          const store = yield* OrderStore
          for (let index = 0; index < manyEvents; index++) yield* storeOrder(store, `long-${index}`)
        }),
        layerStores({ kind: "sqlite", options: { file: join(folder, "o.sqlite"), durability: "normal" } })
      )
    )
    const listener = await listening("--forward-to", `${shop.origin}/hooks`)
    const { id } = await create("listen-2")
    await expect.poll(() => listener.stdout(), { timeout: 20_000 }).toMatch(new RegExp(`order\\.created +${id} `))
    listener.end()
    await listener.ended
    expect(listener.stdout().trimEnd().split("\n")).toHaveLength(2)
  })
})
