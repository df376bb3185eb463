import { scenarios } from "@docdata/simulator"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { bundlePath, docdata, isOneLine } from "./support/run.ts"

const cleanups: Array<() => unknown> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** A simulator in a process of its own, as soon as it has printed `last`. */
const simulate = async (args: ReadonlyArray<string>, last = "Ctrl-C ends it.") => {
  const child = spawn(process.execPath, [bundlePath(), "simulate", "--port", "0", ...args])
  cleanups.push(() => child.kill("SIGKILL"))
  let stdout = ""
  child.stdout.setEncoding("utf8")
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    stdout += text
    if (stdout.includes(last)) break
  }
  const addressOf = (name: string): string => new RegExp(`^${name} +(\\S+)$`, "m").exec(stdout)?.[1] ?? ""
  const end = async (signal: "SIGINT" | "SIGTERM"): Promise<number | null> => {
    child.kill(signal)
    const [exit] = await once(child, "exit") as [number | null]
    return exit
  }
  return { stdout, addressOf, end }
}

/** A shop that receives notifications. */
const shop = async (): Promise<{ readonly updateUrl: string; readonly received: Promise<string> }> => {
  let server: Server | undefined
  const received = new Promise<string>((resolve) => {
    server = createServer((request, response) => {
      response.end("ok")
      resolve(request.url ?? "")
    })
  })
  server?.listen(0, "127.0.0.1")
  await once(server!, "listening")
  cleanups.push(() => server?.close())
  const { port } = server!.address() as AddressInfo
  return { updateUrl: `http://127.0.0.1:${port}/update?order_id=`, received }
}

describe("docdata simulate", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("prints where it is, serves, and ends with 0 on %s", async (signal) => {
    const { addressOf, end, stdout } = await simulate([])
    expect(stdout).toContain("demo_shop")
    const wsdl = await (await fetch(addressOf("WSDL"))).text()
    expect(wsdl).toContain("<definitions")
    const menu = await fetch(addressOf("menu"))
    expect(menu.headers.get("content-type")).toContain("text/html")
    await menu.text()
    const control = await (await fetch(addressOf("control"))).json() as { readonly endpoint: string }
    expect(control.endpoint).toBe(addressOf("SOAP"))
    expect(await end(signal)).toBe(0)
  })

  it("plays a scenario at once, the same for the same seed", async () => {
    const args = ["--scenario", "ideal-paid", "--seed", "7"]
    const [first, second] = [await simulate(args, "ends in"), await simulate(args, "ends in")]
    expect(first.addressOf("order key")).toMatch(/^[A-Z0-9]{32}$/)
    expect(second.addressOf("order key")).toBe(first.addressOf("order key"))
    expect(first.addressOf("ends in")).toBe("paid")
    const order = `${first.addressOf("control")}/orders/${first.addressOf("order key")}`
    expect(await (await fetch(order)).json()).toMatchObject({ order: { merchant: "demo_shop" } })
  })

  it("notifies a shop on this machine", async () => {
    const { received, updateUrl } = await shop()
    const { addressOf } = await simulate(["--update-url", updateUrl, "--scenario", "ideal-paid"], "ends in")
    expect(await received).toBe(`/update?order_id=${addressOf("reference")}`)
  })

  it("--list tells every scenario, and ends", () => {
    const { exit, stderr, stdout } = docdata(["simulate", "--list"])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    const lines = stdout.trimEnd().split("\n")
    expect(lines.map((line) => line.split(" ")[0])).toEqual(scenarios.map(({ name }) => name))
  })

  it.each<readonly [args: ReadonlyArray<string>, stderr: RegExp]>([
    [["--port", "70000"], /--port is a number from 0 to 65535/],
    [["--port", "x"], /--port is a number from 0 to 65535/],
    [["--seed", "1.5"], /--seed is a whole number/],
    [["--scenario", "nope"], /there is no scenario nope, --list lists them/],
    [["--port", "0", "--update-url", "http://127.0.0.1/x"], /must end in "="/],
    [["--port", "0", "--update-url", "https://shop.example/?id="], /this machine/]
  ])("%j ends with 2 and one line", (args, stderr) => {
    const ended = docdata(["simulate", ...args])
    expect(ended.stderr).toMatch(stderr)
    expect(isOneLine(ended.stderr), ended.stderr).toBe(true)
    expect({ exit: ended.exit, stdout: ended.stdout }).toEqual({ exit: 2, stdout: "" })
  })

  it("says so when the port is taken", async () => {
    const { addressOf } = await simulate([])
    const { port } = new URL(addressOf("SOAP"))
    const ended = docdata(["simulate", "--port", port])
    expect(ended.stderr).toBe(`docdata simulate: --port ${port} is taken; see docdata simulate --help\n`)
    expect(ended.exit).toBe(2)
  })
})
