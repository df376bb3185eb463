/** Finds out what an HTTP request wants: the SOAP endpoint, the menu, the bank page or the control API. */
import type { IncomingMessage, ServerResponse } from "node:http"
import { servicePath } from "../contract/Contract.ts"
import { handleControl } from "../control/controlRoutes.ts"
import { controlBytesMax } from "../limits.ts"
import type { MenuAnswer } from "../menu/menuRoutes.ts"
import { answerBank, chooseInMenu, openBank, openMenu } from "../menu/menuRoutes.ts"
import { isLoopbackClient } from "../notifications/loopback.ts"
import type { Simulator } from "../Simulator.ts"
import type { World } from "../World.ts"
import { readBody } from "./readBody.ts"
import type { SoapEndpoint } from "./soapEndpoint.ts"
import { serveDescription, serveOperation } from "./soapEndpoint.ts"

export interface Serving extends SoapEndpoint {
  readonly simulator: Simulator
}

export const handleRequest = async (
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> => {
  const url = new URL(request.url ?? "/", serving.origin)
  if (url.pathname === servicePath) {
    if (request.method === "POST") return serveOperation(serving, request, response)
    if (request.method === "GET" || request.method === "HEAD") {
      return serveDescription(response, serving.origin, url.search.slice(1))
    }
    return empty(response, 405)
  }
  if (url.pathname === "/ps/orderapi-1_3.wsdl") return serveDescription(response, serving.origin, "wsdl")
  if (url.pathname === "/ps/menu" || url.pathname === "/ps/bank") {
    return servePage(serving.world, { request, response, url })
  }
  if (url.pathname === "/control" || url.pathname.startsWith("/control/")) {
    return serveControl(serving, { request, response, url })
  }
  return empty(response, 404)
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
}

const empty = (response: ServerResponse, status: number): void => {
  response.writeHead(status, { "content-length": 0 }).end()
}

const servePage = async (world: World, { request, response, url }: Exchange): Promise<void> => {
  const isMenu = url.pathname === "/ps/menu"
  if (request.method === "GET" || request.method === "HEAD") {
    return sendPage(response, isMenu ? openMenu(world, url.searchParams) : openBank(world, url.searchParams))
  }
  if (request.method !== "POST") return empty(response, 405)
  const body = await readBody(request, controlBytesMax)
  if (body === undefined) return empty(response, 413)
  const form = new URLSearchParams(body.toString("utf8"))
  if (isMenu) return sendPage(response, chooseInMenu(world, form))
  // A 3-D Secure redirect posts the shopper here; the answer of the page itself has a field of its own.
  sendPage(response, form.has("answer") ? answerBank(world, form) : openBank(world, form))
}

const sendPage = (response: ServerResponse, answer: MenuAnswer): void => {
  if ("redirect" in answer) {
    response.writeHead(303, { location: answer.redirect, "content-length": 0 }).end()
    return
  }
  response.writeHead(answer.status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer"
  }).end(answer.html)
}

/** Reconfiguring is for this machine only: neither other machines nor pages of other sites in a browser here. */
const isAllowed = (request: IncomingMessage, origin: string): boolean => {
  const host = request.headers.host?.replace(/:\d+$/, "") ?? ""
  const isLocalName = host === "localhost" || isLoopbackClient(host.replaceAll(/^\[|\]$/g, ""))
  const from = request.headers.origin
  return isLoopbackClient(request.socket.remoteAddress) && isLocalName && (from === undefined || from === origin)
}

const serveControl = async (serving: Serving, { request, response, url }: Exchange): Promise<void> => {
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" }).end(
      JSON.stringify(body)
    )
  }
  if (!isAllowed(request, serving.origin)) return send(403, { error: "the control API answers to this machine only" })
  const bytes = await readBody(request, controlBytesMax)
  if (bytes === undefined) return send(413, { error: `a request has at most ${controlBytesMax} bytes` })
  const text = bytes.toString("utf8")
  // A page of another site can post plain text without asking first, but not JSON.
  const isJson = request.headers["content-type"]?.startsWith("application/json") ?? false
  if (text !== "" && !isJson) return send(415, { error: "send application/json" })
  const { body, status } = await handleControl(serving.simulator, {
    method: request.method ?? "GET",
    path: url.pathname.slice("/control".length),
    query: url.searchParams,
    text
  })
  send(status, body)
}
