/**
 * What npm would publish of each package exports only what its tarball has, and sources only under a name of our own: a
 * consumer who sets `source` for other packages gets our builds.
 */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const root = join(import.meta.dirname, "..", "..")

interface Packed {
  readonly name: string
  readonly files: ReadonlyArray<{ readonly path: string }>
}

// Without the builds, which no test needs: what stands in `dist` is known by the source that it is built from.
const packs: ReadonlyArray<Packed> = JSON.parse(
  execFileSync("npm", ["pack", "--workspaces", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32"
  })
)

const exportsOf = ({ name }: Packed): ReadonlyArray<readonly [condition: string, target: string]> => {
  const folder = join(root, "packages", name.replace(/^.*\//, ""))
  const { exports = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  }
  return Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [["default", entry]] : Object.entries(entry)
  )
}

const published = packs.filter((packed) => exportsOf(packed).length > 0)

describe("the tarballs of the published packages", () => {
  it("are looked at, all of them", () => {
    expect(published.length).toBeGreaterThanOrEqual(11)
  })

  it.each(published)("of $name has each source that it exports, and the source of each build", (packed) => {
    const files = new Set(packed.files.map(({ path }) => `./${path}`))
    const sources = exportsOf(packed).map(([, target]) =>
      target.replace(/^\.\/dist\/(.*?)(?:\.d\.ts|\.js)$/, "./src/$1.ts")
    )
    expect(sources.filter((source) => !files.has(source))).toEqual([])
  })

  it.each(published)("of $name exports its sources under a condition of our own only", (packed) => {
    const sources = exportsOf(packed).filter(([, target]) => target.endsWith(".ts") && !target.endsWith(".d.ts"))
    expect(sources.filter(([condition]) => condition !== "@docdata/source")).toEqual([])
  })
})
