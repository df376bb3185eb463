/**
 * Webhook endpoints whose names are not resolved, against a name server of the test's own that never answers.
 */
import { EventSink, type StoredEvent } from "@docdata/application"
import { layerMemory } from "@docdata/memory"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { createSocket, type Socket } from "node:dgram"
import { lookup } from "node:dns/promises"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { layerWebhooks } from "../src/webhooks/layerWebhooks.ts"
import { type HostAddress, SubscriberNames } from "../src/webhooks/SubscriberNames.ts"
import { makeWebhookSecret } from "../src/webhooks/WebhookSecret.ts"
import { statusEvent, storedOrder } from "./support/orders.ts"
import { startReceiver } from "./support/receiver.ts"

let server: Socket
let names: SubscriberNames
let questions: Array<string>
beforeEach(async () => {
  questions = []
  server = createSocket("udp4", (message) => questions.push(message.toString("latin1")))
  await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve))
  names = new SubscriberNames([`127.0.0.1:${server.address().port}`])
})
afterEach(() => {
  names.cancel()
  server.close()
})

const find = (owner: string, host: string): Promise<string | ReadonlyArray<HostAddress>> =>
  new Promise((resolve) => names.find(owner, host, (problem, found) => resolve(problem?.code ?? found)))

const until = (holds: () => boolean): Promise<void> => expect.poll(holds, { timeout: 20_000, interval: 5 }).toBe(true)

/** Far less than the 10 seconds of a lookup and the 20 of a delivery. */
const quickMs = 3_000

const timed = async <A>(run: Promise<A>): Promise<readonly [A, number]> => {
  const startedMs = performance.now()
  return [await run, performance.now() - startedMs]
}

describe("20 endpoints of one merchant whose names are never resolved", () => {
  it("delay neither another merchant's webhook, nor the system's lookups that order creates need, nor the end", async () => {
    const receiver = await startReceiver(204)
    const secrets = [makeWebhookSecret()]
    const stuck = Array.from({ length: 20 }, (_, index) => ({
      name: `stuck-${index}`,
      url: `https://stuck-${index}.example/hooks`,
      secrets,
      merchants: ["south"]
    }))
    const good = { name: "good", url: receiver.url, secrets, merchants: ["shop"] }
    const layer = layerWebhooks({ endpoints: [...stuck, good], allowLoopback: true, names })
    let endedMs = 0
    await Effect.runPromise(
      Effect.gen(function*() {
        const order = yield* storedOrder(1)
        const event: StoredEvent = statusEvent(order.id)
        const sink = yield* EventSink
        const fibers = yield* Effect.forEach(
          stuck,
          ({ name }) => Effect.forkChild(Effect.exit(sink.deliver(name, event)), { startImmediately: true })
        )
        yield* Effect.promise(() =>
          until(() => stuck.every(({ name }) => questions.some((asked) => asked.includes(name))))
        )
        const [, webhookMs] = yield* Effect.promise(() => timed(Effect.runPromise(sink.deliver("good", event))))
        const [, lookupMs] = yield* Effect.promise(() => timed(lookup("localhost")))
        expect([webhookMs < quickMs, lookupMs < quickMs]).toEqual([true, true])
        endedMs = performance.now()
        yield* Fiber.interruptAll(fibers)
      }).pipe(Effect.provide(layer.pipe(Layer.provideMerge(layerMemory))), Effect.scoped)
    )
    expect(performance.now() - endedMs).toBeLessThan(quickMs)
    await receiver.close()
  })
})

describe("lookups of subscribers' names", () => {
  it("of one host share a question, and end when they are cancelled", async () => {
    const waiting = Array.from({ length: 50 }, () => find("a", "slow.example"))
    await until(() => questions.length >= 2)
    names.cancel()
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["ETIMEOUT"]))
  })

  it("of one owner are refused beyond 100 hosts, and those of another owner are not", async () => {
    const waiting = Array.from({ length: 100 }, (_, index) => find("a", `slow-${index}.example`))
    expect(await find("a", "one-more.example")).toBe("EBUSY")
    const other = find("b", "one-more.example")
    await until(() => questions.some((asked) => asked.includes("one-more")))
    names.cancel()
    await Promise.all([...waiting, other])
  })

  it("of this machine's own name ask nobody", async () => {
    expect(await find("a", "LocalHost")).toContainEqual({ address: "127.0.0.1", family: 4 })
    expect(questions).toEqual([])
  })
})
