/** Sends an answer over HTTP, whole or with what the fault plan wants done to it. */
import type { ServerResponse } from "node:http"
import { gzipSync } from "node:zlib"
import type { Answer } from "../replies/replyEnvelope.ts"
import { faultAnswer } from "../replies/replyEnvelope.ts"
import type { FaultEffect } from "./Fault.ts"

const xmlType = "text/xml;charset=utf-8"
const htmlType = "text/html;charset=utf-8"

// Long enough for the bytes before a reset to reach a client on the same machine, whose system drops what is unread.
const resetAfterMs = 20

const maintenancePage =
  "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>We will be right back</h1></body></html>"

const shadowingDocumentType = `<!DOCTYPE S:Envelope [<!ENTITY amp "9"><!ENTITY lt "9"><!ENTITY paid "999999">]>`

/** Sends the right answer. */
export const sendWhole = (response: ServerResponse, answer: Answer): void =>
  send(response, { status: answer.status, type: xmlType, body: Buffer.from(answer.body) })

interface Page {
  readonly status: number
  readonly type: string
  readonly body: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

const send = (response: ServerResponse, { body, headers, status, type }: Page): void => {
  response.writeHead(status, { "content-type": type, "content-length": body.length, ...headers }).end(body)
}

/** Sends the answer as the fault has it. */
export const sendFaulty = (response: ServerResponse, answer: Answer, effect: FaultEffect): void => {
  const whole = Buffer.from(answer.body)
  switch (effect.kind) {
    case "errors":
    case "decline":
      return sendWhole(response, answer)
    case "delay":
      return later(response, effect.delayMs, () => sendWhole(response, answer))
    case "drip":
      response.writeHead(answer.status, { "content-type": xmlType, "content-length": whole.length })
      return drip(response, whole, { bytes: effect.bytes ?? 1, everyMs: effect.everyMs })
    case "reset-before-reading":
    case "reset-before-reply":
      response.socket?.resetAndDestroy()
      return
    case "reset-in-reply":
      response.writeHead(answer.status, { "content-type": xmlType, "content-length": whole.length })
      response.write(whole.subarray(0, Math.min(effect.afterBytes, whole.length - 1)))
      response.flushHeaders()
      return later(response, resetAfterMs, () => response.socket?.resetAndDestroy())
    case "truncated":
      return send(response, { status: answer.status, type: xmlType, body: whole.subarray(0, effect.afterBytes) })
    case "html":
      return send(response, { status: 200, type: htmlType, body: Buffer.from(maintenancePage) })
    case "gzip":
      return send(response, {
        status: answer.status,
        type: xmlType,
        body: gzipSync(whole),
        headers: { "content-encoding": "gzip" }
      })
    case "status":
      return send(response, { status: effect.status, ...bodyOf(effect.body) })
    case "redirect":
      return send(response, {
        status: effect.status,
        type: htmlType,
        body: Buffer.alloc(0),
        headers: { location: effect.location }
      })
    case "oversized": {
      const padding = Buffer.alloc(Math.max(0, effect.sizeBytes - whole.length), " ")
      return send(response, { status: answer.status, type: xmlType, body: Buffer.concat([whole, padding]) })
    }
    case "document-type":
      return send(response, {
        status: answer.status,
        type: xmlType,
        body: Buffer.from(answer.body.replace("?>", `?>${shadowingDocumentType}`))
      })
  }
}

const bodyOf = (body: "fault" | "html" | "empty"): { readonly type: string; readonly body: Buffer } => {
  switch (body) {
    case "fault":
      return { type: xmlType, body: Buffer.from(faultAnswer("Server", "Fault occurred while processing.").body) }
    case "html":
      return { type: htmlType, body: Buffer.from(maintenancePage) }
    case "empty":
      return { type: "text/plain", body: Buffer.alloc(0) }
  }
}

/** Does something later, unless the connection is gone by then. */
const later = (response: ServerResponse, ms: number, work: () => void): void => {
  const giveUp = (): void => clearTimeout(timer)
  const timer = setTimeout(() => {
    // A dripping reply comes here for every few bytes.
    response.off("close", giveUp)
    work()
  }, ms)
  response.once("close", giveUp)
}

const drip = (
  response: ServerResponse,
  rest: Buffer,
  pace: { readonly bytes: number; readonly everyMs: number }
): void => {
  if (rest.length === 0) {
    response.end()
    return
  }
  response.write(rest.subarray(0, pace.bytes))
  later(response, pace.everyMs, () => drip(response, rest.subarray(pace.bytes), pace))
}
