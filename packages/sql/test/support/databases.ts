/**
 * Empty databases for tests: a file or a PostgreSQL database, gone after the test.
 */
import { Buffer } from "node:buffer"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { Database } from "../../src/index.ts"
import { openPostgres } from "../../src/postgres/postgresDatabase.ts"

/** Where an empty database is. Several layers may be put on it. */
export const temporaryFile: Effect.Effect<string, never, Scope.Scope> = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "docdata-sqlite-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
  ),
  (folder) => join(folder, "docdata.sqlite")
)

const onServer = <A>(
  serverUrl: string,
  use: (database: Database["Service"]) => Effect.Effect<A, StoreFailure>
): Effect.Effect<A> =>
  Effect.orDie(
    Effect.scoped(Effect.flatMap(openPostgres({ url: Redacted.make(serverUrl), maxConnections: 1 }), use))
  )

const say = (sql: string) => ({ each }: Database["Service"]) =>
  each("test", function*() {
    yield { sql, params: [] }
    return Effect.void
  })

/** The url of an empty database on the server, which is dropped with the scope. */
export const temporaryDatabase = (serverUrl: string): Effect.Effect<string, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.gen(function*() {
      const name = `docdata_test_${Buffer.from(randomBytes(8)).toString("hex")}`
      yield* onServer(serverUrl, say(`CREATE DATABASE ${name}`))
      const url = new URL(serverUrl)
      url.pathname = `/${name}`
      return url.href
    }),
    (url) => onServer(serverUrl, say(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`))
  )

/** A layer on a place that is made for it and goes with it. */
export const onTemporary = <Services, E>(
  place: Effect.Effect<string, never, Scope.Scope>,
  layer: (place: string) => Layer.Layer<Services, E>
): Layer.Layer<Services, E> => Layer.unwrap(Effect.map(place, layer))
