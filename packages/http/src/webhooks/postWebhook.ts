/**
 * Sends one webhook: one POST, no redirects, to a public address only.
 */
import { request as requestHttp } from "node:http"
import { request as requestHttps } from "node:https"
import { isIP, type LookupFunction } from "node:net"
import { isLoopbackAddress, isPublicAddress } from "./publicAddress.ts"
import { lookupBy, SubscriberNames } from "./SubscriberNames.ts"

/** Where to, and whether this machine itself may be called (for tests and trials). */
export interface WebhookTarget {
  readonly url: string
  readonly allowLoopback: boolean
  /** Whose endpoint it is: its lookups of names keep nobody else's waiting. */
  readonly owner?: string
  readonly names?: SubscriberNames
}

/**
 * What came of it: a status of the receiver and how long it asks to be left alone, or a word for why there is none:
 * `address-refused`, `aborted`, or the connection's own code. No address and no content is in it.
 */
export type WebhookAnswer =
  | { readonly status: number; readonly retryAfter?: string }
  | { readonly fault: string }

let sharedNames: SubscriberNames | undefined
const ownNames = (): SubscriberNames => sharedNames ??= new SubscriberNames()

const forbidden = "the address is not a public one"

const mayCall = (address: string, { allowLoopback }: WebhookTarget): boolean =>
  isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address))

// The connection is made to the very addresses that were checked: a name that changes its mind in between changes nothing.
const checkedLookup = ({ names = ownNames(), owner = "", ...target }: WebhookTarget): LookupFunction =>
  lookupBy(
    (host, done) => names.find(owner, host, done),
    (found) => found.every(({ address }) => mayCall(address, target)) ? undefined : new Error(forbidden)
  )

/** Why a target can never be called, or `undefined`. Checked at start, and again before every call. */
export const webhookTargetViolation = (target: WebhookTarget): string | undefined => {
  const url = URL.parse(target.url)
  if (url === null) return "it is no absolute address"
  if (url.username !== "" || url.password !== "") return "it holds credentials"
  const host = url.hostname.replaceAll(/^\[|\]$/g, "")
  const isLoopback = isLoopbackAddress(host) || host === "localhost"
  if (url.protocol !== "https:" && !(url.protocol === "http:" && target.allowLoopback && isLoopback)) {
    return "it is not https"
  }
  return isIP(host) !== 0 && !mayCall(host, target) ? forbidden : undefined
}

/** What is sent. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends and resolves with what came of it; never rejects. `signal` gives up. */
export const postWebhook = (
  target: WebhookTarget,
  { body, headers }: WebhookRequest,
  signal: AbortSignal
): Promise<WebhookAnswer> => {
  if (webhookTargetViolation(target) !== undefined) return Promise.resolve({ fault: "address-refused" })
  const url = new URL(target.url)
  const request = url.protocol === "https:" ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      signal,
      lookup: checkedLookup(target),
      headers: {
        ...headers,
        "content-type": "application/json; charset=utf-8",
        "content-length": String(Buffer.byteLength(body)),
        "user-agent": "docdata-webhooks"
      }
    }, (answer) => {
      // Only status and Retry-After count. What the receiver says besides is nothing to keep or to wait for.
      const retryAfter = answer.headers["retry-after"]
      resolve({ status: answer.statusCode ?? 0, ...(retryAfter === undefined ? {} : { retryAfter }) })
      answer.destroy()
    })
    // Another protocol was not asked for, and whoever switches to it has said nothing about the message.
    outgoing.on("upgrade", (answer, socket) => {
      socket.destroy()
      resolve({ status: answer.statusCode ?? 0 })
    })
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      if (signal.aborted) resolve({ fault: "aborted" })
      else resolve({ fault: error.message === forbidden ? "address-refused" : error.code ?? "connection" })
    })
    outgoing.end(body)
  })
}
