/**
 * HTTP GETs that never leave the machine: notifications to the shop and the browser of a simulated shopper.
 *
 * A simulator that anybody may reconfigure must not become a way to make requests into somebody's network, so targets
 * are limited to loopback, by name and again by the address the name turns out to have.
 */
import { lookup } from "node:dns"
import { request } from "node:http"
import { isIPv4, isIPv6 } from "node:net"
import { notificationTimeoutMs } from "../limits.ts"

/** A target that is not on this machine, or no plain http URL. */
export class TargetNotLoopback extends Error {
  override readonly name = "TargetNotLoopback"
  constructor(target: string) {
    super(
      `"${target}" is not allowed: the simulator only calls http addresses of this machine (127.0.0.1, ::1 or localhost)`
    )
  }
}

const isLoopbackAddress = (address: string): boolean =>
  (isIPv4(address) && address.startsWith("127.")) ||
  (isIPv6(address) && (address === "::1" || address.startsWith("::ffff:127.")))

/** Throws {@link TargetNotLoopback} unless the URL is http and its host is this machine. */
export const checkLoopback = (target: string): URL => {
  const url = URL.parse(target)
  const host = url?.hostname.replaceAll(/^\[|\]$/g, "") ?? ""
  if (url?.protocol !== "http:" || !(host === "localhost" || isLoopbackAddress(host))) {
    throw new TargetNotLoopback(target)
  }
  return url
}

/** True for the address of a client on this machine. */
export const isLoopbackClient = (address: string | undefined): boolean =>
  address !== undefined && isLoopbackAddress(address)

/** Status of a GET, or why there was none. Redirects are not followed, the body is not kept. */
export const getOnLoopback = (
  target: string,
  options: { readonly signal?: AbortSignal } = {}
): Promise<{ readonly status: number } | { readonly failed: string }> => {
  const url = checkLoopback(target)
  return new Promise((resolve) => {
    const outgoing = request(url, {
      ...options,
      agent: false,
      timeout: notificationTimeoutMs,
      headers: { "user-agent": "docdata-simulator" },
      // The name was checked above; what it resolves to is checked here, where the connection is made.
      lookup: (host, options, done) =>
        lookup(host, options, (problem, address, family) => {
          const found = typeof address === "string" ? [address] : address.map((entry) => entry.address)
          if (problem === null && !found.every(isLoopbackAddress)) done(new TargetNotLoopback(host), address, family)
          else done(problem, address, family)
        })
    }, (answer) => {
      answer.resume()
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0 }))
      answer.on("error", (problem) => resolve({ failed: problem.message }))
    })
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${notificationTimeoutMs} ms`)))
    outgoing.on("error", (problem) => resolve({ failed: "code" in problem ? String(problem.code) : problem.message }))
    outgoing.end()
  })
}
