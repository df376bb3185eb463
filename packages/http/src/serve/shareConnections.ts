/**
 * Leaves connections to others: each source has a share, and who needs a connection gets that of an idle one.
 *
 * Idle is a connection without a request in hand: kept for the next one, or opened in advance. Closing it costs its client
 * a new connection, while refusing a client costs it the service.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { Socket } from "node:net"
import { sourceOfPeer } from "./sourceBehind.ts"

export interface ConnectionLimits {
  /** Of all sources together. */
  readonly connectionsMax: number
  /** Of one source that is no trusted proxy. */
  readonly connectionsPerSourceMax: number
}

interface Share {
  count: number
  /** The one that is idle longest comes first. */
  readonly idle: Set<Socket>
}

/** Closes the one that is idle longest. False if none is. */
const closeFirst = (idle: ReadonlySet<Socket>): boolean => {
  for (const socket of idle) {
    socket.destroy()
    return true
  }
  return false
}

/** Connections for which `isExempt` holds have no share of their own, only a part of all. */
export const shareConnections = (
  server: Server,
  { connectionsMax, connectionsPerSourceMax }: ConnectionLimits,
  isExempt: (peer: string | undefined) => boolean
): void => {
  const shares = new Map<string, Share>()
  const sharesOf = new WeakMap<Socket, Share>()
  const inHand = new WeakMap<Socket, number>()
  const all: Share = { count: 0, idle: new Set() }
  const setIdle = (socket: Socket, isIdle: boolean): void => {
    for (const { idle } of [all, sharesOf.get(socket) ?? all]) {
      idle.delete(socket)
      if (isIdle && !socket.destroyed) idle.add(socket)
    }
  }
  const shareOf = (socket: Socket): { readonly source: string; readonly share: Share } | undefined => {
    if (isExempt(socket.remoteAddress)) return undefined
    const source = sourceOfPeer(socket)
    const share = shares.get(source) ?? { count: 0, idle: new Set() }
    shares.set(source, share)
    return { source, share }
  }
  server.on("connection", (socket: Socket) => {
    const own = shareOf(socket)
    all.count++
    if (own !== undefined) {
      sharesOf.set(socket, own.share)
      own.share.count++
    }
    socket.once("close", () => {
      setIdle(socket, false)
      all.count--
      if (own !== undefined && --own.share.count === 0) shares.delete(own.source)
    })
    // Room is made before the new one counts as idle: it gives way only if every other one is at work.
    const isOver = own !== undefined && own.share.count > connectionsPerSourceMax
    if (isOver ? !closeFirst(own.share.idle) : all.count > connectionsMax && !closeFirst(all.idle)) socket.destroy()
    else setIdle(socket, true)
  })
  server.on("request", ({ socket }: IncomingMessage, outgoing: ServerResponse) => {
    inHand.set(socket, (inHand.get(socket) ?? 0) + 1)
    setIdle(socket, false)
    outgoing.once("close", () => {
      const left = (inHand.get(socket) ?? 1) - 1
      inHand.set(socket, left)
      if (left === 0) setIdle(socket, true)
    })
  })
}
