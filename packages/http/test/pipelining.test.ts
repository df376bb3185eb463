/**
 * A client that pipelines requests and reads no answer, against a service in another process.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"

let service: ChildProcess
let origin: string
beforeEach(async () => {
  const program = fileURLToPath(new URL("./support/floodedService.ts", import.meta.url))
  service = spawn(process.execPath, [
    "--conditions=@docdata/source",
    "--expose-gc",
    "--max-old-space-size=512",
    program
  ], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const [said] = await once(service.stdout!, "data") as [Buffer]
  origin = said.toString()
})
afterEach(() => service.kill())

const memoryBytes = async (): Promise<number> => Number(await (await fetch(`${origin}/memory`)).text())

/** Writes the same request again and again as long as the other side takes it, and reads nothing. */
const flood = async (request: string): Promise<Socket> => {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname).pause().on("error", () => undefined)
  const block = request.repeat(Math.ceil(65_536 / request.length))
  const write = (): void => {
    while (socket.writable && socket.write(block));
  }
  socket.on("drain", write)
  await once(socket, "connect")
  write()
  return socket
}

const connectionCount = 60

/** The answer that nobody takes, 128 KiB that were read, and the requests that wait. */
const bytesPerConnectionMax = 1024 * 1024

describe("clients that pipeline requests and read no answer", () => {
  it.each([
    ["ordinary requests", "GET /docs HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["the shortest requests there are", "GET / HTTP/1.1\r\n\r\n"],
    ["requests with a body", "POST /docs HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"]
  ])("hold less than 1 MB of memory a connection with %s, and other clients are answered", async (_what, request) => {
    for (let count = 0; count < 10; count++) await memoryBytes()
    const before = await memoryBytes()
    const sockets = await Promise.all(Array.from({ length: connectionCount }, () => flood(request)))
    let peak = before
    let slowestMs = 0
    for (let count = 0; count < 15; count++) {
      const askedAtMs = performance.now()
      peak = Math.max(peak, await memoryBytes())
      slowestMs = Math.max(slowestMs, performance.now() - askedAtMs)
    }
    for (const socket of sockets) socket.destroy()
    expect((peak - before) / connectionCount).toBeLessThan(bytesPerConnectionMax)
    expect(slowestMs).toBeLessThan(5_000)
  })
})
