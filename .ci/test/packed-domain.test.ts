/**
 * What npm would publish of `domain` works for somebody who has nothing of this repository: packed, installed without
 * network into an empty project, and asked in plain JavaScript.
 */
import { execFileSync } from "node:child_process"
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const root = join(import.meta.dirname, "..", "..")
const example = join(root, "packages", "domain", "examples", "decide.ts")

// Plain `npm` is a script, so it runs on the pinned Node that npm itself put first in the PATH.
const npm = (cwd: string, ...args: ReadonlyArray<string>): string =>
  execFileSync("npm", [...args], { cwd, encoding: "utf8", shell: process.platform === "win32" })

describe("the packed domain in an empty project", () => {
  let project = ""

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "packed-domain-"))
    npm(join(root, "packages", "domain"), "pack", "--silent", "--pack-destination", project)
    const tarball = readdirSync(project).find((name) => name.endsWith(".tgz"))
    // Its dependencies are taken from here, so that nothing is downloaded; npm checks that their versions fit.
    const local = (name: string): string => `file:${join(root, "node_modules", name)}`
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({
        private: true,
        type: "module",
        dependencies: {
          "@docdata/domain": `file:${tarball}`,
          "decimal.js": local("decimal.js"),
          effect: local("effect")
        }
      })
    )
    npm(
      project,
      "install",
      "--offline",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      "--cache",
      join(project, ".npm")
    )
    // The example has no types in it, so the same text is plain JavaScript.
    copyFileSync(example, join(project, "decide.js"))
  }, 60_000)

  afterAll(() => rmSync(project, { recursive: true, force: true }))

  it("decides a report in at most 15 lines of plain JavaScript", () => {
    const lines = readFileSync(join(project, "decide.js"), "utf8").split("\n").filter((line) => line.trim() !== "")
    expect(lines.length).toBeLessThanOrEqual(15)
    const printed = execFileSync(process.execPath, ["decide.js"], { cwd: project, encoding: "utf8" })
    expect(printed).toBe("paid paid-in-full ship\n")
  })

  it("decides from its build also where a consumer asks other packages for the condition source", () => {
    const command = ["--conditions=source", "decide.js"]
    expect(execFileSync(process.execPath, command, { cwd: project, encoding: "utf8" })).toBe("paid paid-in-full ship\n")
  })

  const bundleOf = async (code: string) => {
    const { metafile, outputFiles } = await build({
      stdin: { contents: code, resolveDir: project },
      bundle: true,
      minify: true,
      format: "esm",
      external: ["decimal.js"],
      metafile: true,
      write: false
    })
    // What is counted and then left out whole counts nothing.
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
    return {
      modules: inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name),
      bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length
    }
  }

  it("bundles the strict decision into at most 10 kB, without effect, legacy sets and words", async () => {
    const { bytes, modules } = await bundleOf("export { reconcileStrict } from \"@docdata/domain\"")
    expect(bytes).toBeLessThanOrEqual(10_000)
    expect(modules.length).toBeGreaterThan(10)
    expect(modules.filter((name) => /\/effect\/|\/(?:schema|legacy|words)\//.test(name))).toEqual([])
  })

  it("bundles all rule sets without effect as well", async () => {
    const { modules } = await bundleOf("export { reconcile } from \"@docdata/domain\"")
    expect(modules.filter((name) => /\/effect\//.test(name))).toEqual([])
  })
})
