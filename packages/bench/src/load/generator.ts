/**
 * The load generator, in a process of its own: sends notifications over many connections and prints what it saw as JSON.
 *
 * Each connection has an address of its own on the loopback network, because the service limits notifications per
 * source; each goes through its own share of the orders, over and over.
 */
import net from "node:net"
import { json } from "node:stream/consumers"
import autocannon from "autocannon"
import type { Volley } from "./Volley.ts"

const volley = await json(process.stdin) as Volley
const { connections, origin, references } = volley

let connected = 0
const connect = net.connect as (options: net.NetConnectOpts) => net.Socket
net.connect = ((port: number, host: string) => {
  const number = connected++ % connections
  return connect({ port, host, localAddress: `127.0.${1 + Math.floor(number / 250)}.${1 + number % 250}` })
}) as typeof net.connect

let started = 0
const result = await autocannon({
  url: origin,
  connections,
  ...volley.length,
  setupClient: (client) => {
    const first = started++
    const own = references.length === 1 ? references : references.filter((_, index) => index % connections === first)
    client.setRequests(
      own.map((orderReference) => ({ path: `/docdata/notifications?merchant=shop&order_id=${orderReference}` }))
    )
  }
})
console.log(JSON.stringify(result))
