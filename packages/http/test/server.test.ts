/**
 * The service behind a real socket: bytes that no client library would send, and how it ends.
 */
import { DocdataApi, openApiDocument } from "@docdata/contract"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { connect } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { listen } from "../src/serve/listen.ts"
import { notReady } from "../src/serve/notReady.ts"
import { ask, created, keys, request, type Service, startService } from "./support/service.ts"

let service: Service
let origin: string
const scope = Scope.makeUnsafe()

beforeAll(async () => {
  service = await startService()
  origin = await Effect.runPromise(Effect.provideService(listen(service.handler, { port: 0 }), Scope.Scope, scope))
})
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await service.close()
})

/** Sends these very bytes and reads until the other side closes. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ""
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1")
    })
    socket.on("close", () => resolve(text))
    socket.on("error", reject)
  })

const statusLine = async (bytes: string): Promise<string> => (await raw(bytes)).split("\r\n")[0]?.slice(9, 12) ?? ""
const closing = "Host: x\r\nConnection: close\r\n"

describe("while the stores are opened", () => {
  it("everything is put off with a problem, and the process says that it is alive", async () => {
    const own = Scope.makeUnsafe()
    const at = await Effect.runPromise(Effect.provideService(listen(notReady, { port: 0 }), Scope.Scope, own))
    const order = await fetch(`${at}/v1/orders`, { method: "POST", body: "{}" })
    expect([order.status, order.headers.get("retry-after")]).toEqual([503, "5"])
    expect(await order.json()).toMatchObject({ status: 503, code: "store-unavailable" })
    expect((await fetch(`${at}/readyz`)).status).toBe(503)
    expect((await fetch(`${at}/healthz`)).status).toBe(200)
    await Effect.runPromise(Scope.close(own, Exit.void))
  })
})

describe("over a socket", () => {
  it("answers with the headers that browsers need", async () => {
    const answer = await fetch(`${origin}/healthz`)
    expect([answer.status, await answer.text()]).toEqual([200, "ok\n"])
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'")
    expect(answer.headers.get("cache-control")).toBe("no-store")
    expect(answer.headers.get("server")).toBeNull()
  })

  it.each([
    ["a full address", `GET http://evil.example/healthz HTTP/1.1\r\n${closing}\r\n`, "200"],
    ["a full address without a path", `GET http://evil.example HTTP/1.1\r\n${closing}\r\n`, "400"],
    ["a path in capitals", `GET /HEALTHZ HTTP/1.1\r\n${closing}\r\n`, "404"],
    ["a path with a letter by its code", `GET /%68ealthz HTTP/1.1\r\n${closing}\r\n`, "404"],
    ["a path with doubled slashes", `GET /v1//orders HTTP/1.1\r\n${closing}\r\n`, "404"],
    ["a path that begins with two slashes", `GET //healthz HTTP/1.1\r\n${closing}\r\n`, "404"],
    ["a path with a semicolon", `GET /healthz;x HTTP/1.1\r\n${closing}\r\n`, "404"],
    ["a semicolon in the query", `GET /healthz?a;b HTTP/1.1\r\n${closing}\r\n`, "200"],
    ["no path", `OPTIONS * HTTP/1.1\r\n${closing}\r\n`, "400"],
    ["a tunnel method of old", `TRACE /healthz HTTP/1.1\r\n${closing}\r\n`, "400"],
    ["no host", `GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n`, "400"],
    ["a header without end", `GET /healthz HTTP/1.1\r\nA: ${"x".repeat(20_000)}\r\n\r\n`, "431"],
    ["two lengths", `POST /v1/orders HTTP/1.1\r\n${closing}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, "400"],
    [
      "a length and chunks",
      `POST /v1/orders HTTP/1.1\r\n${closing}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      "400"
    ],
    ["a length that lies", `POST /v1/orders HTTP/1.1\r\n${closing}Content-Length: 99999999\r\n\r\nab`, "413"],
    ["a path that goes up", `GET /../../etc/passwd HTTP/1.1\r\n${closing}\r\n`, "404"],
    ["nonsense", "hello\r\n\r\n", "400"],
    ["a HEAD", `HEAD /healthz HTTP/1.1\r\n${closing}\r\n`, "200"]
  ])("%s", async (_what, bytes, status) => {
    expect(await statusLine(bytes)).toBe(status)
  })

  it("takes a body that comes in chunks, and lets go of one that does not end", async () => {
    const chunk = `${(64 * 1024).toString(16)}\r\n${" ".repeat(64 * 1024)}\r\n`
    const head =
      `POST /v1/orders HTTP/1.1\r\n${closing}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
    expect(await statusLine(`${head}2\r\n{}\r\n0\r\n\r\n`)).toBe("401")
    expect(await statusLine(`${head}${chunk.repeat(12)}`).catch(() => "reset")).toMatch(/413|reset/)
  })

  it("the typed client and the definition speak the same language", async () => {
    const program = Effect.gen(function*() {
      const client = yield* HttpApiClient.make(DocdataApi, {
        baseUrl: origin,
        transformClient: HttpClient.mapRequest(HttpClientRequest.bearerToken(keys.operator))
      })
      // oxlint-disable-next-line typescript/no-explicit-any -- the sample is shaped like what a shop sends.
      const payload = request() as any
      const order = yield* client.orders.create({ headers: { "idempotency-key": "typed" }, payload })
      const read = yield* client.orders.read({ params: { orderId: order.id } })
      const refused = yield* Effect.flip(client.orders.read({ params: { orderId: "ord_NOBODY" } }))
      return { order, read, refused }
    })
    const { order, read, refused } = await Effect.runPromise(Effect.provide(program, FetchHttpClient.layer))
    expect(read).toEqual(order)
    expect(refused).toMatchObject({ status: 404, code: "order-not-found" })
  })

  it("the OpenAPI document is served and names every operation with its problems", async () => {
    const document = (await ask(service, "GET /openapi.json")).json
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
    const served = Object.values(DocdataApi.groups).flatMap(({ endpoints }) => Object.values(endpoints)).map((
      { method, path }
    ) => `${method} ${path.replace(/\/$/, "").replaceAll(/:(\w+)/g, "{$1}")}`)
    const described = Object.entries<object>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
    )
    expect(described.toSorted()).toEqual(served.toSorted())
    expect(described.length).toBeGreaterThan(40)
    expect(Object.keys(document.paths["/v1/orders"].post.responses)).toEqual(
      expect.arrayContaining(["201", "400", "401", "403", "404", "409", "422", "429", "502", "503"])
    )
  })

  it("ends after the request in hand is answered", async () => {
    const own = Scope.makeUnsafe()
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let entered = (): void => undefined
    const arrived = new Promise<void>((resolve) => {
      entered = resolve
    })
    const slow = async (): Promise<Response> => {
      entered()
      await held
      return new Response("done")
    }
    const at = await Effect.runPromise(Effect.provideService(listen(slow, { port: 0 }), Scope.Scope, own))
    const answer = fetch(at)
    await arrived
    const closed = Effect.runPromise(Scope.close(own, Exit.void))
    release()
    expect(await (await answer).text()).toBe("done")
    await closed
    await expect(fetch(at)).rejects.toThrow()
  })

  it("a port that is taken is said so", async () => {
    const port = Number(new URL(origin).port)
    const failed = await Effect.runPromise(Effect.flip(Effect.scoped(listen(service.handler, { port }))))
    expect(failed.message).toBe(`port ${port} cannot be listened on (EADDRINUSE)`)
  })

  it("an order created over the socket is the order in the store", async () => {
    const { id } = await created(service)
    const answer = await fetch(`${origin}/v1/orders/${id}`, {
      headers: { authorization: `Bearer ${Redacted.value(keys.reader)}` }
    })
    expect(await answer.json()).toMatchObject({ id, status: "new", registration: "confirmed" })
  })
})
