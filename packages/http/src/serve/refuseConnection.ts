/**
 * Answers what Node could not read as a request, in the shape of all other refusals.
 *
 * Node's own answers have no body. Nothing is written into an answer that has begun, and what comes behind a request is
 * answered after it, so that no client takes one for the other.
 */
import { type Problem, problem } from "@docdata/contract"
import { STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { refusal } from "./guard.ts"
import { isQueued, type NodeExchange } from "./nodeListener.ts"

const problemOf = (code: string | undefined): Problem => {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return problem("headers-too-large", "at most 16 KiB of address and headers")
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return problem("body-too-large", "chunks with less beside them")
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return problem("request-timeout", "send the whole request at once")
    case undefined:
    default:
      return problem("bad-request", "this cannot be read as a request of HTTP/1.1")
  }
}

const textOf = (found: Problem): string => {
  const body = JSON.stringify(found)
  const headers = [...refusal(found).headers, ["content-length", String(Buffer.byteLength(body))], [
    "connection",
    "close"
  ]]
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")
  return `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status]}\r\n${lines}\r\n${body}`
}

/** Says why on a connection that carries nothing else, and ends it. */
export const refuseConnection = (socket: Duplex, code?: string): void => {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  socket.end(textOf(problemOf(code)), () => socket.destroy())
}

/** The same beside what was last asked on the connection. */
export const refuseAfter = (
  last: NodeExchange,
  socket: Duplex,
  code?: string
): void => {
  const { incoming, outgoing } = last
  if (!incoming.complete) {
    // It is about the body of what was asked: one answer is enough, when those before it have theirs.
    if (outgoing.headersSent) socket.destroy()
    else if (isQueued(last)) outgoing.once("socket", () => refuseConnection(socket, code))
    else refuseConnection(socket, code)
  } else if (outgoing.writableFinished) refuseConnection(socket, code)
  else outgoing.once("finish", () => refuseConnection(socket, code))
}
