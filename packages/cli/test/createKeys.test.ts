/**
 * What a shop may do with the key of a create: every row of the table in docs/reference/http.md, walked over REST and by the
 * command, on a service with each store.
 */
import { hashApiKey, makeApiKey, makeWebhookSecret } from "@docdata/http"
import { serve, type Served, type StorePlan } from "@docdata/service"
import { type Simulator, startSimulator } from "@docdata/simulator"
import { Database } from "@docdata/sql"
import { openPostgres } from "@docdata/sql/postgres"
import { openSqlite } from "@docdata/sql/sqlite"
import { startPostgres } from "@docdata/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { demoPlan, provider } from "../src/demo/demoPlan.ts"
import { inProcess } from "./support/inProcess.ts"

const page = readFileSync(new URL("../../../docs/reference/http.md", import.meta.url), "utf8")
const [, section = ""] = page.split("### The key of a create\n")
const [table = ""] = section.split("\n### ")

interface Row {
  readonly what: string
  /** Status and code of the first call, and the command's exit code. */
  readonly first: string
  readonly exit: string
  /** Status and code of the same call afterwards. */
  readonly again: string
}

const cells = (line: string): ReadonlyArray<string> => line.split("|").slice(1, -1).map((cell) => cell.trim())
const rows: ReadonlyArray<Row> = table.split("\n").filter((line) => line.startsWith("| ")).slice(2).map((line) => {
  const [what = "", first = "", exit = "", again = ""] = cells(line)
  return { what, first, exit, again: /`[^`]+`/.exec(again)?.[0] ?? again }
})

const key = makeApiKey()
const callTimeoutMs = 400
let simulator: Simulator
let folder: string
let postgres: Awaited<ReturnType<typeof startPostgres>>
let relay: { readonly port: number; readonly up: () => Promise<void>; readonly down: () => Promise<void> }

/** Stands between the service and Docdata, and can be away. */
const startRelay = async (target: number) => {
  const open = new Set<Socket>()
  const server = createServer((from) => {
    const to = createConnection(target, "127.0.0.1")
    for (const [one, other] of [[from, to], [to, from]] as const) {
      open.add(one)
      one.on("error", () => other.destroy()).on("close", () => other.destroy()).pipe(other)
    }
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const down = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
      open.clear()
    })
  return { port, up: () => listen(port), down }
}

const planOf = (stores: StorePlan) => {
  const plan = demoPlan({
    simulator,
    shopOrigin: "http://127.0.0.1:9",
    secret: makeWebhookSecret(),
    key,
    file: "",
    port: 0
  })
  const endpoint = new URL(simulator.url)
  endpoint.port = String(relay.port)
  return {
    ...plan,
    stores,
    webhooks: { ...plan.webhooks, endpoints: [] },
    keys: [{ id: "shop", hash: hashApiKey(key), merchants: "all", scope: "operate" }] as const,
    endpoints: { test: endpoint.href },
    // Many failures in a row are the point here.
    limits: { totalMs: callTimeoutMs, breakerFailuresMax: 10_000 }
  }
}

/** The service, which can end as a process does and come back on the same store. */
class Walked {
  readonly #stores: StorePlan
  #scope = Scope.makeUnsafe()
  #served: Served | undefined

  constructor(stores: StorePlan) {
    this.#stores = stores
  }

  get origin(): string {
    return this.#served!.origin
  }

  async start(): Promise<void> {
    this.#scope = Scope.makeUnsafe()
    this.#served = await Effect.runPromise(Effect.provideService(serve(planOf(this.#stores)), Scope.Scope, this.#scope))
  }

  stop(): Promise<void> {
    return Effect.runPromise(Scope.close(this.#scope, Exit.void))
  }

  /** Leaves of an order what a process leaves that ended before it had Docdata's answer; a store in memory ends with it. */
  async crash(id: string): Promise<void> {
    await this.stop()
    const stores = this.#stores
    const leaseUntilMs = Date.now() + 300
    if (stores.kind === "postgres" || stores.options.file !== ":memory:") {
      const opened = stores.kind === "postgres"
        ? openPostgres({ url: stores.url, maxConnections: 1 })
        : openSqlite(stores.options)
      const rewind = Database.use(({ together }) =>
        together("test", function*() {
          yield { sql: "DELETE FROM docdata_events WHERE order_id = ?", params: [id] }
          yield {
            sql: `UPDATE docdata_orders SET registration = 'reserved', order_key = NULL, revision = 0,
              next_refresh_at_ms = NULL, lease_until_ms = ? WHERE id = ?`,
            params: [leaseUntilMs, id]
          }
          return Effect.void
        })
      )
      await Effect.runPromise(
        Effect.scoped(Effect.flatMap(opened, (database) => Effect.provideService(rewind, Database, database)))
      )
    }
    await this.start()
  }
}

const name = { first: "Nobody", last: "Real" }
const address = { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" }
const orderOf = (over: Readonly<Record<string, unknown>> = {}) => ({
  buyer: { _tag: "Shopper", id: "c-1", name, email: "nobody@shop.example", language: "nl", gender: "undefined" },
  billTo: { name, address },
  total: { minor: 4990, currency: "EUR" },
  ...over
})

const lamp = (minor: number) => {
  const price = { net: minor, vat: 0, gross: minor }
  return { name: "Lamp", code: "LAMP", quantity: 1, vatRate: "0", piece: price, line: price }
}

/** What a caller is answered: `201`, or status and code of the problem. */
interface Answer {
  readonly answer: string
  readonly exit?: number | null
  readonly id?: string
  readonly reference?: string
}

type Caller = (shop: { readonly origin: string; readonly number: string }, order: unknown) => Promise<Answer>

const rest: Caller = async ({ number, origin }, order) => {
  const response = await fetch(`${origin}/v1/orders`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${Redacted.value(key)}`,
      "content-type": "application/json",
      // The number of the order, as the sample shop and the guide have it.
      "idempotency-key": number
    },
    body: JSON.stringify({ shopReference: number, order })
  })
  const { code, id, orderReference } = await response.json() as Readonly<Record<string, string>>
  return {
    answer: code === undefined ? `\`${response.status}\`` : `\`${response.status} ${code}\``,
    ...(id === undefined || orderReference === undefined ? {} : { id, reference: orderReference })
  }
}

const command: Caller = async ({ number, origin }, order) => {
  const args = ["orders", "create", "-", "--shop-reference", number, "--idempotency-key", number, "--json"]
  const { exit, stderr, stdout } = await inProcess(args, JSON.stringify(order), {
    environment: { DOCDATA_SERVICE_URL: origin, DOCDATA_API_KEY: Redacted.value(key) }
  })
  if (exit !== 0) {
    const isField = stderr.startsWith("docdata orders create: (stdin): ")
    return { answer: isField ? "bad-request" : /create: ([a-z-]+):/.exec(stderr)?.[1] ?? stderr, exit }
  }
  const { id, orderReference } = JSON.parse(stdout) as { readonly id: string; readonly orderReference: string }
  return { answer: "`201`", exit, id, reference: orderReference }
}

interface Case {
  /** What is the matter before the first call, and how it is over before the second. */
  readonly before?: () => unknown
  readonly over?: () => unknown
  readonly first?: unknown
  readonly again?: unknown
  /** How many orders Docdata has of it in the end. */
  readonly orders?: number
}

const planCreate = (effect: Parameters<Simulator["planFaults"]>[0][number]["effect"], executed: boolean, times = 1) =>
  simulator.planFaults([{ operation: "create", times, executed, effect }])
const late = () => planCreate({ kind: "delay", delayMs: 4 * callTimeoutMs }, true)
const lateIsOver = () => expect.poll(() => simulator.faults(), { timeout: 10_000 }).toEqual([])

const cases: Readonly<Record<string, Case>> = {
  "nothing goes wrong": {},
  "Docdata is down": { before: () => relay.down(), over: () => relay.up() },
  "Docdata does not answer in time": { before: late, over: lateIsOver, orders: 2 },
  "the connection is cut": { before: () => planCreate({ kind: "reset-before-reply" }, true), orders: 2 },
  "the account's password is wrong": {
    before: () => simulator.setMerchant({ ...provider, password: "another" }),
    over: () => simulator.setMerchant(provider)
  },
  "a field of the order breaks its limit": {
    first: orderOf({ billTo: { name, address: { ...address, postalCode: "8".repeat(51) } } }),
    again: orderOf()
  },
  "the lines of the bill are not its total": {
    first: orderOf({ invoice: { lines: [lamp(4989)] } }),
    again: orderOf({ invoice: { lines: [lamp(4990)] } })
  },
  "Docdata refuses the order": {
    before: () => planCreate({ kind: "errors", errors: [{ code: "REQUEST_DATA_INCORRECT", text: "no" }] }, false),
    again: orderOf({ total: { minor: 5000, currency: "EUR" } })
  },
  "the service ended before Docdata's answer": { orders: 2 },
  "several calls at once": {},
  "another order under the key": { again: orderOf({ total: { minor: 5000, currency: "EUR" } }) },
  "no answer to the beginning of a recurring series": {
    before: late,
    over: lateIsOver,
    first: orderOf({ recurringReference: "S1" }),
    again: orderOf({ recurringReference: "S1" })
  }
}

const ordersOf = (number: string) =>
  simulator.orders().filter(({ order }) => JSON.stringify(order).includes(`"${number}-`)).length

/** The answer in the words of the caller: the command says the code alone, and names a wrong field itself. */
const asAnswered = (caller: string, answer: string): string =>
  caller === "REST" || !answer.includes(" ") ? answer : answer.slice(5, -1)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "docdata-keys-"))
  simulator = await startSimulator({ clock: "wall", merchants: [provider] })
  relay = await startRelay(Number(new URL(simulator.url).port))
  postgres = await startPostgres({ fsync: false })
})
afterAll(async () => {
  await relay.down()
  await simulator.close()
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

it("the table of the key names every case that is walked, and no other", () => {
  expect(rows.map(({ what }) => what)).toEqual(Object.keys(cases))
})

const stores: ReadonlyArray<readonly [string, () => StorePlan | undefined]> = [
  ["a store in memory", () => ({ kind: "sqlite", options: { file: ":memory:" } })],
  ["SQLite", () => ({ kind: "sqlite", options: { file: join(folder, "keys.sqlite"), durability: "normal" } })],
  ["PostgreSQL", () => postgres && { kind: "postgres", url: Redacted.make(postgres.url), connectionsMax: 4 }]
]

describe.each(stores)("the key of a create on %s", (store, planned) => {
  let service: Walked | undefined
  beforeAll(async () => {
    const plan = planned()
    service = plan && new Walked(plan)
    await service?.start()
  })
  afterAll(() => service?.stop())

  describe.each([["REST", rest], ["the command", command]] as const)("over %s", (caller, call) => {
    it.each(rows)("$what", async ({ again, exit, first, what }) => {
      if (service === undefined) return
      const walked = service
      const number = `${store}-${caller}-${what}`.replace(/[^A-Za-z]+/g, "-")
      const create = (order: unknown) => call({ origin: walked.origin, number }, order)
      const { again: secondOrder, first: firstOrder = orderOf(), orders = 1, over, before } = cases[what]!
      await before?.()
      const answers = await Promise.all(
        Array.from({ length: what === "several calls at once" ? 8 : 1 }, () => create(firstOrder))
      )
      expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
      const [one] = answers
      if (what === "the service ended before Docdata's answer") await walked.crash(one!.id!)
      else expect([one?.answer, one?.exit ?? Number(exit)]).toEqual([asAnswered(caller, first), Number(exit)])
      await over?.()
      const repeated = await create(secondOrder ?? firstOrder)
      expect(repeated.answer).toBe(asAnswered(caller, again))
      if (repeated.id !== undefined) {
        const isSameOrder = one?.id !== undefined && what !== "the service ended before Docdata's answer"
        if (isSameOrder) expect(repeated.id).toBe(one.id)
        else expect(repeated.id).not.toBe(one?.id)
        expect(await create(secondOrder ?? firstOrder)).toEqual(repeated)
      }
      expect(ordersOf(number)).toBe(orders)
    })
  })
})
