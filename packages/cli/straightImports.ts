// Leads each name that is imported through an index of ours straight to the file that has it. A bundle is split by what
// files import: through an index every command would load all that stands beside what it needs.
import type { Plugin } from "esbuild"
import { readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** Where a name comes from: a file, and the name there; none for the whole file as one object. */
interface Origin {
  readonly file: string
  readonly name?: string
}

const packages = fileURLToPath(new URL("..", import.meta.url))

const fromIndex = /^import \{([^}]*)\} from "(@docdata\/[^"]+|\.[^"]*\/index\.ts)"$/gm
const reExport = /^export (type )?(?:\{([^}]*)\}|\* as (\w+)|\*) from "([^"]+)"$/gm
const ownExport = /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class) (\w+)/gm

/** The names of values in `a, type B, c as d`, each with what it is called where it comes from. */
const namesIn = (list: string): ReadonlyArray<readonly [local: string, name: string]> =>
  list.split(",").map((part) => part.trim()).filter((part) => part !== "" && !part.startsWith("type "))
    .map((part) => {
      const [name = "", local = name] = part.split(" as ")
      return [local, name]
    })

const fileOf = (specifier: string, importer: string): string => {
  if (specifier.startsWith(".")) return join(dirname(importer), specifier)
  const [, name = "", ...rest] = specifier.split("/")
  const { exports } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"))
  return join(packages, name, exports[[".", ...rest].join("/")].source)
}

const known = new Map<string, ReadonlyMap<string, Origin>>()

/** What a file exports, with where each comes from. */
const originsIn = (file: string): ReadonlyMap<string, Origin> => {
  const present = known.get(file)
  if (present !== undefined) return present
  const source = readFileSync(file, "utf8")
  const origins = new Map<string, Origin>()
  for (const [, name = ""] of source.matchAll(ownExport)) origins.set(name, { file, name })
  for (const [, type, list, whole, specifier = ""] of source.matchAll(reExport)) {
    if (type !== undefined) continue
    const target = fileOf(specifier, file)
    if (whole !== undefined) origins.set(whole, { file: target })
    else if (list === undefined) { for (const [name, origin] of originsIn(target)) origins.set(name, origin) }
    else {for (const [local, name] of namesIn(list)) {
        origins.set(local, originsIn(target).get(name) ?? { file: target, name })
      }}
  }
  known.set(file, origins)
  return origins
}

const straightened = (source: string, file: string): string =>
  source.replaceAll(fromIndex, (_, list: string, specifier: string) => {
    const target = fileOf(specifier, file)
    return namesIn(list).map(([local, name]) => {
      const origin = originsIn(target).get(name) ?? { file: target, name }
      const what = origin.name === undefined ? `* as ${local}` : `{ ${origin.name} as ${local} }`
      return `import ${what} from ${JSON.stringify(origin.file)}`
    }).join("\n")
  })

export const straightImports: Plugin = {
  name: "straight-imports",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]packages[\\/]\w+[\\/]src[\\/].*\.ts$/ }, ({ path }) =>
      basename(path) === "index.ts"
        ? undefined
        : { contents: straightened(readFileSync(path, "utf8"), path), loader: "ts" })
  }
}
