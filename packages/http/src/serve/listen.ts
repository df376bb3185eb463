/**
 * A server of Node around the handler.
 *
 * Built on node:http itself, so that every mount runs the very same path: a web-standard request in, a response out.
 * At the end it takes no new connections, finishes the requests in hand and then closes.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Handler } from "./guard.ts"

/** Requests are small and their senders are machines; whoever drips bytes is let go. */
const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000
/** Longer than most load balancers keep theirs, so that it is they who close an idle connection. */
const keepAliveTimeoutMs = 65_000
/** A request in hand may wait for the payment provider; afterwards it is cut. */
const finishWithinMs = 35_000

/** The address cannot be listened on. */
export class ListenFailed extends Data.TaggedError("ListenFailed")<{ readonly code: string; readonly port: number }> {
  override get message(): string {
    return `port ${this.port} cannot be listened on (${this.code})`
  }
}

export interface ListenOptions {
  /** 0 for any free one. */
  readonly port: number
  /** Default 127.0.0.1: whoever wants to be reached from elsewhere says so. */
  readonly host?: string
}

const headersOf = (incoming: IncomingMessage): Headers => {
  const headers = new Headers()
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index]!, incoming.rawHeaders[index + 1]!)
  }
  return headers
}

const bodyOf = (incoming: IncomingMessage): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      incoming.on("data", (chunk: Buffer) => {
        controller.enqueue(new Uint8Array(chunk))
        if ((controller.desiredSize ?? 1) <= 0) incoming.pause()
      })
      incoming.on("end", () => controller.close())
      incoming.on("error", (error) => controller.error(error))
    },
    pull: () => {
      incoming.resume()
    },
    cancel: () => {
      incoming.pause()
    }
  })

const requestOf = (incoming: IncomingMessage, signal: AbortSignal): Request | undefined => {
  const { method = "GET", url = "/" } = incoming
  // Only the path counts: the host that was asked for decides nothing, and may be anything.
  const address = url.startsWith("/") ? URL.parse(`http://localhost${url}`) : null
  if (address === null) return undefined
  const hasBody = method !== "GET" && method !== "HEAD"
  return new Request(address, {
    method,
    headers: headersOf(incoming),
    signal,
    ...(hasBody ? { body: bodyOf(incoming), duplex: "half" as const } : {})
  })
}

const answer = async (handler: Handler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response> => {
  const gone = new AbortController()
  outgoing.on("close", () => gone.abort())
  let request: Request | undefined
  try {
    request = requestOf(incoming, gone.signal)
  } catch {
    // Methods and headers that the web's Request does not take, such as TRACE.
    request = undefined
  }
  return request === undefined
    ? new Response(null, { status: 400 })
    : handler(request, incoming.socket.remoteAddress ?? "unknown")
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

const send = async (response: Response, { incoming, outgoing }: Exchange, isClosing: () => boolean): Promise<void> => {
  const body = Buffer.from(await response.arrayBuffer())
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    "content-length": String(body.length),
    // A connection that is kept would keep the server from ending.
    ...(isClosing() ? { connection: "close" } : {})
  })
  // What is left of a refused body would be read as the next request; the answer goes out first.
  outgoing.end(incoming.method === "HEAD" ? undefined : body, () => {
    if (!incoming.complete) incoming.destroy()
  })
}

const close = (server: Server): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    server.close(() => resume(Effect.void))
    server.closeIdleConnections()
  }).pipe(
    Effect.timeoutOption(finishWithinMs),
    Effect.andThen(Effect.sync(() => server.closeAllConnections()))
  )

/** Listens as long as the scope lasts; answers the origin it is reached under on this machine. */
export const listen = (
  handler: Handler,
  { host = "127.0.0.1", port }: ListenOptions
): Effect.Effect<string, ListenFailed, Scope.Scope> =>
  Effect.gen(function*() {
    const server = createServer(
      { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveTimeoutMs },
      (incoming, outgoing) => {
        // The handler never rejects; what can still break is the connection, and then there is nobody to tell.
        answer(handler, incoming, outgoing)
          .then((response) => send(response, { incoming, outgoing }, () => !server.listening))
          .catch(() => outgoing.destroy())
      }
    )
    yield* Effect.acquireRelease(
      Effect.callback<void, ListenFailed>((resume) => {
        server.once("error", (error: NodeJS.ErrnoException) =>
          resume(Effect.fail(new ListenFailed({ code: error.code ?? "unknown", port }))))
        server.listen(port, host, () =>
          resume(Effect.void))
      }),
      () => close(server)
    )
    const address = server.address() as AddressInfo
    return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`
  })
