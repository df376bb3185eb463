/**
 * The addresses of Docdata's host, remembered: a slow or absent name server stops no order.
 */
import { lookup, type LookupAddress } from "node:dns"
import type { LookupFunction } from "node:net"

/** How long addresses are used without asking again. Docdata's change rarely, and must be followed within minutes. */
const freshMs = 60_000

/** How long they stand in for an answer that fails or is late: an outage of a name server is over by then. */
const rememberedMs = 30 * 60_000

/** Name servers answer in milliseconds. A fifth of what a connection may take. */
const patienceMs = 1_000

interface Known {
  readonly addresses: ReadonlyArray<LookupAddress>
  readonly atMs: number
}

/** As `find` looks hosts up, and from memory when it has just answered, is late or fails. For one host and one pool. */
export const rememberAddress = (nowMs: () => number, find: LookupFunction = lookup): LookupFunction => {
  let known: Known | undefined
  const recall = (withinMs: number) =>
    known !== undefined && nowMs() - known.atMs < withinMs ? known.addresses : undefined
  return (host, options, done) => {
    const answer = (addresses: ReadonlyArray<LookupAddress>): void => {
      const [first] = addresses
      if (options.all === true) done(null, [...addresses])
      else done(null, first?.address ?? "", first?.family ?? 0)
    }
    const fresh = recall(freshMs)
    if (fresh !== undefined) return answer(fresh)
    const old = recall(rememberedMs)
    let isAnswered = false
    const once = (reply: () => void): void => {
      if (!isAnswered) reply()
      isAnswered = true
    }
    const late = old === undefined ? undefined : setTimeout(() => once(() => answer(old)), patienceMs)
    find(host, { ...options, all: true }, (problem, found) => {
      clearTimeout(late)
      const addresses = Array.isArray(found) ? found : []
      if (problem === null && addresses.length > 0) {
        known = { addresses, atMs: nowMs() }
        once(() => answer(addresses))
      } else if (old !== undefined) once(() => answer(old))
      else once(() => done(problem ?? new Error("no address"), "", 0))
    })
  }
}
