/**
 * Which addresses of the network a webhook may be sent to.
 *
 * Whoever may name a webhook's address must not reach the machines behind our own door with it: databases, metadata
 * services, printers. So only addresses of the public internet are called; everything reserved is refused, by number
 * and after the name was resolved.
 */
import { BlockList, isIPv4, isIPv6 } from "node:net"

const reservedV4 =
  ("0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 " +
    "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 " +
    "203.0.113.0/24 224.0.0.0/4 240.0.0.0/4").split(" ")

// Of the global range 2000::/3: Teredo and other protocol assignments, documentation, and 6to4, which holds any IPv4
// address. What lies outside that range is not public at all, among it mapped, local and translated addresses.
const reservedV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]

const listOf = (subnets: ReadonlyArray<string>, family: "ipv4" | "ipv6"): BlockList => {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [network = "", bits = ""] = subnet.split("/")
    list.addSubnet(network, Number(bits), family)
  }
  return list
}

const makeLists = () => ({
  reserved4: listOf(reservedV4, "ipv4"),
  reserved6: listOf(reservedV6, "ipv6"),
  global6: listOf(["2000::/3"], "ipv6")
})

// Made at the first address: commands that ask for none start without them.
let made: ReturnType<typeof makeLists> | undefined
const lists = (): ReturnType<typeof makeLists> => made ??= makeLists()

/** True for an address of the public internet. Anything that is no address is none. */
export const isPublicAddress = (address: string): boolean => {
  if (isIPv4(address)) return !lists().reserved4.check(address, "ipv4")
  return isIPv6(address) && lists().global6.check(address, "ipv6") && !lists().reserved6.check(address, "ipv6")
}

/** True for this machine: 127.0.0.0/8 and ::1. */
export const isLoopbackAddress = (address: string): boolean =>
  isIPv4(address) ? address.startsWith("127.") : address === "::1"
