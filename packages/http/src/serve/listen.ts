/**
 * A server of Node around the handler.
 *
 * Built on node:http itself, so that every mount runs the very same path: a web-standard request in, a response out.
 * At the end it takes no new connections, finishes the requests in hand and then closes.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, type Server } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import type { Handler } from "./guard.ts"
import type { Duplex } from "node:stream"
import { limitPipelining } from "./limitPipelining.ts"
import { answerExchange, isQueued, type NodeExchange } from "./nodeListener.ts"
import { type ConnectionLimits, shareConnections } from "./shareConnections.ts"
import { isTrustedProxy, sourceBehind } from "./sourceBehind.ts"
import { refuseAfter, refuseConnection } from "./refuseConnection.ts"

/** How long a connection may take for what, and how many there may be. */
export interface ServerLimits extends ConnectionLimits {
  readonly headersTimeoutMs: number
  readonly requestTimeoutMs: number
  /** How often the two above are checked. */
  readonly checkEveryMs: number
  readonly keepAliveTimeoutMs: number
  /** After so long without a byte in either direction a connection is cut. */
  readonly silenceMs: number
  readonly finishWithinMs: number
  /** At the end: how long a request may still take to come whole. */
  readonly arriveWithinMs: number
}

/** Those of every server. */
const serverLimits: ServerLimits = {
  // More than balancers and Docdata open together; each may hold an answer that is not taken, of a quarter of a megabyte.
  connectionsMax: 4_096,
  // A proxy that nobody named as trusted still serves a large shop with a quarter.
  connectionsPerSourceMax: 1_024,
  // Requests are small and their senders are machines; whoever drips bytes is let go.
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkEveryMs: 5_000,
  // Longer than most load balancers keep theirs, so that it is they who close an idle connection.
  keepAliveTimeoutMs: 65_000,
  // Longer than any request in hand: whoever takes nothing of an answer for that long will not.
  silenceMs: 70_000,
  // A request in hand may wait for the payment provider; afterwards it is cut.
  finishWithinMs: 35_000,
  // Nothing is done for it yet. Less than what process managers wait before they kill.
  arriveWithinMs: 5_000
}

/** Accepted beyond the most, so that idle connections can be closed for new ones: more than arrive in one turn. */
const connectionsSpare = 512

/** The address cannot be listened on. */
export class ListenFailure extends Data.TaggedError("ListenFailure")<{ readonly code: string; readonly port: number }> {
  override get message(): string {
    return `port ${this.port} cannot be listened on (${this.code})`
  }
}

export interface ListenOptions {
  /** 0 for any free one. */
  readonly port: number
  /** Default 127.0.0.1: whoever wants to be reached from elsewhere says so. */
  readonly host?: string
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: ReadonlyArray<string>
}

/** The open connections of a server, and what was last asked on each. */
interface Lines {
  readonly sockets: ReadonlySet<Socket>
  readonly asked: WeakMap<Duplex, NodeExchange>
}

const isInHand = (last: NodeExchange | undefined): boolean =>
  last !== undefined && (isQueued(last) || (last.incoming.complete && !last.outgoing.writableFinished))

const close = (server: Server, { asked, sockets }: Lines, limits: ServerLimits): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    server.close(() => {
      clearTimeout(late)
      resume(Effect.void)
    })
    server.closeIdleConnections()
    // Node does not count connections that never said anything as idle; browsers and balancers open some in advance.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    // Nor does it look at its own timeouts any more.
    const late = setTimeout(() => {
      for (const socket of sockets) if (!isInHand(asked.get(socket))) socket.destroy()
    }, limits.arriveWithinMs)
    return Effect.sync(() => clearTimeout(late))
  }).pipe(
    Effect.timeoutOption(limits.finishWithinMs),
    Effect.andThen(Effect.sync(() => server.closeAllConnections()))
  )

/** Listens as long as the scope lasts; answers the origin it is reached under on this machine. */
export const listen = (
  handler: Handler,
  { host = "127.0.0.1", port, trustedProxies = [] }: ListenOptions,
  limits: ServerLimits = serverLimits
): Effect.Effect<string, ListenFailure, Scope.Scope> =>
  Effect.gen(function*() {
    /** What was last asked on each connection. */
    const asked = new WeakMap<Duplex, NodeExchange>()
    const sourceOf = sourceBehind(trustedProxies)
    const server = createServer(
      {
        headersTimeout: limits.headersTimeoutMs,
        requestTimeout: limits.requestTimeoutMs,
        connectionsCheckingInterval: limits.checkEveryMs,
        keepAliveTimeout: limits.keepAliveTimeoutMs,
        // Looked at with the request, whose refusal says more.
        requireHostHeader: false
      },
      (incoming, outgoing) => {
        asked.set(incoming.socket, { incoming, outgoing })
        // A connection that is kept would keep the server from ending.
        void answerExchange(handler, { incoming, outgoing }, { isLast: () => !server.listening, sourceOf })
      }
    )
    server.maxConnections = limits.connectionsMax + connectionsSpare
    shareConnections(server, limits, isTrustedProxy(trustedProxies))
    server.timeout = limits.silenceMs
    // An expectation that nobody knows may be ignored, and is here.
    server.on("checkExpectation", (incoming, outgoing) => server.emit("request", incoming, outgoing))
    const refused = new WeakSet<Duplex>()
    limitPipelining(server, (socket) => refused.has(socket))
    const refuseLast = (socket: Duplex, code?: string) => {
      if (refused.has(socket)) return
      refused.add(socket)
      const last = asked.get(socket)
      if (last === undefined) refuseConnection(socket, code)
      else refuseAfter(last, socket, code)
    }
    server.on("connect", (_incoming, socket) => {
      // Node lets go of the connection, and an error that nobody receives would end the process.
      socket.on("error", () => socket.destroy())
      refuseLast(socket)
    })
    server.on("clientError", ({ code }: NodeJS.ErrnoException, socket) => {
      if (code !== "ERR_HTTP_REQUEST_TIMEOUT") return refuseLast(socket, code)
      const late = asked.get(socket)
      const wasWhole = late?.incoming.complete
      // A process that stood still looks at its clock before it reads what came meanwhile: it reads once more.
      setImmediate(() => {
        if (asked.get(socket) === late && late?.incoming.complete === wasWhole) refuseLast(socket, code)
      })
    })
    const sockets = new Set<Socket>()
    server.on("connection", (socket) => {
      sockets.add(socket)
      socket.once("close", () => sockets.delete(socket))
    })
    yield* Effect.acquireRelease(
      Effect.callback<void, ListenFailure>((resume) => {
        server.once("error", (error: NodeJS.ErrnoException) =>
          resume(Effect.fail(new ListenFailure({ code: error.code ?? "unknown", port }))))
        server.listen(port, host, () =>
          resume(Effect.void))
      }),
      () =>
        close(server, { asked, sockets }, limits)
    )
    const address = server.address() as AddressInfo
    return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`
  })
