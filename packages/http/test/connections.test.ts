/**
 * Connections that are slow, break, carry several requests at once, or are open when the server ends.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { connect, type Socket } from "node:net"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { bodyBytesMax, guard, type Handler } from "../src/serve/guard.ts"
import { listen, type ServerLimits } from "../src/serve/listen.ts"

const quick: ServerLimits = {
  connectionsMax: 1_000,
  connectionsPerSourceMax: 1_000,
  headersTimeoutMs: 150,
  requestTimeoutMs: 300,
  checkEveryMs: 25,
  keepAliveTimeoutMs: 60_000,
  // Longer than a test may take: whoever waits that long fails.
  silenceMs: 600_000,
  finishWithinMs: 600_000,
  arriveWithinMs: 50
}

let scope = Scope.makeUnsafe()
beforeEach(() => {
  scope = Scope.makeUnsafe()
})
const end = (): Promise<void> => Effect.runPromise(Scope.close(scope, Exit.void))
afterEach(end)

const opened = (handler: Handler, limits: Partial<ServerLimits> = {}): Promise<string> =>
  Effect.runPromise(
    Effect.provideService(listen(guard(handler), { port: 0 }, { ...quick, ...limits }), Scope.Scope, scope)
  )

/** Answers with what it was asked and how long its body was. */
const echo: Handler = async (request) =>
  new Response(`${request.method} ${new URL(request.url).pathname} ${(await request.text()).length}`)

/** Answers as `echo`, but to `/a` only when it is released; `count` is how many were asked there. */
const held = () => {
  let release = (): void => undefined
  let count = 0
  const waiting = new Promise<void>((resolve) => {
    release = resolve
  })
  const handler: Handler = async (request) => {
    if (request.url.endsWith("/a")) {
      count++
      await waiting
    }
    return echo(request)
  }
  return { handler, release: () => release(), count: () => count }
}

interface Line {
  readonly socket: Socket
  readonly text: () => string
  readonly closed: Promise<string>
}

/** A connection that reads until the other side closes; a reset ends it as well. */
const dial = (origin: string): Promise<Line> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    let text = ""
    const socket = connect(Number(port), hostname)
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1")
    })
    const closed = new Promise<string>((done) => {
      socket.on("close", () => done(text))
    })
    socket.on("error", reject)
    socket.on("connect", () => resolve({ socket, text: () => text, closed }))
  })

const statusesIn = (text: string): ReadonlyArray<string> => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, s]) => s!)
const bodiesIn = (text: string): ReadonlyArray<string> => text.match(/(GET|POST) \/\w+ \d+/g) ?? []
const until = (holds: () => boolean): Promise<void> => expect.poll(holds, { timeout: 30_000, interval: 5 }).toBe(true)
const drip = (line: Line, text: string): void => {
  const timer = setInterval(() => line.socket.write(text), 20)
  line.socket.on("close", () => clearInterval(timer))
}

describe("slow senders", () => {
  it("that drip headers are let go", async () => {
    const line = await dial(await opened(echo))
    line.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n")
    drip(line, "A: b\r\n")
    expect(statusesIn(await line.closed)).toEqual(["408"])
  })

  it("that drip a body are let go, and the handler is not left waiting", async () => {
    const seen: Array<string> = []
    const origin = await opened(async (request) => {
      seen.push(request.method)
      return new Response("reached")
    })
    const line = await dial(origin)
    line.socket.write("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
    drip(line, "x")
    expect(await line.closed).not.toContain("reached")
    expect(seen).toEqual([])
    expect(await (await fetch(origin)).text()).toBe("reached")
  })

  it("that say nothing at all are let go", async () => {
    const line = await dial(await opened(echo))
    expect(statusesIn(await line.closed)).toEqual(["408"])
  })
})

describe("connections that break", () => {
  it("in the middle of an upload harm nobody", async () => {
    const origin = await opened(echo)
    for (let count = 0; count < 20; count++) {
      const line = await dial(origin)
      line.socket.write("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
      line.socket.resetAndDestroy()
      await line.closed
    }
    expect(await (await fetch(`${origin}/b`, { method: "POST", body: "abc" })).text()).toBe("POST /b 3")
  })

  it("after they asked for a tunnel harm nobody", async () => {
    const { count, handler, release } = held()
    const origin = await opened(handler)
    for (let asked = 1; asked <= 20; asked++) {
      const line = await dial(origin)
      line.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\nCONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\nmore")
      await until(() => count() === asked)
      line.socket.resetAndDestroy()
      await line.closed
    }
    release()
    expect(await (await fetch(`${origin}/b`)).text()).toBe("GET /b 0")
  })

  it("before the answer is there tell the handler", async () => {
    let isGone = false
    let isHere = false
    const origin = await opened((request) =>
      new Promise((resolve) => {
        isHere = true
        request.signal.addEventListener("abort", () => {
          isGone = true
          resolve(new Response("nobody reads this"))
        })
      })
    )
    const line = await dial(origin)
    line.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    await until(() => isHere)
    line.socket.destroy()
    await until(() => isGone)
  })

  it("with half a chunk are refused", async () => {
    const line = await dial(await opened(echo))
    line.socket.write("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
    expect(statusesIn(await line.closed)).toEqual(["400"])
  })
})

describe("several requests on one connection", () => {
  it("sent at once are answered in their order", async () => {
    // The first takes longest.
    const origin = await opened(async (request) => {
      if (request.url.endsWith("/a")) await new Promise((resolve) => setImmediate(resolve))
      return echo(request)
    })
    const line = await dial(origin)
    line.socket.write(
      "GET /a HTTP/1.1\r\nHost: x\r\n\r\n" +
        "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" +
        "GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    expect(bodiesIn(await line.closed)).toEqual(["GET /a 0", "POST /b 3", "GET /c 0"])
  })

  it("are worked on one after the other, each when the answer before is taken, so that nobody fills our memory", async () => {
    const asked: Array<string> = []
    const large = new Uint8Array(32 * 1024 * 1024)
    const origin = await opened((request) => {
      asked.push(new URL(request.url).pathname)
      return Promise.resolve(new Response(request.url.endsWith("/other") ? "ok" : large))
    })
    const line = await dial(origin)
    line.socket.pause()
    line.socket.write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100))
    await until(() => asked.length === 1)
    // Whoever else asks is answered meanwhile, and the reader who takes nothing is given nothing.
    for (let count = 0; count < 20; count++) expect(await (await fetch(`${origin}/other`)).text()).toBe("ok")
    expect(asked.filter((path) => path === "/large")).toHaveLength(1)
    line.socket.on("data", () => undefined).resume()
    await until(() => asked.filter((path) => path === "/large").length > 2)
    line.socket.destroy()
  })

  it("end with a body that is refused: what is left of it is never read as a request", async () => {
    const line = await dial(await opened(echo))
    line.socket.write(
      `POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: ${bodyBytesMax + 1}\r\n\r\n` +
        "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    const text = await line.closed
    expect(statusesIn(text)).toEqual(["413"])
    expect(text).not.toContain("smuggled")
  })

  it.each([
    ["a broken body", "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ["a tunnel", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["nonsense", "hello\r\n\r\n"]
  ])("with %s at the end answer the ones before it first", async (_what, last) => {
    const { handler, release } = held()
    const origin = await opened(handler)
    const line = await dial(origin)
    line.socket.write(`GET /a HTTP/1.1\r\nHost: x\r\n\r\n${last}`)
    // Whoever else is answered meanwhile shows that the last one was read.
    for (let count = 0; count < 5; count++) expect(await (await fetch(`${origin}/other`)).text()).toBe("GET /other 0")
    expect(line.text()).toBe("")
    release()
    const text = await line.closed
    expect([statusesIn(text), bodiesIn(text)]).toEqual([["200", "400"], ["GET /a 0"]])
  })

  it("with nonsense at the end that goes on and on are refused once", async () => {
    const warnings: Array<string> = []
    const onWarning = ({ name }: Error): unknown => warnings.push(name)
    process.on("warning", onWarning)
    const { handler, release } = held()
    const origin = await opened(handler)
    const line = await dial(origin)
    line.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\nhello\r\n\r\n")
    for (let count = 0; count < 15; count++) {
      line.socket.write("more\r\n")
      // So that each comes by itself.
      await (await fetch(`${origin}/other`)).text()
    }
    release()
    expect(statusesIn(await line.closed)).toEqual(["200", "400"])
    process.off("warning", onWarning)
    // Node warns of listeners that pile up.
    expect(warnings).toEqual([])
  })

  it("that wait for a go-ahead with too large a body receive it", async () => {
    const line = await dial(await opened(echo))
    line.socket.write(
      `POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ${bodyBytesMax + 1}\r\n\r\n`
    )
    expect(statusesIn(await line.closed)).toContain("413")
  })

  it("that ask for another protocol get this one", async () => {
    const line = await dial(await opened(echo))
    line.socket.write("GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n")
    expect(bodiesIn(await line.closed)).toEqual(["GET /a 0"])
  })
})

it("an answer keeps every cookie that it sets", async () => {
  const headers = new Headers([["set-cookie", "a=1; Path=/"], ["set-cookie", "b=2; Path=/"]])
  const answer = await fetch(await opened(() => Promise.resolve(new Response("ok", { headers }))))
  expect(answer.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; Path=/"])
})

describe("answers without a body", () => {
  it.each([
    ["HEAD", new Response(null, { status: 200 })],
    ["DELETE", new Response(null, { status: 204 })],
    ["GET", new Response(null, { status: 304 })]
  ])("to %s do not claim a length of nothing", async (method, response) => {
    const line = await dial(await opened(() => Promise.resolve(response)))
    line.socket.write(`${method} /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    const text = await line.closed
    expect(statusesIn(text)).toEqual([String(response.status)])
    expect(text.toLowerCase()).not.toContain("content-length")
  })

  it("to GET say that it is empty", async () => {
    const line = await dial(await opened(() => Promise.resolve(new Response(null, { status: 200 }))))
    line.socket.write("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    expect(await line.closed).toContain("content-length: 0")
  })
})

describe("the end of the server", () => {
  it("lets every request in hand finish, and keeps no connection afterwards", async () => {
    const { count, handler, release } = held()
    const origin = await opened(handler)
    const lines = await Promise.all(Array.from({ length: 10 }, () => dial(origin)))
    for (const { socket } of lines) socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    await until(() => count() === 10)
    const ended = end()
    await expect(fetch(origin)).rejects.toThrow()
    release()
    for (const { closed } of lines) {
      const text = await closed
      expect(text).toMatch(/^HTTP\/1\.1 200[\s\S]*connection: close[\s\S]*GET \/a 0$/)
    }
    await ended
  })

  it("does not wait for connections that only stay open", async () => {
    const origin = await opened(echo)
    const [idle, fresh] = [await dial(origin), await dial(origin)]
    idle.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    await until(() => idle.text().includes("GET /a 0"))
    await end()
    await Promise.all([idle.closed, fresh.closed])
  })

  it("does not wait for requests that do not come whole, and for those in hand it does", async () => {
    const { count, handler, release } = held()
    const never = { headersTimeoutMs: 600_000, requestTimeoutMs: 600_000 }
    const origin = await opened(guard(handler), never)
    const [head, body, whole] = [await dial(origin), await dial(origin), await dial(origin)]
    head.socket.write("GET /a HTTP/1.1\r\nHo")
    body.socket.write("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab")
    whole.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    await until(() => count() === 1)
    const ended = end()
    expect(await Promise.all([head.closed, body.closed])).toEqual(["", ""])
    release()
    expect(await whole.closed).toMatch(/^HTTP\/1\.1 200/)
    await ended
  })

  it("lets a request in hand finish behind which half of another one came", async () => {
    const { count, handler, release } = held()
    const never = { headersTimeoutMs: 600_000, requestTimeoutMs: 600_000 }
    const origin = await opened(guard(handler), never)
    const [line, other] = [await dial(origin), await dial(origin)]
    line.socket.write(
      "GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab"
    )
    other.socket.write("GET /a HTTP/1.1\r\nHo")
    await until(() => count() === 1)
    const ended = end()
    // Cut because it is late: so would the first be by now.
    await other.closed
    release()
    expect(statusesIn(await line.closed)).toEqual(["200"])
    await ended
  })

  it("cuts what does not finish in the time it is given", async () => {
    const { count, handler, release } = held()
    const line = await dial(await opened(handler, { finishWithinMs: 50 }))
    line.socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
    await until(() => count() === 1)
    await end()
    expect(await line.closed).toBe("")
    release()
  })
})

describe("connections of one source", () => {
  const limits = { connectionsMax: 60, connectionsPerSourceMax: 40, headersTimeoutMs: 60_000, requestTimeoutMs: 60_000 }

  /** Connections from an address of this machine that ask nothing, or ask once and are kept. */
  const idleFrom = async (origin: string, localAddress: string, count: number): Promise<ReadonlyArray<Socket>> => {
    const { hostname, port } = new URL(origin)
    return Promise.all(Array.from({ length: count }, (_, index) =>
      new Promise<Socket>((resolve) => {
        const socket = connect({ port: Number(port), host: hostname, localAddress })
        socket.on("error", () => undefined)
        socket.on("close", () => resolve(socket))
        if (index % 2 === 0) socket.on("connect", () => resolve(socket))
        else {
          socket.on("data", () => resolve(socket))
          socket.write("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
        }
      })))
  }
  const openOf = (sockets: ReadonlyArray<Socket>): number => sockets.filter(({ destroyed }) => !destroyed).length

  it("that idle are at most its share, and other sources are answered", async () => {
    const origin = await opened(echo, limits)
    const attacker = await idleFrom(origin, "127.0.0.2", 200)
    const line = await dial(origin)
    line.socket.write("GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    expect(statusesIn(await line.closed)).toEqual(["200"])
    await until(() => openOf(attacker) <= limits.connectionsPerSourceMax)
    for (const socket of attacker) socket.destroy()
  })

  it("and of others that fill the server while they idle are closed for whoever comes", async () => {
    const origin = await opened(echo, limits)
    const attackers = (await Promise.all(
      ["127.0.0.2", "127.0.0.3", "127.0.0.4"].map((address) => idleFrom(origin, address, 40))
    )).flat()
    const line = await dial(origin)
    line.socket.write("GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    expect(statusesIn(await line.closed)).toEqual(["200"])
    await until(() => openOf(attackers) <= limits.connectionsMax)
    for (const socket of attackers) socket.destroy()
  })

  it("that all have a request in hand are answered, and one more is refused without harm to other sources", async () => {
    const { count, handler, release } = held()
    const origin = await opened(handler, { ...limits, connectionsPerSourceMax: 5 })
    const lines = await Promise.all(Array.from({ length: 5 }, () => dial(origin)))
    for (const { socket } of lines) socket.write("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    await until(() => count() === 5)
    expect(await (await dial(origin)).closed).toBe("")
    const [other] = await idleFrom(origin, "127.0.0.2", 1)
    expect(other?.destroyed).toBe(false)
    other?.destroy()
    release()
    for (const { closed } of lines) expect(statusesIn(await closed)).toEqual(["200"])
  })
})
