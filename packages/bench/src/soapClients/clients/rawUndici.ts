/** undici with as little as possible around it: the floor, and our reader and writer on top of it, one at a time. */
import { encodeRequest, readStatusReply } from "@docdata/soap"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { type Dispatcher, Pool } from "undici"
import { account, type OpenCaller, orderKey } from "../Caller.ts"

// As many as the gateway has in flight for one merchant, so that all do the same work at the same time.
const connections = 8

const headers = {
  "content-type": "text/xml; charset=utf-8",
  accept: "text/xml",
  "accept-encoding": "identity",
  soapaction: `"status"`
}

const envelope = (): string => {
  const encoded = encodeRequest("status", {
    merchant: {
      environment: "test",
      merchantName: account.name,
      password: Redacted.make(account.password)
    },
    input: { orderKey }
  })
  if ("problems" in encoded) throw new Error("the request of the benchmark is wrong")
  return encoded.xml
}

/** `Pool.request` and the whole body, unread. */
export const openRequest: OpenCaller = async (url) => {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections, pipelining: 1 })
  const body = envelope()
  return {
    ask: async () => {
      const answer = await pool.request({ path: pathname, method: "POST", body, headers })
      await answer.body.arrayBuffer()
      return undefined
    },
    close: () => pool.close()
  }
}

class Collect implements Dispatcher.DispatchHandler {
  readonly #chunks: Array<Buffer> = []
  readonly #resolve: (body: Buffer) => void
  readonly #reject: (error: Error) => void
  constructor(resolve: (body: Buffer) => void, reject: (error: Error) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }
  // undici insists on these two.
  onRequestStart(): void {}
  onResponseStart(): void {}
  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }
  onResponseEnd(): void {
    this.#resolve(this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks))
  }
  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#reject(error)
  }
}

interface Work {
  readonly body: () => string
  readonly read: (reply: Buffer) => number | undefined
}

const dispatching = ({ body, read }: Work): OpenCaller => async (url) => {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections, pipelining: 1 })
  return {
    ask: () =>
      new Promise<Buffer>((resolve, reject) => {
        pool.dispatch({ path: pathname, method: "POST", body: body(), headers }, new Collect(resolve, reject))
      }).then(read),
    close: () => pool.close()
  }
}

const readCaptured = (reply: Buffer): number | undefined => {
  const read = readStatusReply(reply)
  return Result.isSuccess(read) && read.success._tag === "Success" ? read.success.value.totals.captured : undefined
}

const once = envelope()

/** `Pool.dispatch` and the whole body, unread: the floor. */
export const openDispatch = dispatching({ body: () => once, read: () => undefined })
/** The same, with the strict reading and typed decoding of the gateway. */
export const openDispatchAndRead = dispatching({ body: () => once, read: readCaptured })
/** The same, with the checking and writing of each request as well. */
export const openDispatchWriteAndRead = dispatching({ body: envelope, read: readCaptured })
