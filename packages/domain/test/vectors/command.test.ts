/**
 * `npm run --silent vectors -- FILE`, run as people run it.
 */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { answerVector, ruleSetOf } from "./answer.ts"
import { parseVector } from "./Vector.ts"

const lines = readFileSync(join(import.meta.dirname, "vectors-dev.jsonl"), "utf8").trim().split("\n")

const command = (file: string, ...options: ReadonlyArray<string>) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const script = join(import.meta.dirname, "command.ts")
    execFile(process.execPath, ["--conditions=@docdata/source", script, file, ...options], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr })
    })
  })

const withFile = async <A>(text: string, use: (file: string) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), "vectors-"))
  try {
    const file = join(folder, "some.jsonl")
    writeFileSync(file, text)
    return await use(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const parsed = (stdout: string): ReadonlyArray<unknown> =>
  stdout.trim().split("\n").map((line): unknown => JSON.parse(line))

describe("the vectors command", () => {
  const some = [lines[0]!, lines[1]!, lines.at(-1)!]

  it("prints one answer per vector under the rule set of its generation", async () => {
    const { code, stderr, stdout } = await withFile(`${some.join("\n")}\n\n`, command)
    expect([code, stderr]).toEqual([0, ""])
    expect(parsed(stdout)).toEqual(some.map((line) => {
      const vector = parseVector(line)
      const ruleSet = ruleSetOf(vector.generation)
      return { id: vector.id, ruleSet, ...answerVector(vector, ruleSet) }
    }))
  })

  it("answers by the strict rules when asked", async () => {
    const { stdout } = await withFile(some.join("\n"), (file) => command(file, "--rules", "strict"))
    expect(parsed(stdout)).toEqual(
      some.map((line) => expect.objectContaining({ id: parseVector(line).id, ruleSet: "strict" }))
    )
  })

  it("keeps every digit of a payment id beyond 2^53", async () => {
    const id = "90071992547409931234567"
    const line = lines.find((text) =>
      /"payments":\[\{"authorization"/.test(text) && text.includes("\"storedPayments\":[]")
    )!
      .replace(/"id":\d+/, `"id":${id}`)
    const { stdout } = await withFile(line, (file) => command(file, "--rules", "strict"))
    expect(parsed(stdout)).toEqual([
      expect.objectContaining({
        payments: [expect.objectContaining({ paymentId: id })],
        events: expect.arrayContaining([{ event: "payment_added", paymentId: id }])
      })
    ])
  })

  it.each([
    ["an unknown rule set", lines[0]!, ["--rules", "lenient"], "--rules: one of strict, legacy-2016, legacy-2013\n"],
    ["an empty file", "", [], "holds no vector\n"]
  ])("refuses %s with one line on stderr", async (_, text, options, message) => {
    const { code, stderr, stdout } = await withFile(text, (file) => command(file, ...options))
    expect([code, stdout, stderr.endsWith(message), stderr.trim().split("\n").length]).toEqual([2, "", true, 1])
  })
})
