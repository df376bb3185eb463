/**
 * An HTTP server in place of a service or a shop, led by the test.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

export interface StandIn {
  readonly origin: string
  readonly port: number
  /** Ends all connections. */
  readonly close: () => Promise<void>
}

/** Listens on this machine; port 0 is any. */
export const startStandIn = async (answer: Answer, port = 0): Promise<StandIn> => {
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    origin: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

export const sendJson = (
  response: ServerResponse,
  { body, headers = {}, status = 200 }: {
    readonly status?: number
    readonly body: unknown
    readonly headers?: Readonly<Record<string, string>>
  }
): void => {
  response.writeHead(status, { "content-type": "application/json", ...headers })
  response.end(JSON.stringify(body))
}
