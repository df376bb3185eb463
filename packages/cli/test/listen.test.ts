/**
 * `docdata webhooks listen` beside a service that is busy, restarts or says no: a stand-in that the tests lead.
 */
import { afterEach, describe, expect, it } from "vitest"
import { inProcess } from "./support/inProcess.ts"
import { type Answer, sendJson, type StandIn, startStandIn } from "./support/standIn.ts"

const ends: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const serve = async (answer: Answer, port?: number): Promise<StandIn> => {
  const standIn = await startStandIn(answer, port)
  ends.push(standIn.close)
  return standIn
}

const eventAt = (place: number) => ({
  id: `ord_${place}-1-0`,
  type: "order.created",
  merchant: "shop",
  orderId: `ord_${place}`,
  revision: 1,
  position: 0,
  occurredAtMs: 1_000 * place,
  data: {}
})

const order = (id: string) => ({
  id,
  shopReference: `web-${id}`,
  orderReference: `web-${id}-1`,
  orderAttempt: 1,
  currency: "EUR",
  grossMinor: 4_990
})

/** A service with a feed of events at the places 1, 2 and so on. */
class Service {
  positionsCount = 0
  /** How often the feed was asked for what follows. */
  readsCount = 0
  /** Answers in place of the service, as often as there is one. */
  readonly refusals: Array<Answer> = []

  readonly answer: Answer = (request, response) => {
    const url = new URL(request.url ?? "", "http://127.0.0.1")
    const refusal = this.refusals.shift()
    if (refusal !== undefined) return refusal(request, response)
    if (url.pathname !== "/v1/events") return sendJson(response, { body: order(url.pathname.split("/").at(-1)!) })
    const [after, limit] = [url.searchParams.get("after"), url.searchParams.get("limit") ?? "50"].map(Number)
    if (url.searchParams.get("orderId") === "none") {
      return sendJson(response, { body: { events: [], next: this.positionsCount, more: false } })
    }
    this.readsCount++
    const until = Math.min(after! + limit!, this.positionsCount)
    const events = Array.from({ length: until - after! }, (_, index) => eventAt(after! + index + 1))
    sendJson(response, { body: { events, next: until, more: until < this.positionsCount } })
  }
}

const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer => (_, response) =>
  sendJson(response, { status, body: { status, code, detail: "not now" }, headers })

/** A program that is told of events and answers with the next of the statuses, 204 when there is none. */
const program = async (statuses: ReadonlyArray<number> = []) => {
  const received: Array<string> = []
  const { origin } = await serve((request, response) => {
    received.push(String(request.headers["webhook-id"]))
    request.resume()
    response.writeHead(statuses[received.length - 1] ?? 204)
    response.end()
  })
  return { url: `${origin}/hooks`, received }
}

/** Listens until the test ends it. */
const listening = (origin: string, ...args: ReadonlyArray<string>) => {
  let end = (): void => undefined
  const text = { stdout: "", stderr: "" }
  const ended = inProcess(["webhooks", "listen", ...args], "", {
    environment: { DOCDATA_SERVICE_URL: origin, DOCDATA_API_KEY: "dk_test" },
    nowMs: Date.now,
    write: async (words) => {
      text.stdout += words
    },
    complain: (line) => {
      text.stderr += `${line}\n`
    },
    interrupted: () =>
      new Promise<void>((resolve) => {
        end = resolve
      })
  })
  const stop = async () => {
    end()
    return { exit: (await ended).exit, ...text }
  }
  return { text, ended, stop }
}

const eventually = <A>(read: () => A) => expect.poll(read, { timeout: 20_000 })

describe("docdata webhooks listen", () => {
  it("waits as long as a busy service says, and loses nothing", async () => {
    const service = new Service()
    const { origin } = await serve(service.answer)
    const { received, url } = await program()
    const listener = listening(origin, "--forward-to", url)
    await eventually(() => service.readsCount).toBeGreaterThan(0)
    service.refusals.push(problem(429, "rate-limited", { "retry-after": "2" }), problem(503, "store-unavailable"))
    service.positionsCount = 3
    await eventually(() => received).toEqual(["ord_1-1-0", "ord_2-1-0", "ord_3-1-0"])
    const { exit, stderr } = await listener.stop()
    expect(exit).toBe(0)
    expect(stderr).toContain("docdata webhooks listen: rate-limited: not now; trying again in 2 s\n")
    expect(stderr).toMatch(/: store-unavailable: not now; trying again in \d+ s\n.*: the service answers again\n/)
  })

  it("goes on with what happened while the service was away", async () => {
    const service = new Service()
    const first = await serve(service.answer)
    const { received, url } = await program()
    const listener = listening(first.origin, "--forward-to", url)
    await eventually(() => service.readsCount).toBeGreaterThan(0)
    service.positionsCount = 1
    await eventually(() => received).toEqual(["ord_1-1-0"])
    await first.close()
    await eventually(() => listener.text.stderr).toMatch(/no answer of the service \(ECONNREFUSED\)/)
    service.positionsCount = 3
    await serve(service.answer, first.port)
    await eventually(() => received).toEqual(["ord_1-1-0", "ord_2-1-0", "ord_3-1-0"])
    expect((await listener.stop()).exit).toBe(0)
  })

  it("tells its place when it ends, and goes on after it", async () => {
    const service = new Service()
    service.positionsCount = 5
    const { origin } = await serve(service.answer)
    const { received, url } = await program()
    const listener = listening(origin, "--forward-to", url, "--after", "3")
    await eventually(() => received).toEqual(["ord_4-1-0", "ord_5-1-0"])
    await eventually(() => listener.text.stdout.split("\n").length).toBe(4)
    const { exit, stderr } = await listener.stop()
    const [, place] = /^docdata webhooks listen: go on with --after (\d+)\n$/m.exec(stderr) ?? []
    expect([exit, place]).toEqual([0, "5"])
    service.positionsCount = 6
    const again = listening(origin, "--forward-to", url, "--after", place!)
    await eventually(() => received.slice(2)).toEqual(["ord_6-1-0"])
    await again.stop()
  })

  it("ends when the service says no, and tells its place", async () => {
    const service = new Service()
    service.positionsCount = 2
    const { origin } = await serve(service.answer)
    const { received, url } = await program()
    const listener = listening(origin, "--forward-to", url, "--after", "0")
    await eventually(() => received.length).toBe(2)
    service.refusals.push(problem(401, "unauthorized"))
    const { exit } = await listener.ended
    expect(exit).toBe(4)
    expect(listener.text.stderr).toMatch(
      /does not know the key in DOCDATA_API_KEY\ndocdata webhooks listen: go on with --after 2\n$/
    )
  })

  it("shows what the program refuses or does not receive, and does not try it again", async () => {
    const service = new Service()
    service.positionsCount = 3
    const { origin } = await serve(service.answer)
    const { received, url } = await program([204, 500])
    const listener = listening(origin, "--forward-to", url, "--after", "0")
    await eventually(() => listener.text.stdout).toMatch(/ord_1 +204.*\n.*ord_2 +500.*\n.*ord_3 +204/)
    expect(received).toEqual(["ord_1-1-0", "ord_2-1-0", "ord_3-1-0"])
    await listener.stop()
    const nobody = listening(origin, "--forward-to", "http://127.0.0.1:9/hooks", "--after", "2", "--json")
    await eventually(() => nobody.text.stdout).toContain("\"fault\":\"ECONNREFUSED\"")
    expect((await nobody.stop()).stderr).toContain("go on with --after 3\n")
  })

  it("refuses a place that is none", async () => {
    const { ended } = listening("http://127.0.0.1:9", "--forward-to", "http://127.0.0.1:9/", "--after", "1x")
    expect((await ended).exit).toBe(2)
  })
})
