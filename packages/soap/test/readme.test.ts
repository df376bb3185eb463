import { defaultPolicy } from "@docdata/domain"
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { describeReply } from "./examples/readReply.ts"
import { decideReply } from "../src/decideReply.ts"
import { bytesOf, reply } from "./replies.ts"

it("the README shows the example that runs here", () => {
  const [example] =
    /(?<=```ts\n)[\s\S]*?(?=```)/.exec(readFileSync(new URL("../README.md", import.meta.url), "utf8")) ?? []
  expect(example).toBe(readFileSync(new URL("examples/readReply.ts", import.meta.url), "utf8"))
})

it("the example describes every kind of reply", () => {
  expect(describeReply(reply("status-1.3-paid"))).toBe("1 payments, 2420 of 2420 captured")
  expect(describeReply(reply("status-1.2-error"))).toBe("SECURITY_ERROR: Login failed.")
  expect(describeReply(reply("fault"))).toBe("the server failed: Something broke while processing.")
  expect(describeReply(bytesOf("<html>"))).toBe("not read, the document ends before it is complete: line 1, column 7")
})

it("the README of the domain shows the example that decides from a text", () => {
  const domain = readFileSync(new URL("../../domain/README.md", import.meta.url), "utf8")
  expect(domain).toContain(
    `\`\`\`js\n${readFileSync(new URL("../examples/decideReply.ts", import.meta.url), "utf8")}\`\`\``
  )
})

it("decides from the text of a reply, and says what else it was", () => {
  const known = { key: "K", createdAtMs: 0, currency: "EUR" }
  const question = {
    order: { ...known, status: "new", fulfilment: "wait" } as const,
    payments: [],
    nowMs: 1,
    policy: defaultPolicy
  }
  const decided = (text: Uint8Array | string) =>
    Result.match(decideReply(text, question), {
      onSuccess: ({ decision }) => `${decision.status} ${decision.fulfilment}`,
      onFailure: ({ _tag }) => _tag
    })
  expect(decided(reply("status-1.3-paid"))).toBe("paid ship")
  expect(decided(new TextDecoder().decode(reply("status-1.3-paid")))).toBe("paid ship")
  expect(decided(reply("status-1.2-error"))).toBe("Errors")
  expect(decided(reply("fault"))).toBe("Fault")
  expect(decided("<html>")).toBe("ReplyFailure")
})
