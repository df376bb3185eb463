import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { errorReply, statusReply } from "../src/explain/demo/replyXml.ts"
import { situations } from "../src/explain/demo/situations.ts"
import { inProcess } from "./support/inProcess.ts"

const docdata = (args: ReadonlyArray<string>, input = "") => inProcess(args, input)

const validator = async (command: string) => {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
  const validate = ajv.compile(JSON.parse((await docdata(["schema", command])).stdout))
  return (value: unknown): unknown => validate(value) ? [] : validate.errors
}

const fault = "<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body><S:Fault>" +
  "<faultcode>S:Server</faultcode><faultstring>Out of order</faultstring></S:Fault></S:Body></S:Envelope>"

const oddReports: ReadonlyArray<readonly [title: string, reply: string]> = [
  ["no attempt", statusReply({ registered: 100 }, [])],
  ["no attempt but money", statusReply({ registered: 100, captured: 100 }, [])],
  [
    "two unequal entries of one payment, refused",
    statusReply({ registered: 100 }, [
      { id: 1, method: "IDEAL", status: "NEW", confidence: "", amount: 100 },
      { id: 1, method: "IDEAL", status: "CANCELED", confidence: "", amount: 100 }
    ])
  ],
  [
    "words nobody knows",
    statusReply({ registered: 100 }, [
      { id: 1, method: "IDEAL", status: "PONDERING", confidence: "MAYBE", amount: 100, captures: [["LATER", 100]] }
    ])
  ],
  ["errors", errorReply("SECURITY_ERROR", "Login failed.")],
  ["a fault", fault]
]

describe("the published JSON Schema of explain --json", () => {
  const replies = [...situations.map(({ reply, title }) => [title, reply] as const), ...oddReports]

  it.each(["strict", "legacy-2016", "legacy-2013"])("fits every output under the %s rules", async (rules) => {
    const validate = await validator("explain")
    for (const [title, reply] of replies) {
      const { stderr, stdout } = await docdata(["explain", "--json", "-", "--rules", rules], reply)
      expect({ title, stderr, errors: validate(JSON.parse(stdout)) }).toEqual({ title, stderr: "", errors: [] })
    }
  })

  it("fits a report refused for a negative total", async () => {
    const { stdout } = await docdata(["explain", "--json", "-"], statusReply({ registered: 100, captured: -1 }, []))
    const output = JSON.parse(stdout)
    expect(output.decision.rule).toBe("report-refused")
    expect((await validator("explain"))(output)).toEqual([])
  })

  it("refuses an output with a field too many or a status that does not exist", async () => {
    const validate = await validator("explain")
    const output = JSON.parse((await docdata(["explain", "--json", "-"], situations[0]!.reply)).stdout)
    expect(validate(output)).toEqual([])
    expect(validate({ ...output, surprise: 1 })).not.toEqual([])
    expect(validate({ ...output, decision: { ...output.decision, status: "payed" } })).not.toEqual([])
  })
})

describe("the published JSON Schema of reconcile --jsonl", () => {
  it("fits what reconcile answers to the orders and payments of explain", async () => {
    const validate = await validator("reconcile")
    for (const { reply } of situations.slice(0, -1)) {
      const { before, payments } = JSON.parse((await docdata(["explain", "--json", "-"], reply)).stdout)
      const report = { totals: { registered: before.grossMinor ?? 0 }, payments: [] }
      const { exit, stdout } = await docdata(
        ["reconcile", "--jsonl"],
        JSON.stringify({ order: before, payments, report })
      )
      expect(exit).toBe(0)
      expect(validate(JSON.parse(stdout))).toEqual([])
    }
  })
})
