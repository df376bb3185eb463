/**
 * Reads from a connection only as much as is worked on.
 *
 * Node makes objects for every request that it has read, and reads 64 KiB at once: several thousand requests, of which a
 * client that takes no answer makes us keep all. So Node's parser gets small pieces, and nothing while a few requests wait.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"

/** A client rarely sends a second request before the first is answered. At least 2: the last may still be arriving. */
const requestsInHandMax = 4

/** Less is not worth a piece. The shortest request has 18 bytes: 28 of them, of about 7 KB each, may come at once. */
const pieceBytesMin = 512

const headEnd = Buffer.from("\r\n\r\n")

/** The place behind the last head that a piece may hold, or of all bytes if they hold fewer. */
const endOfHeads = (bytes: Buffer): number => {
  let end = 0
  for (let count = 0; count < requestsInHandMax || end < pieceBytesMin; count++) {
    const at = bytes.indexOf(headEnd, end)
    if (at < 0) return bytes.length
    end = at + headEnd.length
  }
  return end
}

/** Limits each connection of the server. Nothing more is read of a connection for which `isOver` holds. */
export const limitPipelining = (server: Server, isOver: (socket: Duplex) => boolean): void => {
  const inHand = new WeakMap<Duplex, number>()
  const countOf = (socket: Duplex): number => inHand.get(socket) ?? 0
  server.on("request", ({ socket }: IncomingMessage, outgoing: ServerResponse) => {
    inHand.set(socket, countOf(socket) + 1)
    outgoing.once("close", () => {
      inHand.set(socket, countOf(socket) - 1)
      // Node waits as well while its answers are not taken, and resumes by itself.
      if (socket.isPaused() && !socket.writableNeedDrain) socket.resume()
    })
  })
  server.on("connection", (socket: Socket) => {
    const parsers = socket.listeners("data")
    socket.removeAllListeners("data")
    socket.on("data", (bytes: Buffer) => {
      let rest = bytes
      while (rest.length > 0 && !socket.destroyed && !isOver(socket)) {
        if (countOf(socket) >= requestsInHandMax) socket.pause()
        if (socket.isPaused()) {
          socket.unshift(rest)
          return
        }
        const piece = rest.subarray(0, endOfHeads(rest))
        for (const parse of parsers) parse.call(socket, piece)
        rest = rest.subarray(piece.length)
      }
    })
  })
}
