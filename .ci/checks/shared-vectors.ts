/**
 * `npm run vectors` over the recorded vectors beside this clone: both legacy sets equal every vector that is a decision
 * (no crash of the reference, no lost race), the strict set equals every 2016 vector without a numbered fault.
 */
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { isDeepStrictEqual } from "node:util"

const root = join(import.meta.dirname, "..", "..")
const file = join(root, "..", "shared", "data", "vectors-dev.jsonl")

interface Log {
  readonly level: string
  readonly kind: string
}

interface Answer {
  readonly id: string
  readonly status: string
  readonly statusChanged: boolean | null
  readonly totals: unknown
  readonly payments: unknown
  readonly events: ReadonlyArray<Readonly<Record<string, unknown>>>
  readonly logs: ReadonlyArray<Log>
}

interface Vector {
  readonly id: string
  readonly generation: string
  readonly quirks?: ReadonlyArray<string>
  readonly input: { readonly raceInserts?: unknown }
  readonly expected: Answer & { readonly raised: string | null }
}

const vectors = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line) as Vector)
  .filter(({ expected, input }) => expected.raised === null && input.raceInserts === undefined)

/** Faults by vector as the project's own copy has them: what the rules changed since the vectors were recorded is numbered there. */
const ownQuirks = new Map(
  readFileSync(join(root, "packages", "domain", "test", "vectors", "vectors-dev.jsonl"), "utf8").trim().split("\n")
    .map((line) => JSON.parse(line) as Pick<Vector, "id" | "quirks">)
    .map(({ id, quirks }) => [id, quirks] as const)
)

const answers = (...flags: ReadonlyArray<string>): ReadonlyMap<string, Answer> => {
  const { status, stderr, stdout } = spawnSync("npm", ["run", "--silent", "vectors", "--", file, ...flags], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024
  })
  if (status !== 0) throw new Error(`npm run vectors ended with ${status}: ${stderr}`)
  return new Map(
    stdout.trim().split("\n").map((line) => JSON.parse(line) as Answer).map((answer) => [answer.id, answer])
  )
}

// What a receiver saw at the moment of an event is a fault of the reference (Q28) and not repeated.
const eventsOf = ({ events }: Answer) =>
  events.map(({ event, newStatus, oldStatus, paymentId }) => ({ event, newStatus, oldStatus, paymentId }))

const logsOf = ({ logs }: Answer) =>
  logs.filter(({ level }) => level === "warning" || level === "error").map(({ kind, level }) => ({ kind, level }))

const decided = (answer: Answer) => ({ status: answer.status, payments: answer.payments, events: eventsOf(answer) })

const all = (answer: Answer) => ({
  ...decided(answer),
  statusChanged: answer.statusChanged,
  totals: answer.totals,
  logs: logsOf(answer)
})

const compare = (
  name: string,
  expected: ReadonlyArray<Vector>,
  { given, view }: { readonly given: ReadonlyMap<string, Answer>; readonly view: (answer: Answer) => unknown }
): void => {
  const wrong = expected.filter((vector) => {
    const answer = given.get(vector.id)
    return answer === undefined || !isDeepStrictEqual(view(answer), view(vector.expected))
  })
  console.log(`${name}: ${expected.length - wrong.length} of ${expected.length} equal`)
  for (const { id } of wrong) console.error(`  differs: ${id}`)
  if (wrong.length > 0 || expected.length === 0) process.exitCode = 1
}

compare("legacy sets", vectors, { given: answers(), view: all })
compare(
  "strict set, untagged 2016",
  vectors.filter(({ generation, id, quirks }) =>
    generation === "2016" && quirks === undefined && ownQuirks.get(id) === undefined
  ),
  { given: answers("--rules", "strict"), view: decided }
)
