import { spawnSync } from "node:child_process"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"
import { bundlePath } from "../support/run.ts"

let shop: OrdersShop

// Far more lines than a pipe holds, so that the command is still writing when its reader leaves.
const count = 1_500

beforeAll(async () => {
  shop = await openOrdersShop()
  const scenarios = Array.from({ length: count }, (_, index) => ({ shopReference: `web-${index}`, createdAtMs: index }))
  await shop.store(scenarios)
})
afterAll(() => shop.close())

const inBash = (script: string) =>
  spawnSync("bash", ["--norc", "-c", script, process.execPath, bundlePath()], {
    encoding: "utf8",
    env: { ...shop.environment, PATH: process.env["PATH"] }
  })

it.each(["", "--json"])("a reader that leaves early ends orders list %s quietly with 0", (flag) => {
  const { stderr, stdout } = inBash(
    `"$0" "$1" orders list --limit ${count} ${flag} | head -n 3; echo "\${PIPESTATUS[0]}"`
  )
  const lines = stdout.trimEnd().split("\n")
  expect(lines).toHaveLength(4)
  expect({ stderr, exit: lines.at(-1) }).toEqual({ stderr: "", exit: "0" })
})

it("lists all of them, with no colour where nobody looks", () => {
  const { status, stdout } = inBash(`"$0" "$1" orders list --limit ${count} | cat`)
  expect(status).toBe(0)
  expect(stdout.split("\n")).toHaveLength(count + 2)
  expect(stdout).not.toContain("\u001b")
})

it("colour says nothing that is not there without it", async () => {
  const [coloured, plain] = [
    await shop.run(["orders", "list", "--limit", "2"], "", { colour: true, nowMs: () => 0 }),
    await shop.run(["orders", "list", "--limit", "2"], "", { colour: false, nowMs: () => 0 })
  ]
  expect(coloured.stdout).toContain("\u001b[")
  // oxlint-disable-next-line no-control-regex -- the escape is what is looked for
  expect(coloured.stdout.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain.stdout)
})
