/**
 * What `docdata soap encode` prints, before a foreign judge: libxml2 with the vendor's 1.3 schema, which does not lie in
 * this repository. The inputs are the fixtures of the command, for all nine operations, and generated ones.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Redacted from "effect/Redacted"
import fc from "fast-check"
import { XmlDocument, XsdValidator } from "libxml2-wasm"
import { bundle } from "../../packages/cli/bundle.ts"
import { arbitraryRequest } from "../../packages/soap/test/arbitraryRequests.ts"

const fixturesMin = 31
const generatedCount = 60
const operationCount = 9

const root = join(import.meta.dirname, "..", "..")
const schemaPath = join(root, "..", "shared", "data", "schema", "django-xsd1-1_3.xsd")
const validator = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(schemaPath, "utf8")))
const folder = mkdtempSync(join(tmpdir(), "docdata-encode-"))
await bundle(folder)

/** Why the command or the schema refuses an input; nothing if both accept it. */
const refusal = (operation: string, input: string): string | undefined => {
  const args = [join(folder, "docdata.js"), "soap", "encode", operation, "--show-secrets"]
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { input, encoding: "utf8" })
  if (status !== 0) return `ended with ${status}: ${stderr}`
  const body = /<soapenv:Body>(.*)<\/soapenv:Body>/s.exec(stdout)?.[1] ?? ""
  const document = XmlDocument.fromString(body)
  try {
    validator.validate(document)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error)
  } finally {
    document.dispose()
  }
}

/** An input as people write it: without redaction. */
const plain = (value: unknown): unknown => {
  if (Redacted.isRedacted(value)) return Redacted.value(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
}

const failures: Array<string> = []
const fixtures = join(root, "packages", "cli", "test", "encode")
const files = readdirSync(fixtures).toSorted()
const operations = new Set(files.map((file) => file.split(".")[0] ?? ""))
for (const file of files) {
  const why = refusal(file.split(".")[0] ?? "", readFileSync(join(fixtures, file), "utf8"))
  if (why !== undefined) failures.push(`${file}: ${why}`)
}
if (files.length < fixturesMin) failures.push(`${files.length} inputs, at least ${fixturesMin} are expected`)
if (operations.size !== operationCount) failures.push(`${operations.size} operations, not ${operationCount}`)

const generated = fc.check(
  fc.property(arbitraryRequest, ({ input, merchant, operation }) => {
    const why = refusal(operation, JSON.stringify({ merchant: plain(merchant), input: plain(input) }))
    if (why !== undefined) throw new Error(why)
  }),
  { numRuns: generatedCount }
)
if (generated.failed) failures.push(fc.defaultReportMessage(generated) ?? "a generated request is invalid")
rmSync(folder, { recursive: true })

console.log(
  `${files.length} inputs of ${operations.size} operations and ${generated.numRuns} generated ones: what docdata soap ` +
    "encode prints validates against the 1.3 schema"
)
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exit(1)
