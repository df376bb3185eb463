/** The SOAP endpoint over HTTP: WSDL and schema on GET, operations on POST, faults of the plan in between. */
import type { IncomingMessage, ServerResponse } from "node:http"
import type { OperationName } from "../contract/Contract.ts"
import { operationByAction } from "../contract/Contract.ts"
import { printSchema } from "../contract/printSchema.ts"
import { printWsdl } from "../contract/printWsdl.ts"
import type { Fault } from "../faults/Fault.ts"
import type { FaultPlan, RequestSubject } from "../faults/FaultPlan.ts"
import { sendFaulty, sendWhole } from "../faults/sendAnswer.ts"
import { requestBytesMax } from "../limits.ts"
import type { ReadRequest } from "../operations/answerRequest.ts"
import { answerRequest, readRequest } from "../operations/answerRequest.ts"
import { subjectOrderKey } from "../operations/Outcome.ts"
import { present } from "../present.ts"
import type { Answer } from "../replies/replyEnvelope.ts"
import type { World } from "../World.ts"
import { childOf } from "../xml/XmlElement.ts"
import { decodeUtf8, readBody } from "./readBody.ts"
import type { RequestLog } from "./RequestLog.ts"
import { maskedText } from "./RequestLog.ts"

export interface SoapEndpoint {
  readonly world: World
  readonly faults: FaultPlan
  readonly log: RequestLog
  readonly origin: string
}

/** Serves WSDL and schema. `?xsd=2` is an empty document, as on the real server. */
export const serveDescription = (response: ServerResponse, origin: string, query: string): void => {
  const body = query === "xsd=1" ? printSchema() : query === "xsd=2" ? "" : printWsdl(origin)
  response.writeHead(200, { "content-type": "text/xml;charset=utf-8" }).end(body)
}

/** Answers one POST. */
export const serveOperation = async (
  endpoint: SoapEndpoint,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> => {
  const { faults, log, world } = endpoint
  const header = request.headers["soapaction"]
  const announced = operationByAction(Array.isArray(header) ? header[0] : header)?.name
  const resetUnread = ({ effect }: Fault): void => {
    log.add({
      atMs: world.nowMs,
      executed: false,
      outcome: "not-read",
      fault: effect.kind,
      ...present({ operation: announced })
    })
    request.socket.resetAndDestroy()
  }
  // Before the body is read only the header says what the request is.
  const early = announced !== undefined && faults.isUnread({ operation: announced })
    ? faults.take({ operation: announced })
    : undefined
  if (early !== undefined) return resetUnread(early)
  const bytes = await readBody(request, requestBytesMax)
  if (bytes === undefined) {
    log.add({ atMs: world.nowMs, executed: false, outcome: "not-read", ...present({ operation: announced }) })
    response.writeHead(413, { connection: "close" }).end()
    return
  }
  const text = decodeUtf8(bytes)
  const read: ReadRequest = text === undefined
    ? { kind: "unreadable", reason: "The message is no UTF-8." }
    : readRequest(text)
  const fault = faults.take({ operation: announced ?? operationOf(read), ...subjectOf(world, read) })
  // One that is bound to an order or a merchant had to wait for the body.
  if (fault?.effect.kind === "reset-before-reading") return resetUnread(fault)
  const answer = execute(endpoint, read, fault)
  record(endpoint, { answer, fault, read })
  if (fault === undefined) sendWhole(response, answer)
  else sendFaulty(response, answer, fault.effect)
}

const subjectOf = (world: World, read: ReadRequest): RequestSubject =>
  read.kind === "request"
    ? { merchant: childOf(read.root, "merchant")?.attributes.get("name"), orderKey: subjectOrderKey(world, read.root) }
    : {}

const operationOf = (read: ReadRequest): OperationName | undefined =>
  read.kind === "request" ? read.operation.name : undefined

/** Executes the request. If the fault says it had no effect, everything it changed is put back. */
const execute = ({ origin, world }: SoapEndpoint, read: ReadRequest, fault: Fault | undefined): Answer => {
  const effect = fault?.effect
  if (effect?.kind === "errors") return answerRequest(world, read, { origin, errors: effect.errors })
  const before = fault !== undefined && !fault.executed ? world.snapshot() : undefined
  const answer = answerRequest(world, read, {
    origin,
    ...present({ decline: effect?.kind === "decline" ? effect.as : undefined })
  })
  if (before !== undefined) world.restore(before)
  return answer
}

const record = (
  { log, world }: SoapEndpoint,
  { answer, fault, read }: { readonly answer: Answer; readonly fault: Fault | undefined; readonly read: ReadRequest }
): void => {
  const understood = read.kind === "request" ? read : undefined
  const violation = understood?.violation
  log.add({
    atMs: world.nowMs,
    executed: answer.outcome === "success" && (fault === undefined || fault.executed),
    outcome: answer.outcome,
    ...present({
      operation: operationOf(read),
      errors: answer.errors?.map(({ code, text }) => ({ code, text: maskedText(text) })),
      fault: fault?.effect.kind,
      violation: violation && present({ path: violation.path, detail: violation.detail })
    })
    // The text of a schema error repeats the value; the entry's own errors have it masked.
  }, present({ request: understood?.root, reply: violation === undefined ? answer.reply : undefined }))
}
