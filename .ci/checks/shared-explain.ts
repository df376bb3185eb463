/**
 * Runs the built `docdata explain` over every recorded reply in ../shared and compares the answers with
 * explain-expected.tsv, which says for each what is right and why. A reply without a row fails, and so does a row
 * without a reply.
 */
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

const repository = join(import.meta.dirname, "..", "..")
const data = join(repository, "..", "shared", "data")
const folders = [join(data, "responses"), join(data, "responses-1_1")]
const command = join(repository, "packages", "cli", "bin", "docdata.js")

interface Row {
  readonly exit: string
  readonly status: string
  readonly rule: string
  readonly fulfilment: string
  readonly findings: string
}

const comparedColumns = ["exit", "status", "rule", "fulfilment", "findings"] as const

const readExpected = (): ReadonlyMap<string, Row> => {
  const lines = readFileSync(join(import.meta.dirname, "explain-expected.tsv"), "utf8").trimEnd().split("\n").slice(1)
  return new Map(lines.map((line) => {
    const [file = "", exit = "", status = "", rule = "", fulfilment = "", findings = "", reason = ""] = line.split("\t")
    if (reason === "") throw new Error(`explain-expected.tsv: ${file} has no reason`)
    return [file, { exit, status, rule, fulfilment, findings }]
  }))
}

interface Output {
  readonly decision: { readonly status: string; readonly rule: string; readonly fulfilment: string }
  readonly findings: ReadonlyArray<{ readonly kind: string; readonly total?: string }>
}

const findingText = ({ kind, total }: Output["findings"][number]): string =>
  total === undefined ? kind : `${kind}:${total}`

const run = (folder: string, file: string): { readonly row: Row; readonly problem?: string } => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [command, "explain", "--json", file], {
    cwd: folder,
    encoding: "utf8"
  })
  const exit = String(status)
  const unanswered: Row = { exit, status: "-", rule: "-", fulfilment: "-", findings: "-" }
  if (status !== 0) {
    // Without an answer there is exactly one clear line: where a reply was refused, or what the provider said.
    const [first = "", ...more] = (status === 3 ? stdout : stderr).trimEnd().split("\n")
    const clear = status === 3
      ? /^\{"kind":"(error-reply|soap-fault)"/.test(first)
      : first.startsWith(`docdata: ${file}:`) && /:\d+:\d+: /.test(first)
    return clear && more.length === 0 ? { row: unanswered } : { row: unanswered, problem: `unclear answer: ${first}` }
  }
  const { decision, findings } = JSON.parse(stdout) as Output
  const words = findings.map(findingText).join(" ")
  const { fulfilment, rule, status: decided } = decision
  return { row: { exit, status: decided, rule, fulfilment, findings: words === "" ? "-" : words } }
}

const differences = (expected: Row, actual: Row): ReadonlyArray<string> =>
  comparedColumns.filter((column) => expected[column] !== actual[column])
    .map((column) => `${column} is ${actual[column]}, expected ${expected[column]}`)

const expected = readExpected()
const files = folders.flatMap((folder) =>
  readdirSync(folder).filter((file) => file.endsWith(".xml")).toSorted().map((file) => ({ folder, file }))
)
const problems: Array<string> = []
const names = new Set(files.map(({ file }) => file))
for (const file of expected.keys()) if (!names.has(file)) problems.push(`${file}: has a row, but is not there`)
for (const { file, folder } of files) {
  const row = expected.get(file)
  const { problem, row: actual } = run(folder, file)
  if (problem !== undefined) problems.push(`${file}: ${problem}`)
  if (row === undefined) problems.push(`${file}: has no row in explain-expected.tsv`)
  else problems.push(...differences(row, actual).map((difference) => `${file}: ${difference}`))
}
for (const problem of problems) console.error(problem)
const answered = [...expected.values()].filter(({ exit }) => exit === "0").length
console.log(`explain: ${files.length} replies, ${answered} of them reports; ${problems.length} differences`)
if (problems.length > 0) process.exitCode = 1
