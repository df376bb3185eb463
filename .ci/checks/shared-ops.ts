/**
 * Plays the recorded calls of the reference's other methods (construct, create, menu, start, cancel, update) against our
 * use cases, on the memory store with a provider that answers as recorded. Each must come out as
 * `docs/reference/operations-vectors.md` says: equal, or different in exactly the words of its row.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Cause from "effect/Cause"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import {
  type Answer,
  cancelOrder,
  createOrder,
  EventSink,
  GatewayFailure,
  layerMerchants,
  layerUseCases,
  type Merchant,
  type MerchantAccount,
  Merchants,
  type Operation,
  orderMenuUrl,
  type OrderName,
  OrderStore,
  PaymentGateway,
  refreshOrder,
  startPayment
} from "../../packages/application/src/index.ts"
import { defaultPolicy, type Order } from "../../packages/domain/src/index.ts"
import { questionOf } from "../../packages/domain/test/vectors/answer.ts"
import { parseVector, type Vector } from "../../packages/domain/test/vectors/Vector.ts"
import { layerMemory } from "../../packages/memory/src/index.ts"
import { layerFakeGateway } from "../../packages/testkit/src/index.ts"

interface Recorded {
  readonly id: string
  readonly generation: "2013" | "2016"
  readonly title: string
  readonly input: {
    readonly operation: string
    readonly construct?: { readonly merchant_name?: string; readonly testing_mode?: boolean }
    readonly args?: Readonly<Record<string, string>>
    readonly abstractArgs?: boolean
    readonly gateway?: { readonly orderKey: string; readonly paymentId: number; readonly fail?: ReadonlyArray<string> }
    readonly order?: { readonly status: string; readonly orderKey: string; readonly merchantName?: string }
    readonly settings: {
      readonly testing: boolean
      readonly merchantName?: string
      readonly merchantPassword?: string
      readonly merchantPasswords?: Readonly<Record<string, string>>
      readonly activeLanguage?: string
    }
  }
  readonly expected: {
    readonly raised: string | null
    readonly returned: unknown
    readonly status?: string
    readonly calls: ReadonlyArray<Readonly<Record<string, unknown>>>
    readonly created: ReadonlyArray<Readonly<Record<string, unknown>>>
    readonly events?: ReadonlyArray<Readonly<Record<string, unknown>>>
  }
}

/** What is compared, as text. */
type Observed = Record<string, string>

const ours: Readonly<Record<string, string>> = {
  ImproperlyConfigured: "UnknownMerchant",
  DoesNotExist: "OrderNotFound",
  GatewayError: "GatewayFailure",
  InvalidMerchant: "MerchantMismatch"
}

const own = new Set(["client.create", "client.start", "client.cancel", "client.status"])

const expectedOf = ({ expected, input }: Recorded): Observed => {
  const modes = new Map(
    expected.calls.filter(({ call }) => call === "client.new").map(({ merchant, testing }) =>
      [merchant, testing === true ? "test" : "live"] as const
    )
  )
  const created = expected.created.map((row) =>
    [
      row["merchant_name"] ?? "-",
      row["merchant_order_id"],
      row["order_key"],
      row["total_gross_amount"],
      row["currency"],
      row["language"],
      row["country"] ?? "-"
    ].join(" ")
  )
  return {
    raised: expected.raised === null ? "nothing" : ours[expected.raised] ?? expected.raised,
    returned: expected.returned === null ? "nothing" : JSON.stringify(expected.returned),
    calls:
      expected.calls.filter(({ call }) => own.has(String(call))).map(({ call, merchant }) =>
        `${String(call).slice(7)} as ${String(merchant)} (${modes.get(merchant) ?? "?"})`
      ).join(", ") || "none",
    created: created.join("; ") || "none",
    ...(input.order === undefined ? {} : { status: expected.status ?? "?" }),
    events: (expected.events ?? []).map((event) =>
      event["event"] === "order_status_changed"
        ? `${String(event["oldStatus"])} -> ${String(event["newStatus"])}`
        : `${String(event["event"]).replace("_", ".")} ${String(event["paymentId"])}`
    ).join(", ") || "none"
  }
}

const accountsOf = ({ construct = {}, args = {}, settings }: Recorded["input"]): ReadonlyArray<MerchantAccount> => {
  const passwords = new Map(Object.entries(settings.merchantPasswords ?? {}))
  const { merchantName, merchantPassword } = settings
  // An account without name or password cannot be configured.
  passwords.delete(merchantName ?? "main")
  if (merchantName !== undefined && merchantName !== "" && merchantPassword !== undefined && merchantPassword !== "") {
    passwords.set(merchantName, merchantPassword)
  }
  const testing = args["testingMode"] ?? construct.testing_mode ?? settings.testing
  return [...passwords].map(([name, password]) => ({
    name,
    active: true,
    credentials: {
      environment: testing === true ? "test" : "live",
      merchantName: name,
      password: Redacted.make(password)
    },
    policy: defaultPolicy,
    profile: args["profile"] ?? "standard",
    daysToPay: 7,
    refreshesPerMinute: 60
  }))
}

const answered = <A>(value: A): Effect.Effect<Answer<A>> =>
  Effect.map(Clock.currentTimeMillis, (startedAtMs) => ({
    value,
    exchange: {
      operation: "status" as const,
      environment: "test" as const,
      merchantName: "main",
      requestText: "",
      startedAtMs,
      finishedAtMs: startedAtMs,
      timings: { queuedMs: 0, totalMs: 0 },
      attempts: 1,
      shortened: []
    }
  }))

/** The fake gateway, which answers with the recorded key, payment and report, and notes who asked for what. */
const recordedGateway = ({ gateway }: Recorded["input"], vector: Vector, calls: Array<string>) =>
  Layer.effect(
    PaymentGateway,
    Effect.map(PaymentGateway, (fake) => {
      const say = <A>(operation: Operation, merchant: Merchant, answer: Effect.Effect<A, GatewayFailure>) => {
        calls.push(`${operation} as ${merchant.merchantName} (${merchant.environment})`)
        const reason = {
          _tag: "Rejected",
          kind: "refused",
          errors: [{ code: "REQUEST_DATA_INCORRECT", message: "recorded" }]
        } as const
        return gateway?.fail?.includes(operation) === true
          ? Effect.fail(new GatewayFailure({ operation, reason }))
          : answer
      }
      return PaymentGateway.of({
        ...fake,
        create: (merchant, input) =>
          Effect.matchEffect(fake.create(merchant, input), {
            // Not sent, so that it does not count as a call.
            onFailure: Effect.fail,
            onSuccess: () => say("create", merchant, answered({ orderKey: gateway?.orderKey ?? "" }))
          }),
        start: (merchant) =>
          say(
            "start",
            merchant,
            answered({
              payment: {
                _tag: "Accepted" as const,
                paymentId: String(gateway?.paymentId),
                status: "REDIRECTED_FOR_AUTHORIZATION"
              }
            })
          ),
        cancel: (merchant) => say("cancel", merchant, answered({ _tag: "Cancelled" as const })),
        status: (merchant) =>
          say("status", merchant, Effect.suspend(() => answered(questionOf(vector, "strict").report)))
      })
    })
  ).pipe(Layer.provide(layerFakeGateway()))

const noReport = { approximateTotals: { exchangedTo: "EUR", totalRegistered: 0 }, payments: [] }

const stateOf = (vector: Vector, order: NonNullable<Recorded["input"]["order"]>): Order => {
  if (vector.input.order === undefined) {
    const createdAtMs = Date.UTC(2016, 4, 20, 10)
    return { key: order.orderKey, status: "new", fulfilment: "wait", createdAtMs, currency: "EUR", grossMinor: 3310 }
  }
  return questionOf({ ...vector, input: { ...vector.input, report: vector.input.report ?? noReport } }, "strict").order
}

/** An order of the merchant in the recorded state. */
const seed = Effect.fnUntraced(function*({ input }: Recorded, vector: Vector) {
  // A menu is asked for with a bare key; the order behind it is a new one of the default account, and its key has the
  // length that keys have.
  const order = input.order ??
    (input.operation === "get_payment_menu_url"
      ? { status: "new", orderKey: (input.args?.["orderKey"] ?? "").padStart(32, "0") }
      : undefined)
  if (order === undefined) return
  const store = yield* OrderStore
  const state = stateOf(vector, order)
  yield* store.reserve({
    id: "order-1",
    merchant: order.merchantName ?? "main",
    shopReference: "100042",
    orderReference: "100042",
    idempotencyKey: "seed",
    fingerprint: "seed",
    language: "en",
    billToCountry: "NL",
    currency: state.currency,
    grossMinor: state.grossMinor ?? 0,
    createdAtMs: state.createdAtMs,
    leaseUntilMs: state.createdAtMs
  })
  yield* store.confirm({
    orderId: "order-1",
    key: order.orderKey,
    confirmedAtMs: state.createdAtMs,
    subscribers: [],
    nextRefreshAtMs: undefined
  })
  yield* store.commit({
    orderId: "order-1",
    expectedRevision: 1,
    committedAtMs: state.createdAtMs,
    state,
    payments: [],
    events: [],
    subscribers: [],
    modifications: [],
    nextRefreshAtMs: undefined,
    quietRefreshes: 0
  })
})

const seeded: OrderName = { by: "id", id: "order-1" }

/** The shop's own function: the language the caller gave, else the one its page is in, in two letters. */
const create = (args: Readonly<Record<string, string>>, activeLanguage: string) =>
  createOrder<null>(() => ({
    buyer: {
      _tag: "Shopper",
      id: "c-1",
      name: { first: "Nobody", last: "Real" },
      email: "nobody@shop.example",
      language: args["language"] || activeLanguage.slice(0, 2),
      gender: "undefined"
    },
    total: { minor: Math.round(Number(args["total"]) * 100), currency: args["currency"] ?? "" },
    billTo: {
      name: { first: "Nobody", last: "Real" },
      address: { street: "Kade", city: "Zwolle", country: args["billToCountry"] ?? "" }
    }
  }))({
    merchant: args["merchantName"] ?? "main",
    shopReference: args["orderNumber"] ?? "",
    idempotencyKey: "k",
    shopOrder: null
  })

const play = ({ input }: Recorded) =>
  Effect.gen(function*() {
    const { args = {}, construct = {}, operation, order } = input
    const account = (name: string) =>
      Effect.map(Merchants.use((merchants) => merchants.find(name)), ({ credentials }) =>
        JSON.stringify({ merchant: credentials.merchantName, testingMode: credentials.environment === "test" }))
    switch (operation) {
      case "construct":
        return yield* account(construct.merchant_name ?? input.settings.merchantName ?? "main")
      case "for_merchant":
        return yield* account(args["merchantName"] ?? "")
      case "create_payment":
        return JSON.stringify((yield* create(args, input.settings.activeLanguage ?? "en")).state.key)
      case "start_payment": {
        const key = args["orderKey"]
        const name: OrderName = key === undefined
          ? seeded
          : { by: "key", merchant: order?.merchantName ?? "main", key }
        const { payment } = yield* startPayment(name, {
          payment: { _tag: "WithInput", input: { _tag: "DirectDebitMandate", mandateNumber: "M-1" } }
        })
        return payment._tag === "Accepted" ? payment.paymentId : payment._tag
      }
      case "cancel_order":
        yield* cancelOrder(seeded)
        return "nothing"
      case "update_order":
        yield* refreshOrder(seeded, { observedBy: "operator" })
        return "nothing"
      case "get_payment_menu_url":
        yield* orderMenuUrl(seeded, { language: args["language"] ?? "en" })
        return "\"menu-url\""
      default:
        return yield* Effect.die(new Error(`no use case plays ${operation}`))
    }
  })

const tagOf = (cause: Cause.Cause<unknown>): string => {
  const error = Option.getOrUndefined(Cause.findErrorOption(cause))
  return typeof error === "object" && error !== null && "_tag" in error ? String(error._tag) : Cause.pretty(cause)
}

const observe = (recorded: Recorded, vector: Vector) => {
  const calls: Array<string> = []
  const observed = Effect.gen(function*() {
    yield* TestClock.setTime(Date.parse(vector.input?.now ?? "2016-05-20T12:00:00Z"))
    yield* seed(recorded, vector)
    const exit = yield* Effect.exit(play(recorded))
    const store = yield* OrderStore
    const { items } = yield* store.list({}, { limit: 10 })
    const created = items.filter(({ id, registration }) => id !== "order-1" && registration === "confirmed")
    const events = (yield* store.events("order-1")).flatMap(({ payload }) =>
      payload.type === "order.status_changed"
        ? [`${payload.from} -> ${payload.to}`]
        : payload.type === "payment.added" || payload.type === "payment.updated"
        ? [`${payload.type} ${payload.paymentId}`]
        : []
    )
    const result: Observed = {
      raised: Exit.isSuccess(exit) ? "nothing" : tagOf(exit.cause),
      returned: Exit.isSuccess(exit) ? exit.value : "nothing",
      calls: calls.join(", ") || "none",
      created: created.map((one) =>
        [
          recorded.generation === "2013" ? "-" : one.merchant,
          one.shopReference,
          one.state.key,
          (one.grossMinor / 100).toFixed(2),
          one.currency,
          one.language,
          one.billToCountry
        ].join(" ")
      ).join("; ") || "none",
      ...(recorded.input.order === undefined
        ? {}
        : { status: items.find(({ id }) => id === "order-1")?.state.status ?? "?" }),
      events: events.join(", ") || "none"
    }
    return result
  })
  return observed.pipe(
    Effect.provide(Layer.mergeAll(
      layerMemory,
      layerMerchants(accountsOf(recorded.input)),
      recordedGateway(recorded.input, vector, calls),
      layerUseCases,
      TestClock.layer(),
      Layer.succeed(
        EventSink,
        EventSink.of({
          subscribersFor: () => Effect.succeed([]),
          subscribers: () => Effect.succeed([]),
          deliver: () => Effect.undefined
        })
      ),
      Logger.layer([])
    ))
  )
}

const hooks = new Set(["set_status", "order_status_changed"])

const difference = async (recorded: Recorded, vector: Vector): Promise<string> => {
  if (hooks.has(recorded.input.operation)) return "no such method"
  if (recorded.input.abstractArgs === true) return "cannot be written"
  const theirs = expectedOf(recorded)
  const observed = await Effect.runPromise(observe(recorded, vector))
  const words = Object.entries(theirs).filter(([name, said]) => observed[name] !== said).map(([name, said]) =>
    `${name}: ${said} => ${observed[name]}`
  )
  return words.join("; ") || "equal"
}

const root = join(import.meta.dirname, "..", "..")
const lines = readFileSync(join(root, "..", "shared", "data", "vectors-ops.jsonl"), "utf8").trim().split("\n")
const table = readFileSync(join(root, "docs", "reference", "operations-vectors.md"), "utf8")
const rows = new Map(
  [...table.matchAll(/^\| (ops-\d{3}) *\|(.*)\|$/gm)].map(([, id, rest]) =>
    [id, (rest ?? "").split(" | ").map((cell) => cell.trim())] as const
  )
)

const problems: Array<string> = []
for (const line of lines) {
  const recorded = JSON.parse(line) as Recorded
  const said = await difference(recorded, parseVector(line))
  const [, , row] = rows.get(recorded.id) ?? []
  if (process.argv.includes("--print")) {
    console.log(`${recorded.id}\t${recorded.generation}\t${recorded.title}\t${said}`)
  } else if (row !== said) {
    problems.push(`${recorded.id} (${recorded.title})\n  row:  ${row ?? "none"}\n  here: ${said}`)
  }
}
if (rows.size !== lines.length && !process.argv.includes("--print")) {
  problems.push(`${rows.size} rows for ${lines.length} vectors`)
}
for (const problem of problems) console.error(problem)
console.log(`operations: ${lines.length} recorded calls, ${problems.length} not as their row says`)
if (problems.length > 0) process.exit(1)
