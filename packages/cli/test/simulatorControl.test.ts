/**
 * The commands that see and move a running simulator.
 */
import { type Simulator, startSimulator } from "@docdata/simulator"
import { afterAll, beforeAll, expect, it } from "vitest"
import { inProcess } from "./support/inProcess.ts"

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ clock: "wall", merchants: [{ name: "demo_shop", password: "demo-password" }] })
})
afterAll(() => simulator.close())

const run = (args: ReadonlyArray<string>, input = "") =>
  inProcess(["simulator", ...args, "--url", simulator.controlUrl], input)

it("simulator clock prints the time of the simulator and moves it forward", async () => {
  const before = simulator.nowMs()
  const moved = await run(["clock", "--advance", "3d", "--json"])
  expect({ exit: moved.exit, stderr: moved.stderr }).toEqual({ exit: 0, stderr: "" })
  expect(Date.parse(JSON.parse(moved.stdout).now) - before).toBeGreaterThanOrEqual(3 * 86_400_000)
  const { stdout } = await run(["clock"])
  expect(Math.abs(Date.parse(stdout.trim()) - simulator.nowMs())).toBeLessThan(5_000)
})

it.each(["3", "-1d", "3 weeks", "1e3s"])("simulator clock refuses to advance by %j", async (typed) => {
  const { exit, stderr } = await run(["clock", `--advance=${typed}`])
  expect({ exit, stderr }).toEqual({
    exit: 2,
    stderr: expect.stringContaining("--advance is a number with s, m, h or d, such as 3d")
  })
})

it("simulator faults plans the faults of a file, lists them and forgets them", async () => {
  const fault = { operation: "refund", times: 2, executed: true, effect: { kind: "reset-before-reply" } }
  expect(await run(["faults", "-"], JSON.stringify([fault]))).toEqual({
    exit: 0,
    stdout: "reset-before-reply, refund, executed, 2 times\n",
    stderr: ""
  })
  expect(simulator.faults()).toEqual([fault])
  expect(JSON.parse((await run(["faults", "--json"])).stdout)).toEqual(fault)
  expect((await run(["faults", "--clear"])).stdout).toBe("no faults are planned\n")
  expect(simulator.faults()).toEqual([])
})

it("simulator faults refuses a fault that makes no sense, and plans none of the file", async () => {
  const good = { executed: false, effect: { kind: "html" } }
  const bad = { executed: true, effect: { kind: "reset-before-reading" } }
  const { exit, stderr } = await run(["faults", "-"], JSON.stringify([good, bad]))
  expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining("cannot have been executed") })
  expect(simulator.faults()).toEqual([])
})

it("a simulator that is not there is said to be unreachable", async () => {
  const { exit, stderr } = await inProcess(["simulator", "clock", "--url", "http://127.0.0.1:1/control"], "")
  expect({ exit, stderr }).toEqual({ exit: 5, stderr: expect.stringContaining("docdata simulate starts one") })
})
