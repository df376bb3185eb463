/**
 * The addresses of webhook subscribers' hosts, looked up apart from everything else.
 *
 * A lookup by the operating system takes one of the few threads of the process, and one that was given up keeps it: a
 * subscriber whose name server never answers would stop all lookups. So name servers are asked over sockets of our own,
 * and a lookup that takes too long is cancelled. Names of the hosts file are known as well, as it was at the
 * first lookup; search domains and other sources of names are not used: give full names.
 */
import { NODATA, NOTFOUND, Resolver, TIMEOUT } from "node:dns"
import { readFileSync } from "node:fs"
import { isIP, type LookupFunction } from "node:net"

/** An address as `node:net` takes it. */
export interface HostAddress {
  readonly address: string
  readonly family: number
}

/** Half of what a delivery may take: whoever is found late is still sent to. */
const lookupMsMax = 10_000

/** A try of one name server: they answer in milliseconds, or another one is asked. */
const tryMs = 2_000

/** Different hosts that one owner may have looked up at once: each takes a socket. A tenant has fewer endpoints. */
const lookupsMaxPerOwner = 100

/** `done` receives the addresses, of none when there is no answer, once. */
type Found = (problem: NodeJS.ErrnoException | null, addresses: ReadonlyArray<HostAddress>) => void

const failure = (code: string): NodeJS.ErrnoException => Object.assign(new Error("the name has no address"), { code })

const hostsFile = process.platform === "win32" ? "C:\\Windows\\System32\\drivers\\etc\\hosts" : "/etc/hosts"

const readHosts = (): ReadonlyMap<string, ReadonlyArray<HostAddress>> => {
  const known = new Map<string, ReadonlyArray<HostAddress>>()
  let text = ""
  try {
    text = readFileSync(hostsFile, "utf8")
  } catch {
    // Small containers have none.
  }
  // RFC 6761: this name is never asked about.
  for (const line of ["127.0.0.1 localhost", ...text.split("\n")]) {
    const [address = "", ...names] = line.replace(/#.*/, "").trim().split(/\s+/)
    const family = isIP(address)
    if (family === 0) continue
    for (const name of names) {
      const key = name.toLowerCase()
      known.set(key, [...known.get(key) ?? [], { address, family }])
    }
  }
  return known
}

/** Asks for both kinds of addresses; ends by itself. */
const ask = (resolver: Resolver, host: string, done: Found): void => {
  const late = setTimeout(() => resolver.cancel(), lookupMsMax)
  const found: Array<HostAddress> = []
  let problem: NodeJS.ErrnoException | null = null
  let open = 2
  const received =
    (family: number) => (refused: NodeJS.ErrnoException | null, addresses: ReadonlyArray<string> = []) => {
      // That there is none of the other kind says less than any other problem.
      if (refused !== null && (problem === null || problem.code === NODATA)) problem = refused
      else for (const address of addresses) found.push({ address, family })
      open -= 1
      if (open > 0) return
      clearTimeout(late)
      if (found.length > 0) done(null, found)
      else done(failure(problem?.code === "ECANCELLED" ? TIMEOUT : problem?.code ?? NOTFOUND), [])
    }
  resolver.resolve4(host, received(4))
  resolver.resolve6(host, received(6))
}

/** One under way, and who waits for it. */
interface Lookup {
  readonly resolver: Resolver
  readonly waiting: Array<Found>
}

/** Looks names up for one owner after the other, none of whom waits for another. */
export class SubscriberNames {
  readonly #servers: ReadonlyArray<string> | undefined
  #hosts: ReturnType<typeof readHosts> | undefined
  /** Per owner and host. */
  readonly #asked = new Map<string, Map<string, Lookup>>()

  /** The machine's own name servers unless others are given, as addresses with ports. */
  constructor(servers?: ReadonlyArray<string>) {
    this.#servers = servers
  }

  /** The addresses of a host. Deliveries to one host at once share a lookup. */
  find(owner: string, host: string, done: Found): void {
    this.#hosts ??= readHosts()
    const known = this.#hosts.get(host.toLowerCase())
    if (known !== undefined) {
      done(null, known)
      return
    }
    const asked = this.#asked.get(owner) ?? new Map<string, Lookup>()
    const shared = asked.get(host)
    if (shared !== undefined) {
      shared.waiting.push(done)
      return
    }
    if (asked.size >= lookupsMaxPerOwner) {
      done(failure("EBUSY"), [])
      return
    }
    const resolver = new Resolver({ timeout: tryMs, tries: 2 })
    if (this.#servers !== undefined) resolver.setServers(this.#servers)
    const waiting = [done]
    this.#asked.set(owner, asked.set(host, { resolver, waiting }))
    ask(resolver, host, (problem, addresses) => {
      asked.delete(host)
      if (asked.size === 0) this.#asked.delete(owner)
      for (const one of waiting) one(problem, addresses)
    })
  }

  /** Ends every lookup under way: a process that ends waits for none. */
  cancel(): void {
    for (const asked of this.#asked.values()) for (const { resolver } of asked.values()) resolver.cancel()
  }
}

/** As Node looks up the host of a connection; `check` may refuse what was found. */
export const lookupBy = (
  find: (host: string, done: Found) => void,
  check: (addresses: ReadonlyArray<HostAddress>) => Error | undefined
): LookupFunction =>
(host, options, done) =>
  find(host, (problem, addresses) => {
    const [first] = addresses
    const refused = problem ?? check(addresses)
    if (first === undefined || refused !== undefined) done(refused ?? failure(NOTFOUND), "", 0)
    else if (options.all === true) done(null, [...addresses])
    else done(null, first.address, first.family)
  })
