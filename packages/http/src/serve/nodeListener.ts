/**
 * The handler as a listener of node:http, for our own server and for every framework that stands on it.
 *
 * Requests of Node become web-standard ones, with their body unread, and responses go back whole.
 */
import { problem } from "@docdata/contract"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import { type Handler, refusal } from "./guard.ts"
import { sourceBehind, type SourceOf } from "./sourceBehind.ts"

/** One request of Node and what answers it. */
export interface NodeExchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

/** Whether an answer before it on the same connection is still due: Node gives an answer the connection at its turn. */
export const isQueued = ({ outgoing }: NodeExchange): boolean => outgoing.socket === null && !outgoing.writableEnded

const headersOf = ({ rawHeaders }: IncomingMessage): Headers => {
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index]!, rawHeaders[index + 1]!)
  }
  return headers
}

const bodyOf = (incoming: IncomingMessage): ReadableStream<Uint8Array> => {
  let isWanted = true
  return new ReadableStream({
    start: (controller) => {
      incoming.on("data", (chunk: Buffer) => {
        controller.enqueue(new Uint8Array(chunk))
        if ((controller.desiredSize ?? 1) <= 0) incoming.pause()
      })
      incoming.on("end", () => {
        if (isWanted) controller.close()
      })
      incoming.on("error", (error) => controller.error(error))
    },
    pull: () => {
      incoming.resume()
    },
    cancel: () => {
      isWanted = false
      incoming.removeAllListeners("data")
      incoming.pause()
    }
  })
}

/** Enough to throw away what is under way at the speed of a network, and no time to send for ever. */
const throwAwayMs = 2_000

/**
 * Reads what is left of a body that nobody wants. A connection that is closed with bytes unread is reset, and its client
 * loses the answer that says why.
 */
const throwAway = (incoming: IncomingMessage): void => {
  if (incoming.complete) return
  const timer = setTimeout(() => incoming.destroy(), throwAwayMs)
  incoming.once("close", () => clearTimeout(timer))
  incoming.removeAllListeners("data")
  incoming.resume()
}

const requestOf = (incoming: IncomingMessage, signal: AbortSignal): Request | undefined => {
  const { method = "GET", url = "/" } = incoming
  // RFC 9112 wants one host in HTTP/1.1: of two a proxy before us may have believed the other one.
  const hostCount = incoming.headersDistinct["host"]?.length ?? 0
  if (hostCount > 1 || (hostCount === 0 && incoming.httpVersion === "1.1")) return undefined
  // Only the path counts: the host that was asked for decides nothing, and may be anything. RFC 9112 wants a server to take
  // a whole address as well.
  const path = url.replace(/^https?:\/\/[^/?#]+(?=\/)/i, "")
  const address = path.startsWith("/") ? URL.parse(`http://localhost${path}`) : null
  if (address === null) return undefined
  const hasBody = method !== "GET" && method !== "HEAD"
  return new Request(address, {
    method,
    headers: headersOf(incoming),
    signal,
    ...(hasBody ? { body: bodyOf(incoming), duplex: "half" as const } : {})
  })
}

const answerTo = async (handler: Handler, exchange: NodeExchange, source: string): Promise<Response> => {
  const gone = new AbortController()
  exchange.outgoing.on("close", () => gone.abort())
  let request: Request | undefined
  try {
    request = requestOf(exchange.incoming, gone.signal)
  } catch {
    // Methods and headers that the web's Request does not take, such as TRACE.
    request = undefined
  }
  if (request !== undefined) return handler(request, source)
  return refusal(problem("bad-request", "ask for a path, with a method that HTTP APIs have, and with one host"))
}

// Of these the length is not that of the body that is sent: HTTP wants it right or not at all.
const hasLength = (method: string | undefined, status: number): boolean =>
  method !== "HEAD" && status !== 204 && status !== 304

const send = async (response: Response, { incoming, outgoing }: NodeExchange, isLast: () => boolean): Promise<void> => {
  const body = Buffer.from(await response.arrayBuffer())
  const cookies = response.headers.getSetCookie()
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    // The one header that comes several times; as entries the last would win.
    ...(cookies.length === 0 ? {} : { "set-cookie": cookies }),
    ...(hasLength(incoming.method, response.status) ? { "content-length": String(body.length) } : {}),
    ...(isLast() ? { connection: "close" } : {})
  })
  outgoing.end(incoming.method === "HEAD" ? undefined : body, () => throwAway(incoming))
}

/** On each connection, when the answer to what was asked last is taken, or nobody will take it. */
const taken = new WeakMap<Duplex, Promise<void>>()

/**
 * Resolves when it is this request's turn. Node hands out all that a client sent at once, and a client that reads nothing
 * would have all its answers made and kept.
 */
const turnOf = async (exchange: NodeExchange): Promise<void> => {
  const { incoming: { socket }, outgoing } = exchange
  const before = taken.get(socket)
  const isBehind = isQueued(exchange)
  taken.set(socket, new Promise((resolve) => outgoing.once("close", resolve)))
  await before
  // Other connections come first: else all that one client sent at once would be answered before anybody else.
  if (isBehind) await new Promise((resolve) => setImmediate(resolve))
}

/** Answers one request. After an answer for which `isLast` holds the connection is not kept. Never rejects. */
export const answerExchange = async (
  handler: Handler,
  exchange: NodeExchange,
  { isLast, sourceOf }: { readonly sourceOf: SourceOf; readonly isLast: () => boolean }
): Promise<void> => {
  try {
    await turnOf(exchange)
    // Nobody receives an answer, and nothing was begun.
    if (exchange.incoming.socket.destroyed) return
    await send(await answerTo(handler, exchange, sourceOf(exchange.incoming)), exchange, isLast)
  } catch {
    // The handler never rejects; what can still break is the connection, and then there is nobody to tell.
    exchange.outgoing.destroy()
  }
}

/**
 * The listener. Mount it before anything that reads bodies: a body that was read before is gone, and the listener throws
 * then rather than wait for ever. `sourceOf` is the connection's peer unless given: behind a proxy that is the proxy, and
 * limits per source count for all shoppers together. Give one that reads what your own proxy writes, never what
 * anybody may have sent.
 */
export const nodeListener =
  (handler: Handler, { sourceOf = sourceBehind() }: { readonly sourceOf?: SourceOf } = {}) =>
  (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (incoming.readableDidRead) {
      throw new Error("the body was read before it came here: mount this before any parser of bodies")
    }
    void answerExchange(handler, { incoming, outgoing }, { sourceOf, isLast: () => false })
  }
