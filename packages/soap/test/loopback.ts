// Servers on free ports of this machine that answer by hand, byte by byte, and are gone when the test is.
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, type Server, type Socket } from "node:net"

export interface Loopback {
  readonly port: number
  /** Requests that arrived whole, in order. */
  readonly requests: ReadonlyArray<string>
  /** Resolves when that many requests have arrived. */
  readonly arrived: (count: number) => Effect.Effect<void>
  readonly openSockets: () => number
}

/** What to do with the n-th request that arrived whole, counted from 0. */
export type Answering = (socket: Socket, request: string, count: number) => void

const isWhole = (received: string): boolean => {
  const end = received.indexOf("\r\n\r\n")
  const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? "0")
  return end >= 0 && Buffer.byteLength(received.slice(end + 4)) >= length
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : 0)
    })
  })

/** A server that hands each whole request to `answer`, or each connection to `onConnect`. */
export const loopback = (
  answer: Answering,
  onConnect: (socket: Socket) => void = () => undefined
): Effect.Effect<Loopback, never, Scope.Scope> =>
  Effect.gen(function*() {
    const sockets = new Set<Socket>()
    const requests: Array<string> = []
    let waiting: Array<{ readonly count: number; readonly resolve: () => void }> = []
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on("close", () => sockets.delete(socket))
      socket.on("error", () => undefined)
      let received = ""
      socket.on("data", (chunk) => {
        received += chunk.toString("latin1")
        if (!isWhole(received)) return
        requests.push(received)
        received = ""
        answer(socket, requests.at(-1)!, requests.length - 1)
        for (const { count, resolve } of waiting) if (requests.length >= count) resolve()
        waiting = waiting.filter(({ count }) => requests.length < count)
      })
      onConnect(socket)
    })
    const port = yield* Effect.acquireRelease(Effect.promise(() => listening(server)), () =>
      Effect.promise(() =>
        new Promise<void>((resolve) => {
          for (const socket of sockets) {
            socket.destroy()
          }
          server.close(() =>
            resolve()
          )
        })
      ))
    return {
      port,
      requests,
      openSockets: () => sockets.size,
      arrived: (count) =>
        Effect.promise(() =>
          requests.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }))
        )
    }
  })

/** A port on which nobody listens. */
export const unusedPort: Effect.Effect<number> = Effect.scoped(
  Effect.map(loopback(() => undefined), ({ port }) => port)
)

export const http = (status: number, body: string, headers = "content-type: text/xml"): string =>
  `HTTP/1.1 ${status} X\r\n${headers}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

const envelope = (body: string): string =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`

const namespace = "http://www.docdatapayments.com/services/paymentservice/1_3/"

export const response = (root: string, inner: string): string =>
  envelope(`<${root}Response xmlns="${namespace}" ddpXsdVersion="1.3.15">${inner}</${root}Response>`)

export const statusReply = response(
  "status",
  "<statusSuccess><success code=\"SUCCESS\">Operation successful.</success><report>"
    + "<approximateTotals exchangedTo=\"EUR\" exchangeRateDate=\"2027-01-02 03:04:05\"><totalRegistered>1815</totalRegistered>"
    + "<totalShopperPending>0</totalShopperPending><totalAcquirerPending>0</totalAcquirerPending>"
    + "<totalAcquirerApproved>0</totalAcquirerApproved><totalCaptured>0</totalCaptured><totalRefunded>0</totalRefunded>"
    + "<totalChargedback>0</totalChargedback><totalReversed>0</totalReversed></approximateTotals></report></statusSuccess>"
)

export const createReply = response(
  "create",
  "<createSuccess><success code=\"SUCCESS\">Operation successful.</success><key>9F8E7D6C5B4A39281706F5E4D3C2B1A0</key></createSuccess>"
)

export const fault = envelope("<S:Fault><faultcode>S:Server</faultcode><faultstring>It broke.</faultstring></S:Fault>")
