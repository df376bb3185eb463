// Bundles the command. `npm ci` runs it, so that `npx docdata` works in a fresh clone without a build; a bundle also
// starts several times faster than a tree of modules. It is split where the sources import on demand, so that
// `--help` loads the few kilobytes it needs.
import { rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const inPackage = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Writes `docdata.js` and its chunks into a folder of their own, which is emptied first. */
export const bundle = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true })
  await build({
    entryPoints: { docdata: inPackage("src/main.ts") },
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: "[name]-[hash]",
    platform: "node",
    format: "esm",
    target: "node22.19",
    conditions: ["source"],
    // Some dependencies are CommonJS and call require for Node's own modules, which an ES module does not have.
    banner: {
      js:
        "import { createRequire as __createRequire } from \"node:module\"; const require = __createRequire(import.meta.url);"
    },
    legalComments: "none",
    logLevel: "warning"
  })
}

if (import.meta.main) await bundle(inPackage("dist/bundle"))
