/**
 * A sample shop: a plain server of Node that knows nothing of this project but its REST API and its webhooks.
 *
 * It keeps one word per order, the status, and learns it from signed webhooks alone. Its pages show what it heard.
 */
import { createHmac, timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { endingPage, frontPage, type ReceivedEvent } from "./shopPages.ts"

export interface SampleShop {
  readonly origin: string
  /** The status of an order as the webhooks told it. */
  readonly statusOf: (orderId: string) => string | undefined
  /** Messages that were refused: not signed by us, or too old. */
  readonly refusedCount: () => number
  readonly close: () => Promise<void>
}

export interface ShopOptions {
  readonly secret: string
  readonly nowMs: () => number
  readonly onEvent: (received: ReceivedEvent) => void
  /** Creates an order and answers with the address of its payment menu; without it the shop sells nothing by itself. */
  readonly buy?: () => Promise<string>
}

/** More would make no page that somebody reads. */
const receivedMax = 200
const toleranceMs = 5 * 60_000

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString("utf8")
}

/** What the libraries of standardwebhooks.com do. */
const isGenuine = (request: IncomingMessage, body: string, { nowMs, secret }: ShopOptions): boolean => {
  const [id, seconds, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
    String(request.headers[name])
  )
  if (!(Math.abs(nowMs() - Number(seconds) * 1000) < toleranceMs)) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64")
  const expected = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest()
  return (signatures ?? "").split(" ").some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ""), "base64")
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

// The form leads to the menu of another origin, so where forms lead is not restricted.
const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff"
}

/** Opens the shop on any free port of this machine. */
export const startSampleShop = async (options: ShopOptions): Promise<SampleShop> => {
  const statuses = new Map<string, string>()
  const receivedLast: Array<ReceivedEvent> = []
  const seen = new Set<string>()
  let refused = 0
  const receive = (body: string): void => {
    const received = JSON.parse(body) as ReceivedEvent
    // Deliveries may repeat; the id says so.
    if (seen.has(received.data.eventId)) return
    seen.add(received.data.eventId)
    if (received.type === "order.status_changed" && received.data.to !== undefined) {
      statuses.set(received.data.order.id, received.data.to)
    }
    receivedLast.push(received)
    if (receivedLast.length > receivedMax) receivedLast.shift()
    options.onEvent(received)
  }
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request)
    const isTrue = isGenuine(request, body, options)
    if (isTrue) receive(body)
    else refused += 1
    response.writeHead(isTrue ? 204 : 401).end()
  }
  const sell = async (buy: () => Promise<string>, response: ServerResponse): Promise<void> => {
    response.writeHead(303, { location: await buy() }).end()
  }
  const show = ({ pathname, searchParams }: URL, response: ServerResponse): void => {
    const html = pathname === "/"
      ? frontPage(receivedLast)
      : endingPage(pathname, searchParams.get("order") ?? "", receivedLast)
    response.writeHead(html === undefined ? 404 : 200, pageHeaders).end(html)
  }
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? "/", "http://shop")
    if (url === null) response.writeHead(400).end()
    else if (url.pathname === "/hooks") take(request, response).catch(() => response.destroy())
    else if (url.pathname === "/buy" && request.method === "POST" && options.buy !== undefined) {
      sell(options.buy, response).catch(() => response.destroy())
    } else show(url, response)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    statusOf: (orderId) => statuses.get(orderId),
    refusedCount: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
