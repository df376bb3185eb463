/**
 * Where a request comes from, for limits that count per source: the client itself, also behind proxies of the operator.
 */
import type { IncomingMessage } from "node:http"
import { isIP, type Socket } from "node:net"
import { isIn, networkList } from "./networks.ts"

/** Where a request comes from, for the limits per source. */
export type SourceOf = (incoming: IncomingMessage) => string

/** IPv6: a network gives a machine so many leading bits, and the machine chooses all others as often as it likes. */
const sourceGroups = 4

const groupCount = 8

const groupsOf = (part: string): ReadonlyArray<string> => part === "" ? [] : part.split(":")

/** The network that one client of IPv6 has to itself, in one spelling. */
const networkOfClient = (address: string): string => {
  // Dots spell the last two groups, which do not count.
  const [head = "", tail] = address.replace(/(?<=:)(?:\d{1,3}\.){3}\d{1,3}$/, "0:0").split("::")
  const [first, last] = [groupsOf(head), groupsOf(tail ?? "")]
  const groups = tail === undefined
    ? first
    : [...first, ...Array.from({ length: groupCount - first.length - last.length }, () => "0"), ...last]
  return `${groups.slice(0, sourceGroups).map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`
}

/** IPv4 in IPv6, as listeners of both see it, is IPv4. */
const unmapped = (address: string): string => address.replace(/^::ffff:(?=(?:\d{1,3}\.){3}\d{1,3}$)/i, "")

/** What counts as one source: an address of IPv4, a network of IPv6; any other text as it is. */
const sourceOfAddress = (address: string): string => isIP(address) === 6 ? networkOfClient(address) : address

/** The other end of a connection, as a source. */
export const sourceOfPeer = ({ remoteAddress = "unknown" }: Pick<Socket, "remoteAddress">): string =>
  sourceOfAddress(unmapped(remoteAddress))

/** The address in an item of `X-Forwarded-For`; some proxies write a port behind it. */
const addressIn = (item: string): string | undefined => {
  const text = item.trim()
  const bare = unmapped(/^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text)
  return isIP(bare) === 0 ? undefined : bare
}

/** Whether the other end of a connection is one of the proxies. */
export const isTrustedProxy = (trustedProxies: ReadonlyArray<string>): (peer: string | undefined) => boolean => {
  const trusted = networkList(trustedProxies)
  return (peer) => peer !== undefined && isIn(trusted, unmapped(peer))
}

/**
 * The peer of the connection, or for connections of trusted proxies the client they name. Each proxy appends the address
 * that it saw to `X-Forwarded-For`, so the list is read from its end, and nothing is believed beyond the first address
 * that is no trusted proxy.
 */
export const sourceBehind = (trustedProxies: ReadonlyArray<string> = []): SourceOf => {
  const isTrusted = isTrustedProxy(trustedProxies)
  return ({ headers, socket }) => {
    let address = unmapped(socket.remoteAddress ?? "unknown")
    const named = headers["x-forwarded-for"]
    const items = typeof named === "string" ? named.split(",") : []
    while (isTrusted(address)) {
      const next = addressIn(items.pop() ?? "")
      if (next === undefined) break
      address = next
    }
    return sourceOfAddress(address)
  }
}
