// Bundles the command. `npm ci` runs it, so that `npx docdata` works in a fresh clone without a build; a bundle also
// starts several times faster than a tree of modules. It is split where the sources import on demand, so that
// `--help` loads the few kilobytes it needs.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { rolldown } from "rolldown"

const inPackage = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const entry = "docdata.js"

/** What every command needs before it is known which: help, and the reading of what was typed. */
const front =
  /[\\/]cli[\\/]src[\\/](dispatch|commands|helpText|readArguments|badUsage|Command|ExitCode|version|text[\\/](tableWithin|wrap))\.ts$|[\\/]service[\\/]src[\\/]text[\\/]|^\0/

/**
 * What so many commands and groups of the API share goes into one file: a file costs about a millisecond, however small
 * it is. With less a command loads more code that it does not run, with more it loads more files.
 */
const shareCountMin = 8

/** The source files whose code each file of a bundle has. */
export type BundledSources = Readonly<Record<string, ReadonlyArray<string>>>

/**
 * Writes `docdata.js` and its chunks into a folder of their own. A command that starts meanwhile finds either
 * the old bundle or the new one: chunks are named by their content, and old ones go last.
 */
export const bundle = async (folder: string): Promise<BundledSources> => {
  const bundled = await rolldown({
    input: { docdata: inPackage("src/main.ts") },
    platform: "node",
    resolve: { conditionNames: ["@docdata/source", "node", "import", "default"] },
    transform: { target: "node22.19" },
    // The definition of the whole API imports every group; whoever needs one group does not import it.
    checks: { ineffectiveDynamicImport: false },
    logLevel: "warn"
  })
  const { output } = await bundled.generate({
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    // Names stay: a fault that is reported tells where it happened.
    minify: { compress: true, mangle: false, codegen: true },
    comments: false,
    codeSplitting: {
      groups: [
        { name: "front", test: front, priority: 2 },
        { name: "common", minShareCount: shareCountMin, priority: 1 }
      ]
    }
  })
  await bundled.close()
  const sources: Record<string, ReadonlyArray<string>> = {}
  mkdirSync(folder, { recursive: true })
  // The entry after the chunks that it names, and in one step.
  for (const chunk of output.toSorted((a, b) => Number(a.fileName === entry) - Number(b.fileName === entry))) {
    if (chunk.type !== "chunk") throw new Error(`${chunk.fileName} is no code: the command would not find it`)
    const path = join(folder, chunk.fileName)
    sources[chunk.fileName] = Object.entries(chunk.modules).flatMap(([source, { renderedLength }]) =>
      renderedLength > 0 ? [source] : []
    )
    writeFileSync(`${path}.new`, chunk.code)
    renameSync(`${path}.new`, path)
  }
  const written = new Set(output.map(({ fileName }) => basename(fileName)))
  for (const name of readdirSync(folder)) {
    if (!written.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
  return sources
}

if (import.meta.main) await bundle(inPackage("dist/bundle"))
