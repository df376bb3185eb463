/**
 * The OpenAPI document before tools of other makers: two linters find nothing, and two generated clients compile strictly and
 * lead an order through the service. The tools have a lock file of their own and are installed once.
 */
import { openApiDocument } from "@docdata/contract"
import { hashApiKey, listen, makeApiKey } from "@docdata/http"
import { open, type Opened } from "@docdata/service"
import { type Simulator, startSimulator } from "@docdata/simulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { build } from "esbuild"
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Life, Surroundings } from "../openapi-tools/clients/Life.ts"

const tools = join(import.meta.dirname, "..", "openapi-tools")
const generated = join(tools, "node_modules", ".generated")
const document = join(generated, "openapi.json")

/** Runs a tool; its output is in the failure. */
const run = (name: string, ...words: ReadonlyArray<string>): string =>
  execFileSync(join(tools, "node_modules", ".bin", name), words, {
    cwd: tools,
    encoding: "utf8",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"]
  })

beforeAll(() => {
  if (!existsSync(join(tools, "node_modules", ".package-lock.json"))) {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: tools, stdio: "pipe" })
  }
  mkdirSync(generated, { recursive: true })
  writeFileSync(document, JSON.stringify(openApiDocument(), undefined, 1))
}, 600_000)

describe("the OpenAPI document", () => {
  it("has neither errors nor warnings by the recommended rules of Redocly", () => {
    const report = JSON.parse(run("redocly", "lint", "--extends", "recommended", "--format", "json", document))
    expect(report.totals).toMatchObject({ errors: 0, warnings: 0 })
  })

  it("has neither errors nor warnings by the rules of Spectral for OpenAPI", () => {
    const found = run("spectral", "lint", "-r", "spectral.yaml", "--format", "json", "--quiet", document)
    expect(JSON.parse(found)).toEqual([])
  })
})

describe("generated clients", () => {
  const key = makeApiKey()
  const scope = Scope.makeUnsafe()
  let simulator: Simulator
  let service: Opened
  let baseUrl: string

  beforeAll(async () => {
    run("openapi-typescript", document, "-o", join(generated, "schema.ts"))
    run("openapi-ts", "-i", document, "-o", join(generated, "hey"), "-c", "@hey-api/client-fetch")
    simulator = await startSimulator({ merchants: [{ name: "shop_login", password: "very-hush" }] })
    const page = "https://shop.example/back"
    service = await open({
      sqliteFile: ":memory:",
      publicOrigin: "https://pay.shop.example",
      successUrl: page,
      pendingUrl: page,
      cancelledUrl: page,
      failedUrl: page,
      paidTooLateUrl: page,
      merchants: { shop: { login: "shop_login", password: "very-hush" } },
      apiKeys: { shop: { hash: hashApiKey(key), merchants: ["shop"], scope: "operate" } },
      testEndpoint: simulator.url
    })
    baseUrl = await Effect.runPromise(Effect.provideService(listen(service.handler, { port: 0 }), Scope.Scope, scope))
  })
  afterAll(async () => {
    await Effect.runPromise(Scope.close(scope, Exit.void))
    await service.close()
    await simulator.close()
  })

  it("compile strictly", () => {
    expect(run("tsc", "--project", "tsconfig.json")).toBe("")
  })

  it.each([["openapiTypescript"], ["heyApi"]])("of %s create, capture, refund and read an order", async (name) => {
    const outfile = join(generated, `${name}.mjs`)
    await build({
      entryPoints: [join(tools, "clients", `${name}.ts`)],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node"
    })
    const { live }: { live: (surroundings: Surroundings) => Promise<Life> } = await import(pathToFileURL(outfile).href)
    const life = await live({
      baseUrl,
      key: Redacted.value(key),
      pay: async (orderKey) => {
        expect(await simulator.act({ do: "pay", orderKey, method: "VISA" })).toMatchObject({ ok: true })
      },
      day: () => simulator.advance(24 * 3_600_000)
    })
    expect(life).toMatchObject({
      created: "new",
      captured: "filed",
      refunded: "filed",
      read: { status: "paid_refunded", refundedMinor: 990 },
      problem: "order-not-found"
    })
    expect(life.events).toEqual(expect.arrayContaining(["order.created", "new -> pending", "paid -> paid_refunded"]))
  })
})
