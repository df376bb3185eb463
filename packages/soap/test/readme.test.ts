import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { describeReply } from "./examples/readReply.ts"
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
