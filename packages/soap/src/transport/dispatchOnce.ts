/**
 * One request over one connection: bytes out, a complete HTTP answer or a classified failure in.
 *
 * Redirects are not followed and nothing is decompressed: the service does neither, so whoever answers that way is
 * not the service.
 */
import * as Effect from "effect/Effect"
import type { Dispatcher, Pool } from "undici"
import type { Late } from "./Deadlines.ts"
import { type Failed, obstacleOf } from "./obstacleOf.ts"

/** A complete answer of whatever status but a redirect. */
export interface HttpAnswer {
  readonly status: number
  readonly body: Uint8Array
  readonly firstByteAtMs: number
}

export interface OneRequest {
  readonly path: string
  readonly soapAction: string
  readonly body: string
  /** By when there has to be a connection, and when the whole call is over: instants of `nowMs`. */
  readonly connectByMs: number
  readonly endMs: number
  readonly replyBytesMax: number
  /** Monotonic milliseconds of the caller's clock. */
  readonly nowMs: () => number
  /** Calls `late` when the instant has come; answers how to take that back. */
  readonly watch: (dueMs: number, late: Late) => () => void
}

type Resume = (effect: Effect.Effect<HttpAnswer, Failed>) => void

const aborted = new Error("given up")

/** Follows one request through undici's callbacks. */
class Attempt implements Dispatcher.DispatchHandler {
  started = false
  answering = false
  readonly #resume: Resume
  readonly #request: OneRequest
  readonly #chunks: Array<Buffer> = []
  #controller: Dispatcher.DispatchController | undefined
  #over = false
  #isConnecting = false
  #endWatch: (() => void) | undefined
  #status = 0
  #length = 0
  #firstByteAtMs = 0

  constructor(request: OneRequest, resume: Resume) {
    this.#request = request
    this.#resume = resume
  }

  /** Nobody waits any more. Before the start, this keeps the request from ever being written. */
  giveUp(): void {
    this.#finish()
    this.#controller?.abort(aborted)
  }

  /** Keeps both deadlines until the attempt is over, unless it is already. */
  keepDeadlines(): void {
    if (this.#over) return
    const { connectByMs, endMs, watch } = this.#request
    this.#isConnecting = connectByMs < endMs
    this.#endWatch = watch(this.#isConnecting ? connectByMs : endMs, () => this.#late())
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#over) controller.abort(aborted)
    else this.started = true
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, unknown>>
  ): void {
    // Interim answers (100, 103) announce the real one.
    if (status < 200) return
    this.answering = true
    this.#status = status
    this.#firstByteAtMs = this.#request.nowMs()
    const encoding = headers["content-encoding"]
    if (status >= 300 && status < 400) {
      this.#refuse({ obstacle: "redirect", sent: "answered", passing: false, httpStatus: status }, controller)
    } else if (encoding !== undefined && encoding !== "identity") {
      this.#refuse({ obstacle: "content-encoding", sent: "answered", passing: false, httpStatus: status }, controller)
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return
    this.#length += chunk.length
    if (this.#length > this.#request.replyBytesMax) {
      const failed = {
        obstacle: "reply-too-large",
        sent: "answered",
        passing: false,
        httpStatus: this.#status
      } as const
      this.#refuse(failed, controller)
      return
    }
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [only] = this.#chunks
    const body = only !== undefined && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks, this.#length)
    this.#end(Effect.succeed({ status: this.#status, body, firstByteAtMs: this.#firstByteAtMs }))
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const failed = obstacleOf(error, this)
    this.#end(Effect.fail(this.answering ? { ...failed, httpStatus: this.#status } : failed))
  }

  /** A connection that came in time leaves the deadline of the whole call. */
  #late(): number | undefined {
    const { started } = this
    if (this.#isConnecting && started) {
      this.#isConnecting = false
      return this.#request.endMs
    }
    this.#endWatch = undefined
    // The connection is destroyed before anybody hears of it.
    this.giveUp()
    this.#resume(Effect.fail(
      this.#isConnecting
        ? { obstacle: "connect-timeout", sent: "not-sent", passing: true }
        : { obstacle: "deadline", sent: started ? "unknown" : "not-sent", passing: true }
    ))
    return undefined
  }

  #refuse(failed: Failed, controller: Dispatcher.DispatchController): void {
    this.#end(Effect.fail(failed))
    controller.abort(aborted)
  }

  #end(effect: Effect.Effect<HttpAnswer, Failed>): void {
    if (this.#over) return
    this.#finish()
    this.#resume(effect)
  }

  #finish(): void {
    this.#over = true
    this.#endWatch?.()
    this.#endWatch = undefined
  }
}

const headersOf = (soapAction: string) => ({
  "content-type": "text/xml; charset=utf-8",
  accept: "text/xml",
  "accept-encoding": "identity",
  soapaction: soapAction
})

const send = (pool: Pool, { path, body, soapAction }: OneRequest, attempt: Attempt): void => {
  try {
    pool.dispatch({ path, method: "POST", body, headers: headersOf(soapAction) }, attempt)
  } catch (error) {
    // A pool that was closed refuses here; it has not taken the request.
    attempt.onResponseError(null, error instanceof Error ? error : aborted)
  }
}

/**
 * Posts once. Interruption and both deadlines destroy the connection of a request that was started, and keep one that
 * was not from being written.
 */
export const dispatchOnce = (pool: Pool, request: OneRequest): Effect.Effect<HttpAnswer, Failed> =>
  Effect.callback<HttpAnswer, Failed>((resume) => {
    const attempt = new Attempt(request, resume)
    send(pool, request, attempt)
    attempt.keepDeadlines()
    return Effect.sync(() => attempt.giveUp())
  })
