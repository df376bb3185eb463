/**
 * The addresses beside the REST API, with every parameter wrong in some twenty ways and with every method: a table of
 * what became of it. `npx vitest -u` writes it anew; read what changed.
 */
import { afterAll, beforeAll, expect, it } from "vitest"
import { queryValues } from "./inputs/badRequests.ts"
import { created, type Service, settings, startService } from "./support/service.ts"

let service: Service
beforeAll(async () => {
  service = await startService({ settings: { ...settings, returnSecrets: [] } })
})
afterAll(() => service.close())

const endpoints: ReadonlyArray<readonly [path: string, parameters: ReadonlyArray<string>]> = [
  ["/docdata/notifications", ["order_id", "merchant"]],
  ["/docdata/return", ["order_id", "merchant", "callback", "signature"]],
  ["/healthz", []],
  ["/readyz", []],
  ["/metrics", []],
  ["/docs", []],
  ["/openapi.json", []],
  ["/", []],
  ["/v1", []],
  ["/v1/", []],
  ["/v2/orders", []],
  ["//v1/orders", []],
  ["/V1/Orders", []],
  ["/docdata", []],
  ["/docdata/return/", []],
  ["/docdata/../v1/orders", []],
  ["/%2e%2e/%2e%2e/etc/passwd", []],
  ["/%00", []],
  ["/%E0%A4%A", []],
  [`/${"x".repeat(5_000)}`, []]
]

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]

const bodies: ReadonlyArray<readonly [string, string, string | undefined]> = [
  ["no body", "", undefined],
  ["JSON", "application/json", "{\"order_id\":1}"],
  ["a form", "application/x-www-form-urlencoded", "MD=1&PaRes=2&order_id=x"],
  ["parts", "multipart/form-data; boundary=x", "--x--"],
  ["too large", "application/x-www-form-urlencoded", "x".repeat(600_000)]
]

let sourceCount = 0

it("no address beside the REST API fails, whatever it is asked", async () => {
  // A fresh order for each request: none is asked about too often.
  const orderOf = async (path: string): Promise<string> => {
    if (path !== "/docdata/notifications" && path !== "/docdata/return") return ""
    const { orderKey, orderReference } = await created(service)
    return `order_id=${path === "/docdata/return" ? orderKey : orderReference}`
  }
  const lines: Array<string> = []
  const send = async (what: string, path: string, init: RequestInit): Promise<void> => {
    // Of sources as of keys: none asks too often.
    const response = await service.handler(new Request(`http://service${path}`, init), `192.0.2.${sourceCount++}`)
    const to = /^https:\/\/shop\.example\/(?:nl\/)?(\w+)/.exec(response.headers.get("location") ?? "")?.[1]
    lines.push(`  ${what.padEnd(52)} ${response.status} ${to ?? ""}`.trimEnd())
    expect(response.status, what).toBeLessThan(500)
    expect(response.headers.get("x-content-type-options")).toBe("nosniff")
    expect(await response.text()).not.toMatch(/Secretname|hush-hush|\n +at .+:\d+/)
  }
  for (const [path, parameters] of endpoints) {
    lines.push("", path.length > 80 ? `${path.slice(0, 8)}... (${path.length} characters)` : path)
    for (const method of methods) {
      const hasBody = method !== "GET" && method !== "HEAD"
      for (const [what, type, body] of hasBody ? bodies : bodies.slice(0, 1)) {
        const headers: Record<string, string> = body === undefined ? {} : { "content-type": type }
        await send(`${method}, ${what}`, `${path}?${await orderOf(path)}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body })
        })
      }
    }
    for (const name of parameters) {
      for (const [what, query] of queryValues) {
        const others = name === "order_id" ? "" : `${await orderOf(path)}&`
        await send(`${name}: ${what}`, `${path}?${others}${query(name)}`, {})
      }
    }
  }
  const refused = lines.filter((line) => / [45]\d\d$/.test(line)).length
  lines.unshift(`${sourceCount} requests: ${refused} refused, 0 with a status of 500 or more`)
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("inputs/endpoints.table.txt")
})
