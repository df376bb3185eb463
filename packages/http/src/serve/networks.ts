/**
 * Lists of addresses and networks of the Internet Protocol, as an operator writes them: `10.0.0.0/8`, `2001:db8::1`.
 */
import { BlockList, isIP } from "node:net"

const bitsOf = { 4: 32, 6: 128 } as const

interface Network {
  readonly address: string
  readonly bits: number
  readonly family: "ipv4" | "ipv6"
}

const networkOf = (text: string): Network | undefined => {
  const [, address = "", length] = /^([0-9A-Fa-f.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const version = isIP(address)
  if (version !== 4 && version !== 6) return undefined
  const bits = length === undefined ? bitsOf[version] : Number(length)
  return bits > bitsOf[version] ? undefined : { address, bits, family: `ipv${version}` }
}

/** True for an address, and for a network as an address and the number of its leading bits. */
export const isNetwork = (text: string): boolean => networkOf(text) !== undefined

/** A list that knows which addresses are in one of the networks. What is no network adds nothing. */
export const networkList = (texts: ReadonlyArray<string>): BlockList => {
  const list = new BlockList()
  for (const text of texts) {
    const network = networkOf(text)
    if (network !== undefined) list.addSubnet(network.address, network.bits, network.family)
  }
  return list
}

/** True for an address in one of the networks of the list. */
export const isIn = (list: BlockList, address: string): boolean => {
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6")
}
