/**
 * Sends every sample request to a running simulator: the valid ones must reach their operation, the invalid ones must be
 * refused. A foreign validator with the schema that the simulator serves has to say the same.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { XmlDocument, XsdValidator } from "libxml2-wasm"
import { checkRequest, printSchema, startSimulator } from "../../packages/simulator/src/index.ts"

const data = join(import.meta.dirname, "..", "..", "..", "shared", "data")

const bodiesIn = (folder: string): ReadonlyArray<readonly [name: string, xml: string]> =>
  readdirSync(join(data, folder)).filter((name) => name.endsWith(".xml")).toSorted().map((name) => [
    name,
    readFileSync(join(data, folder, name), "utf8")
  ])

const enveloped = (xml: string): string =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${
    xml.replace(/^<\?xml[^>]*\?>/, "")
  }</e:Body></e:Envelope>`

const simulator = await startSimulator({
  merchants: [
    { name: "demo_shop", password: "s3cret-pw", profiles: ["standard"] },
    { name: "platform", password: "s3cret-pw", profiles: ["b2b"] }
  ]
})
const problems: Array<string> = []

/** What the running service says: a fault, or a reply whose text tells of the schema. */
const isRefusedByService = async (xml: string): Promise<boolean> => {
  const reply = await fetch(simulator.url, { method: "POST", body: enveloped(xml), headers: { "content-type": "text/xml" } })
  const text = await reply.text()
  return reply.status === 500 || text.includes("XML request does not match XSD.")
}

const validator = XsdValidator.fromDoc(XmlDocument.fromString(printSchema()))

const isRefusedBySchema = (xml: string): boolean => {
  const document = XmlDocument.fromString(xml)
  try {
    validator.validate(document)
    return false
  } catch {
    return true
  } finally {
    document.dispose()
  }
}

const check = async (folder: string, refused: boolean, expectedCount: number): Promise<void> => {
  const bodies = bodiesIn(folder)
  if (bodies.length !== expectedCount) problems.push(`${folder} holds ${bodies.length} bodies, ${expectedCount} were expected`)
  for (const [name, xml] of bodies) {
    const violation = checkRequest(xml)
    if ((violation !== undefined) !== refused) problems.push(`${folder}/${name}: the contract says ${violation?.message ?? "valid"}`)
    if (isRefusedBySchema(xml) !== refused) problems.push(`${folder}/${name}: the served schema thinks otherwise`)
    if (await isRefusedByService(xml) !== refused) problems.push(`${folder}/${name}: the service thinks otherwise`)
  }
  console.log(`${folder}: ${bodies.length} bodies, ${refused ? "refused" : "accepted"} by contract, served schema and service`)
}

try {
  await check("requests", false, 36)
  await check("requests-invalid", true, 29)
} finally {
  await simulator.close()
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
