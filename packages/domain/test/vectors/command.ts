/**
 * `npm run --silent vectors -- FILE.jsonl [--rules strict]`: one JSON line per vector, in the format of
 * its `expected`. Reads nothing but the file it was given.
 */
import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"
import { parseArgs } from "node:util"
import { type RuleSetName, ruleSetNames } from "../../src/index.ts"
import { answerVector, ruleSetOf } from "./answer.ts"
import { parseVector } from "./Vector.ts"

const isRuleSet = (text: string): text is RuleSetName => (ruleSetNames as ReadonlyArray<string>).includes(text)

const run = async (): Promise<void> => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { rules: { type: "string" } } })
  const [file] = positionals
  if (file === undefined || positionals.length !== 1) {
    throw new Error("usage: npm run --silent vectors -- FILE.jsonl [--rules strict]")
  }
  const rules = values.rules
  if (rules !== undefined && !isRuleSet(rules)) throw new Error(`--rules: one of ${ruleSetNames.join(", ")}`)
  let lineNumber = 0
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber++
    if (line.trim() === "") continue
    const vector = parseVector(line)
    const ruleSet = rules ?? ruleSetOf(vector.generation)
    const answer = { id: vector.id, ruleSet, ...answerVector(vector, ruleSet) }
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) {
      await new Promise((resolve) => process.stdout.once("drain", resolve))
    }
  }
  if (lineNumber === 0) throw new Error(`${file} holds no vector`)
}

// `| head` closes the pipe when it has seen enough: nothing is wrong then.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1)
})

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
})
