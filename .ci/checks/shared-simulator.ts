/**
 * Sends every sample request to a running simulator: the valid ones must reach their operation, the invalid ones must be
 * refused. A foreign validator with the schema that the simulator serves has to say the same, and with the vendor's schema
 * it has to accept what the simulator answers as a server of the schema's own version: status, extended status, list and
 * cancel after every scenario and for every payment method.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { XmlDocument, XsdValidator } from "libxml2-wasm"
import {
  checkRequest,
  paymentMethods,
  printSchema,
  scenarios,
  type Simulator,
  startSimulator
} from "../../packages/simulator/src/index.ts"

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
  const reply = await fetch(simulator.url, {
    method: "POST",
    body: enveloped(xml),
    headers: { "content-type": "text/xml" }
  })
  const text = await reply.text()
  return reply.status === 500 || text.includes("XML request does not match XSD.")
}

const validator = XsdValidator.fromDoc(XmlDocument.fromString(printSchema()))

/** What a schema has against a document; nothing if it accepts it. */
const complaint = (schema: XsdValidator, xml: string): string | undefined => {
  const document = XmlDocument.fromString(xml)
  try {
    schema.validate(document)
    return undefined
  } catch (problem) {
    return problem instanceof Error ? problem.message.trim() : String(problem)
  } finally {
    document.dispose()
  }
}

const isRefusedBySchema = (xml: string): boolean => complaint(validator, xml) !== undefined

const check = async (folder: string, refused: boolean, expectedCount: number): Promise<void> => {
  const bodies = bodiesIn(folder)
  if (bodies.length !== expectedCount) {
    problems.push(`${folder} holds ${bodies.length} bodies, ${expectedCount} were expected`)
  }
  for (const [name, xml] of bodies) {
    const violation = checkRequest(xml)
    if ((violation !== undefined) !== refused) {
      problems.push(`${folder}/${name}: the contract says ${violation?.message ?? "valid"}`)
    }
    if (isRefusedBySchema(xml) !== refused) problems.push(`${folder}/${name}: the served schema thinks otherwise`)
    if (await isRefusedByService(xml) !== refused) problems.push(`${folder}/${name}: the service thinks otherwise`)
  }
  console.log(
    `${folder}: ${bodies.length} bodies, ${refused ? "refused" : "accepted"} by contract, served schema and service`
  )
}

const request = (root: string, key: string): string =>
  enveloped(
    `<${root} xmlns="http://www.docdatapayments.com/services/paymentservice/1_3/" version="1.3">` +
      `<merchant name="demo_shop" password="demo-password"/><paymentOrderKey>${key}</paymentOrderKey></${root}>`
  )

const checkReplies = async (): Promise<void> => {
  const vendor = XsdValidator.fromDoc(
    XmlDocument.fromString(readFileSync(join(data, "schema", "django-xsd1-1_3.xsd"), "utf8"))
  )
  let replyCount = 0
  const judge = async (server: Simulator, key: string, what: string): Promise<void> => {
    for (const root of ["statusRequest", "extendedStatusRequest", "listPaymentMethodsRequest", "cancelRequest"]) {
      const reply = await fetch(server.url, { method: "POST", body: request(root, key) })
      const body = /<S:Body>(.*)<\/S:Body>/s.exec(await reply.text())?.[1] ?? ""
      const wrong = complaint(vendor, body)
      if (wrong !== undefined) problems.push(`${what}, ${root}: ${wrong}`)
      replyCount += 1
    }
  }
  const server = await startSimulator({ version: "1.3.14" })
  try {
    for (const { name } of scenarios) {
      const { orderKey } = await server.runScenario(name, { seed: 1 })
      server.clearFaults()
      await judge(server, orderKey, name)
    }
    for (const { countries: [country = "NL"] = [], name } of paymentMethods) {
      const made = await server.act({ do: "create-order", reference: name, amountMinor: 100, currency: "EUR", country })
      if (!made.ok || !(await server.act({ do: "pay", orderKey: made.orderKey, method: name })).ok) {
        problems.push(`${name}: not paid`)
      }
      if (made.ok) await judge(server, made.orderKey, name)
    }
    await judge(server, "0".repeat(32), "an unknown order")
  } finally {
    await server.close()
  }
  console.log(
    `replies: ${replyCount}, for ${scenarios.length} scenarios and ${paymentMethods.length} methods, judged by the vendor's schema`
  )
}

try {
  await checkReplies()
  await check("requests", false, 36)
  await check("requests-invalid", true, 29)
} finally {
  await simulator.close()
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
