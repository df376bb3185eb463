/**
 * A shop that takes webhooks: a plain server of Node that remembers what it got.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver {
  readonly url: string
  readonly received: ReadonlyArray<Received>
  readonly close: () => Promise<void>
}

/** What a receiver does once it has read a message. */
export type Manner = (response: ServerResponse) => void

/** Answers every message with `status` and these headers, or in a manner of its own. */
export const startReceiver = async (
  answer: number | Manner,
  headers: Readonly<Record<string, string>> = {}
): Promise<Receiver> => {
  const received: Array<Received> = []
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const { method = "", url: path = "" } = request
      received.push({ method, path, headers: request.headers, body: Buffer.concat(chunks).toString("utf8") })
      if (typeof answer === "number") response.writeHead(answer, headers).end("thanks")
      else answer(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
