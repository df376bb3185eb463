// Bundles the command. `npm ci` runs it, so that `npx docdata` works in a fresh clone without a build; a bundle also
// starts several times faster than a tree of modules. It is split where the sources import on demand, so that
// `--help` loads the few kilobytes it needs.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { straightImports } from "./straightImports.ts"

const inPackage = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const isEntry = (path: string): boolean => basename(path) === "docdata.js"

/**
 * Writes `docdata.js` and its chunks into a folder of their own. A command that starts meanwhile finds either
 * the old bundle or the new one: chunks are named by their content, and old ones go last.
 */
export const bundle = async (folder: string): Promise<void> => {
  const { outputFiles } = await build({
    entryPoints: { docdata: inPackage("src/main.ts") },
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    chunkNames: "[name]-[hash]",
    platform: "node",
    format: "esm",
    target: "node22.19",
    conditions: ["source"],
    plugins: [straightImports],
    // Some dependencies are CommonJS and call require for Node's own modules, which an ES module does not have.
    banner: {
      js:
        "import { createRequire as __createRequire } from \"node:module\"; const require = __createRequire(import.meta.url);"
    },
    legalComments: "none",
    logLevel: "warning"
  })
  mkdirSync(folder, { recursive: true })
  // The entry after the chunks that it names, and in one step.
  for (const { contents, path } of outputFiles.toSorted((a, b) => Number(isEntry(a.path)) - Number(isEntry(b.path)))) {
    writeFileSync(`${path}.new`, contents)
    renameSync(`${path}.new`, path)
  }
  const written = new Set(outputFiles.map(({ path }) => basename(path)))
  for (const name of readdirSync(folder)) {
    if (!written.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

if (import.meta.main) await bundle(inPackage("dist/bundle"))
