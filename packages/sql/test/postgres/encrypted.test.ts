/**
 * PostgreSQL that lets sessions in encrypted only, with a certificate of an authority of our own; and one that comes up after
 * whoever needs it.
 */
import { freePort, type PostgresServer, startPostgres } from "@docdata/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openPostgres } from "../../src/postgres/postgresDatabase.ts"
import { statement, text } from "../../src/Script.ts"

const folder = mkdtempSync(join(tmpdir(), "docdata-certificates-"))
const file = (name: string): string => join(folder, name)
const openssl = (...args: ReadonlyArray<string>) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" })

/** An authority, and a certificate of it for the name that the server does not have. */
const makeCertificates = (): void => {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=authority", "-days", "2")
  openssl("req", "-x509", ...key, "-keyout", "other.key", "-out", "other.pem", "-subj", "/CN=other", "-days", "2")
  openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=db.invalid")
  const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2"]
  openssl("x509", "-req", "-in", "server.csr", ...by, "-out", "server.pem")
}

const currentSchema = (url: string, waitMs = 0): Promise<string> =>
  Effect.runPromise(
    Effect.scoped(
      Effect.flatMap(openPostgres({ url: Redacted.make(url), maxConnections: 1, waitMs }), ({ read }) =>
        read("test", function*() {
          const [row] = yield statement("SELECT current_setting('search_path') AS path")
          return Effect.succeed(text(row!, "path"))
        }))
    ).pipe(Effect.mapError((failure) =>
      new Error(failure.message)
    ))
  )

let server: PostgresServer | undefined
let encrypted: PostgresServer | undefined
beforeAll(async () => {
  makeCertificates()
  const certificate = readFileSync(file("server.pem"), "utf8")
  encrypted = await startPostgres({ fsync: false, tls: { certificate, key: readFileSync(file("server.key"), "utf8") } })
}, 60_000)
afterAll(async () => {
  await encrypted?.stop()
  await server?.stop()
  rmSync(folder, { recursive: true })
})

describe("PostgreSQL with a private authority", () => {
  it.each([
    ["sslmode=require: encrypted, whoever it is", "sslmode=require"],
    [
      "sslmode=verify-ca: signed by the authority, whatever its name",
      `sslmode=verify-ca&sslrootcert=${file("ca.pem")}`
    ],
    ["sslmode=require with an authority, which is checked", `sslmode=require&sslrootcert=${file("ca.pem")}`]
  ])("is reached by %s", async (_name, parameters) => {
    expect(await currentSchema(`${encrypted!.url}?${parameters}&options=-c%20search_path%3Dshop`)).toBe("shop")
  })

  it.each([
    ["in clear text", "sslmode=disable"],
    ["with another authority", `sslmode=verify-ca&sslrootcert=${file("other.pem")}`],
    ["with an authority that is not known to the system", "sslmode=verify-full"],
    ["under a name that its certificate does not have", `sslmode=verify-full&sslrootcert=${file("ca.pem")}`]
  ])("is not reached %s", async (_name, parameters) => {
    await expect(currentSchema(`${encrypted!.url}?${parameters}`)).rejects.toThrow(/PostgreSQL at 127\.0\.0\.1/)
  })

  it("is not asked when the file of the authority is not there", async () => {
    const url = `${encrypted!.url}?sslmode=verify-ca&sslrootcert=${file("none.pem")}`
    await expect(currentSchema(url)).rejects.toThrow(/none\.pem of its connection string cannot be read/)
  })
})

describe("PostgreSQL that is not up yet", () => {
  it("is waited for", async () => {
    const port = await freePort()
    const waiting = currentSchema(`postgres://docdata@127.0.0.1:${port}/postgres`, 30_000)
    server = await startPostgres({ fsync: false, port })
    expect(await waiting).toContain("public")
  })

  it("is not waited for longer than said, and not at all by default", async () => {
    const url = `postgres://docdata@127.0.0.1:${await freePort()}/postgres`
    await expect(currentSchema(url, 1)).rejects.toThrow(/the server cannot be reached/)
    await expect(currentSchema(url)).rejects.toThrow(/the server cannot be reached/)
  })
})
