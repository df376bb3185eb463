/**
 * What the commands on webhooks make of answers that are none, or none of docdata's: whether it may have been done.
 */
import { afterEach, describe, expect, it } from "vitest"
import { inProcess } from "./support/inProcess.ts"
import { type Answer, sendJson, type StandIn, startStandIn } from "./support/standIn.ts"

let standIn: StandIn | undefined
afterEach(async () => {
  await standIn?.close()
})

const text = (status: number, body: string, headers: Record<string, string> = {}): Answer => (_, response) => {
  response.writeHead(status, { "content-type": "text/html", ...headers })
  response.end(body)
}

const problem = (status: number, code: string): Answer => (_, response) =>
  sendJson(response, { status, body: { status, code, detail: "so it is" } })

const page = "<html><body>Bad Gateway</body></html>"

const cut: Answer = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" })
  response.write("{")
  setImmediate(() => response.destroy())
}

const reading = ["webhooks", "list"]
const changing = ["webhooks", "test", "whe_1"]

const ask = async (args: ReadonlyArray<string>, answer: Answer) => {
  standIn = await startStandIn(answer)
  const environment = { DOCDATA_SERVICE_URL: standIn.origin, DOCDATA_API_KEY: "dk_test" }
  const { exit, stderr, stdout } = await inProcess(args, "", { environment })
  expect(stdout).toBe("")
  expect(stderr.split("\n")).toHaveLength(2)
  return { exit, stderr }
}

interface Row {
  readonly what: string
  readonly answer: Answer
  readonly read: number
  readonly change: number
  readonly words: RegExp
}

const safe = /repeating is safe\n$/
const refresh = /it may have been done: look before repeating\n$/

const rows: ReadonlyArray<Row> = [
  {
    what: "a proxy's page for 502",
    answer: text(502, page),
    read: 5,
    change: 6,
    words: /status 502, not in docdata's words/
  },
  {
    what: "a proxy's page for 504",
    answer: text(504, page),
    read: 5,
    change: 6,
    words: /status 504, not in docdata's words/
  },
  { what: "a fault of the service", answer: problem(500, "internal"), read: 5, change: 6, words: /internal: so it is/ },
  { what: "an unknown outcome", answer: problem(502, "outcome-unknown"), read: 5, change: 6, words: /outcome-unknown/ },
  {
    what: "a store that is away",
    answer: problem(503, "store-unavailable"),
    read: 5,
    change: 6,
    words: /store-unavail/
  },
  { what: "a connection that is cut", answer: cut, read: 5, change: 6, words: /no answer of the service \(\w+\)/ },
  {
    what: "a page that says all is well",
    answer: text(200, page),
    read: 5,
    change: 6,
    words: /status 200, not in docdata's/
  }
]

describe("an answer that does not say what came of it", () => {
  it.each(rows)("$what is safe to repeat when something was read", async ({ answer, read, words }) => {
    const { exit, stderr } = await ask(reading, answer)
    expect(stderr).toMatch(words)
    expect(stderr).toMatch(safe)
    expect(exit).toBe(read)
  })

  it.each(rows)("$what may mean that it was done when something was to change", async ({ answer, change, words }) => {
    const { exit, stderr } = await ask(changing, answer)
    expect(stderr).toMatch(words)
    expect(stderr).toMatch(refresh)
    expect(exit).toBe(change)
  })
})

it.each<readonly [what: string, answer: Answer, exit: number, words: RegExp]>([
  ["Docdata cannot be reached", problem(503, "provider-unavailable"), 5, /provider-unavailable: so it is\n$/],
  ["a refusal", problem(409, "wrong-state"), 4, /wrong-state: so it is\n$/],
  [
    "another server's 404",
    text(404, "nothing here"),
    5,
    /status 404, not in docdata's words: is the address right\?\n$/
  ],
  [
    "a redirect",
    text(308, "", { location: "https://shop.example/" }),
    2,
    /leads elsewhere \(status 308\): name the last/
  ]
])("%s: nothing was done", async (_what, answer, exit, words) => {
  const ended = await ask(changing, answer)
  expect(ended.stderr).toMatch(words)
  expect(ended.exit).toBe(exit)
})

it("an answer of another version is no answer, and what was to change was probably done", async () => {
  const other: Answer = (_, response) => sendJson(response, { body: { eaten: true } })
  const read = await ask(reading, other)
  expect(read.stderr).toMatch(/something else than its API says; are the versions equal\?\n$/)
  expect(read.exit).toBe(1)
  const changed = await ask(changing, other)
  expect(changed.stderr).toMatch(/are the versions equal\?; it may have been done: look before repeating\n$/)
  expect(changed.exit).toBe(6)
})
