/**
 * Requests that never become one for the handler, and bodies that it does not want: each gets one problem as its answer.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { once } from "node:events"
import { connect } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { bodyBytesMax, guard, type Handler } from "../src/serve/guard.ts"
import { listen, type ServerLimits } from "../src/serve/listen.ts"

const scope = Scope.makeUnsafe()
const echo = guard(async (request) => new Response(`${request.method} ${(await request.text()).length}`))
const opened = (limits?: ServerLimits, handler: Handler = echo): Promise<string> =>
  Effect.runPromise(Effect.provideService(listen(handler, { port: 0 }, limits), Scope.Scope, scope))

const hastyLimits: ServerLimits = {
  connectionsMax: 1_000,
  connectionsPerSourceMax: 1_000,
  headersTimeoutMs: 300,
  requestTimeoutMs: 600,
  checkEveryMs: 25,
  keepAliveTimeoutMs: 60_000,
  silenceMs: 600_000,
  finishWithinMs: 600_000,
  arriveWithinMs: 600_000
}

/** What a machine without a free core does to a process. */
const standStill = (forMs: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs)
}

/** With little patience, and with that of every server. */
let [hasty, origin] = ["", ""]
beforeAll(async () => {
  hasty = await opened(hastyLimits)
  origin = await opened()
})
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

/** Sends these very bytes and reads until the other side closes. */
const raw = (bytes: string, at = hasty): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(at)
    const socket = connect(Number(port), hostname, () => socket.write(bytes, "latin1"))
    let text = ""
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1")
    })
    // A reset after the answer is an end as well.
    socket.on("error", () => undefined)
    socket.on("close", () => resolve(text))
  })

const answersIn = (text: string) =>
  text.split(/(?=HTTP\/1\.1 \d{3})/).filter((part) => part !== "").map((part) => {
    const [head = "", body = ""] = part.split("\r\n\r\n")
    return { status: Number(head.slice(9, 12)), head: head.toLowerCase(), body }
  })

const closing = "Host: x\r\nConnection: close\r\n"
const post = `POST /a HTTP/1.1\r\n${closing}`

describe("what is no request", () => {
  it.each<readonly [what: string, bytes: string, status: number, code: string]>([
    ["nonsense", "hello\r\n\r\n", 400, "bad-request"],
    ["a greeting of TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", 400, "bad-request"],
    ["a greeting of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "bad-request"],
    ["a full address of another scheme", `GET ftp://evil.example/ HTTP/1.1\r\n${closing}\r\n`, 400, "bad-request"],
    ["no path", `OPTIONS * HTTP/1.1\r\n${closing}\r\n`, 400, "bad-request"],
    ["a tunnel", `CONNECT x:80 HTTP/1.1\r\n${closing}\r\n`, 400, "bad-request"],
    ["a method of old", `TRACE /a HTTP/1.1\r\n${closing}\r\n`, 400, "bad-request"],
    ["a method of nobody", `FOO /a HTTP/1.1\r\n${closing}\r\n`, 400, "bad-request"],
    ["no host", "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "bad-request"],
    ["two hosts", `GET /a HTTP/1.1\r\n${closing}Host: y\r\n\r\n`, 400, "bad-request"],
    ["two lengths", `${post}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400, "bad-request"],
    [
      "a length and chunks",
      `${post}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      "bad-request"
    ],
    ["a length below zero", `${post}Content-Length: -1\r\n\r\n`, 400, "bad-request"],
    ["half a chunk", `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400, "bad-request"],
    [
      "more in a chunk than it says",
      `${post}Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n`,
      400,
      "bad-request"
    ],
    [
      "a chunk with a long word",
      `${post}Transfer-Encoding: chunked\r\n\r\n2;${"a".repeat(20_000)}\r\nab`,
      413,
      "body-too-large"
    ],
    ["a header with a zero byte", `GET /a HTTP/1.1\r\n${closing}A: a\u0000b\r\n\r\n`, 400, "bad-request"],
    ["a header without end", `GET /a HTTP/1.1\r\n${closing}A: ${"x".repeat(20_000)}\r\n\r\n`, 431, "headers-too-large"],
    ["an address without end", `GET /${"x".repeat(20_000)} HTTP/1.1\r\n${closing}\r\n`, 431, "headers-too-large"],
    ["headers that stop", `GET /a HTTP/1.1\r\n${closing}`, 408, "request-timeout"],
    ["a body that stops", `${post}Content-Length: 5\r\n\r\nab`, 408, "request-timeout"]
  ])("%s", async (_what, bytes, status, code) => {
    const [answer, ...more] = answersIn(await raw(bytes))
    expect([answer?.status, more]).toEqual([status, []])
    expect(JSON.parse(answer?.body ?? "")).toMatchObject({ type: "about:blank", status, code })
    expect(answer?.head).toContain("content-type: application/problem+json")
    expect(answer?.head).toContain("x-content-type-options: nosniff")
    expect(answer?.head).toContain("connection: close")
  })

  it("behind a request is answered after it", async () => {
    const answers = answersIn(await raw("GET /a HTTP/1.1\r\nHost: x\r\n\r\nhello\r\n\r\n"))
    expect(answers.map(({ status }) => status)).toEqual([200, 400])
  })

  it("is not a request that came while the process stood still", async () => {
    const waiting = connect(Number(new URL(hasty).port), "127.0.0.1")
    await once(waiting, "connect")
    // Accepted behind the one that waits. Its bytes lie there when the clock of the server is read again.
    const { port } = new URL(
      await opened(hastyLimits, async () => {
        waiting.write(`GET /a HTTP/1.1\r\n${closing}\r\n`)
        standStill(2 * hastyLimits.headersTimeoutMs)
        return new Response("awake")
      })
    )
    await fetch(`http://127.0.0.1:${port}/`)
    waiting.setEncoding("latin1")
    const answers = answersIn((await waiting.toArray()).join(""))
    expect(answers.map(({ status }) => status)).toEqual([200])
  })

  it("does not come of an expectation that nobody knows", async () => {
    const [answer] = answersIn(await raw(`${post}Expect: a-miracle\r\nContent-Length: 2\r\n\r\nab`))
    expect([answer?.status, answer?.body]).toEqual([200, "POST 2"])
  })
})

describe("a body that is too large", () => {
  it.each([["a little", bodyBytesMax + 1], ["much", 30_000_000]])(
    "by %s is refused with a problem, every time",
    async (_w, size) => {
      const body = new Uint8Array(size)
      for (let count = 0; count < 10; count++) {
        const answer = await fetch(`${origin}/a`, { method: "POST", body })
        expect([answer.status, (await answer.json() as { readonly code: string }).code]).toEqual([
          413,
          "body-too-large"
        ])
      }
    }
  )

  it("is read to its end and thrown away, and the connection goes on", async () => {
    const size = bodyBytesMax + 1
    const answers = answersIn(
      await raw(
        `POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n${"x".repeat(size)}` +
          `GET /b HTTP/1.1\r\n${closing}\r\n`,
        origin
      )
    )
    expect(answers.map(({ status }) => status)).toEqual([413, 200])
  })
})
