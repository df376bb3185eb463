/**
 * The service on stores in memory and a provider in memory, called without a socket.
 */
import {
  Inbox,
  layerMerchants,
  layerProcessWork,
  layerUseCases,
  type MerchantAccount,
  OrderStore,
  StoreFailure,
  StoreHealth
} from "@docdata/application"
import { FakeProvider, layerFakeGateway, sampleAccount } from "@docdata/testkit"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as Tracer from "effect/Tracer"
import { type ApiKey, hashApiKey, makeApiKey } from "../../src/access/ApiKeys.ts"
import type { HandlerOptions, Ports } from "../../src/serve/handlerOver.ts"
import { makeHandler } from "../../src/serve/makeHandler.ts"
import type { Handler } from "../../src/serve/guard.ts"
import type { Settings } from "../../src/callbacks/ServiceSettings.ts"
import { layerWebhooks } from "../../src/webhooks/layerWebhooks.ts"
import { makeWebhookMasterKey } from "../../src/webhooks/WebhookMasterKey.ts"
import { layerStrictStores } from "./layerStrictStores.ts"

const account = (name: string): MerchantAccount =>
  sampleAccount({
    name,
    active: name !== "closed",
    credentials: { environment: "test", merchantName: `${name}_login`, password: Redacted.make("hush-hush") },
    refreshesPerMinute: 60
  })

export const settings: Settings = {
  publicOrigin: "https://pay.shop.example",
  defaultMerchant: "shop",
  destinations: {
    success: "https://shop.example/{language}/thanks?order={shopReference}",
    pending: "https://shop.example/pending?order={shopReference}",
    cancelled: "https://shop.example/cancelled",
    failed: "https://shop.example/failed",
    paidTooLate: "https://shop.example/late"
  }
}

/** Keys of callers: one that may do everything at `shop`, one that only reads there, one of another merchant, one of two of those. */
export const keys = {
  admin: makeApiKey(),
  operator: makeApiKey(),
  reader: makeApiKey(),
  other: makeApiKey(),
  pair: makeApiKey(),
  all: makeApiKey()
}

/** Enough callers for tests that send more than one key may in a moment. */
export const manyKeys = Array.from({ length: 60 }, makeApiKey)

const stored: ReadonlyArray<ApiKey> = [
  ...manyKeys.map((
    key,
    index
  ) => ({ id: `many-${index}`, hash: hashApiKey(key), merchants: "all", scope: "admin" } as const)),
  { id: "operator", hash: hashApiKey(keys.operator), merchants: ["shop"], scope: "operate" },
  { id: "reader", hash: hashApiKey(keys.reader), merchants: ["shop"], scope: "read" },
  { id: "other", hash: hashApiKey(keys.other), merchants: ["other"], scope: "operate" },
  { id: "pair", hash: hashApiKey(keys.pair), merchants: ["other", "closed"], scope: "operate" },
  { id: "admin", hash: hashApiKey(keys.admin), merchants: ["shop"], scope: "admin" },
  { id: "all", hash: hashApiKey(keys.all), merchants: "all", scope: "admin" }
]

// Nobody is told of anything but endpoints that a test adds.
const layerSink = layerWebhooks({ endpoints: [], masterKey: makeWebhookMasterKey(), allowLoopback: true })

// A store that takes no notification while `isBroken`.
const layerBreakable = (health: { isBroken: boolean }) => {
  const failure = new StoreFailure({ operation: "Inbox.receive", retryable: true, code: "SQLITE_BUSY" })
  const unlessBroken = <A, E>(write: Effect.Effect<A, E>) =>
    Effect.suspend((): Effect.Effect<A, E | StoreFailure> => health.isBroken ? Effect.fail(failure) : write)
  return Layer.merge(
    Layer.effect(
      Inbox,
      Effect.map(Inbox, (inbox) => ({ ...inbox, receive: (item) => unlessBroken(inbox.receive(item)) }))
    ),
    Layer.effect(
      StoreHealth,
      Effect.map(StoreHealth, (store) => ({ ...store, proveWrite: () => unlessBroken(store.proveWrite()) }))
    )
  )
}

export interface Service {
  /** What was logged as an error. */
  readonly logged: ReadonlyArray<string>
  /** What was logged at the level info, its parts as one object. */
  readonly informed: ReadonlyArray<Readonly<Record<string, unknown>>>
  /** Every span that was begun. */
  readonly spans: ReadonlyArray<Tracer.Span>
  readonly handler: Handler
  readonly health: { isBroken: boolean }
  readonly run: <A, E>(effect: Effect.Effect<A, E, Ports | OrderStore | FakeProvider>) => Promise<A>
  readonly close: () => Promise<void>
}

/** What differs from an ordinary service. */
interface Doubles extends Partial<Omit<HandlerOptions, "keys">> {
  readonly order?: OrderStore["Service"]
}

export const startService = async ({ order, ...options }: Doubles = {}): Promise<Service> => {
  const health = { isBroken: false }
  const logged: Array<string> = []
  const informed: Array<Readonly<Record<string, unknown>>> = []
  const spans: Array<Tracer.Span> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  const log = Logger.make(({ cause, logLevel, message }) => {
    if (logLevel === "Error") logged.push(`${JSON.stringify(message)} ${Cause.pretty(cause)}`)
    if (logLevel === "Info" && Array.isArray(message)) informed.push({ message: message[0], ...message[1] })
  })
  const ports = Layer.mergeAll(
    Layer.mergeAll(layerBreakable(health), layerSink).pipe(Layer.provideMerge(layerStrictStores)),
    layerMerchants([account("shop"), account("other"), account("closed")]),
    layerFakeGateway(),
    layerProcessWork,
    layerUseCases,
    Logger.layer([log]),
    Layer.succeed(Tracer.Tracer, tracer)
  )
  const runtime = ManagedRuntime.make(
    order === undefined ? ports : Layer.provideMerge(Layer.succeed(OrderStore, order), ports)
  )
  // The handler lives as long as the runtime's own scope.
  const handler = await runtime.runPromise(
    Effect.provideService(makeHandler({ settings, keys: stored, ...options }), Scope.Scope, runtime.scope)
  )
  return {
    logged,
    informed,
    spans,
    handler,
    health,
    run: (effect) => runtime.runPromise(effect),
    close: () => runtime.dispose()
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever JSON the service answers; tests say what it is.
  readonly json: any
}

export interface Ask {
  readonly key?: Redacted.Redacted
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly source?: string
}

/** One request; a body that is no text is sent as JSON. */
export const ask = async ({ handler }: Pick<Service, "handler">, line: string, asked: Ask = {}): Promise<Answer> => {
  const [method = "GET", path = "/"] = line.split(" ")
  const body = asked.body === undefined || typeof asked.body === "string" ? asked.body : JSON.stringify(asked.body)
  const response = await handler(
    new Request(`http://service${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(asked.key === undefined ? {} : { authorization: `Bearer ${Redacted.value(asked.key)}` }),
        ...asked.headers
      },
      ...(body === undefined ? {} : { body })
    }),
    asked.source ?? "192.0.2.1"
  )
  const text = await response.text()
  const isJson = text !== "" && response.headers.get("content-type")?.includes("json") === true
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
}

let orderCount = 0

/** What a shop sends for a new order. */
export const request = (over: Readonly<Record<string, unknown>> = {}) => ({
  merchant: "shop",
  shopReference: `S${++orderCount}`,
  order: {
    buyer: {
      _tag: "Shopper",
      id: "c-1",
      name: { first: "Nobody", last: "Secretname" },
      email: "nobody@shop.example",
      language: "nl",
      gender: "undefined"
    },
    total: { minor: 4990, currency: "EUR" },
    billTo: {
      name: { first: "Nobody", last: "Secretname" },
      address: { street: "Kade", city: "Zwolle", country: "NL" }
    }
  },
  ...over
})

/** An order of `shop`, created over the API. */
export const created = async (service: Service, over: Readonly<Record<string, unknown>> = {}) => {
  const { json, status } = await ask(service, "POST /v1/orders/", {
    key: keys.operator,
    headers: { "idempotency-key": `key-${orderCount}-${Math.random()}` },
    body: request(over)
  })
  if (status !== 201) throw new Error(`the order was not created: ${JSON.stringify(json)}`)
  const orderKey = new URL(json.menuUrl).searchParams.get("payment_cluster_key") ?? ""
  const { id, orderReference, shopReference } = json as Readonly<Record<string, string>>
  return { id: id!, orderReference: orderReference!, shopReference: shopReference!, orderKey }
}

/** Lets the provider do something. */
export const act = (service: Service, action: Parameters<FakeProvider["Service"]["act"]>[0]): Promise<string> =>
  service.run(Effect.flatMap(FakeProvider, (provider) => provider.act(action)))
