/**
 * Checks how the sources of one package hang together: no circle of folders or files, types included, and a folder
 * that has closed its inside is imported through its index only.
 */
import { dirname, join, resolve, sep } from "node:path"
import type { ModuleImport } from "./sourceReferences.ts"

/** One shipped file of the package, by its absolute path. */
export interface FolderFile {
  readonly path: string
  readonly imports: ReadonlyArray<ModuleImport>
}

/** Packages whose folders are capabilities: others see what a folder's `index.ts` exports, and nothing else. */
const closedPackages = new Set(["application"])

interface Arrow {
  readonly from: string
  readonly to: string
  readonly file: string
  readonly line: number
}

export interface FolderProblem {
  readonly file: string
  readonly line: number
  readonly problem: string
}

/** What is wrong in the `src` of a package. */
export const folderProblems = (
  name: string,
  source: string,
  files: ReadonlyArray<FolderFile>
): ReadonlyArray<FolderProblem> => [
  ...(closedPackages.has(name) ? files.flatMap((file) => openedInsides(source, file)) : []),
  ...circles(source, files)
]

const relativeImports = ({ imports, path }: FolderFile) =>
  imports.flatMap(({ line, specifier }) =>
    specifier?.startsWith(".") === true ? [{ line, specifier, target: resolve(dirname(path), specifier) }] : []
  )

const stepsIn = (source: string, path: string): ReadonlyArray<string> => path.slice(source.length + 1).split(sep)

const openedInsides = (source: string, file: FolderFile): ReadonlyArray<FolderProblem> => {
  const own = stepsIn(source, file.path)
  return relativeImports(file).flatMap(({ line, specifier, target }) => {
    const [folder, ...inside] = stepsIn(source, target)
    const isOpen = inside.length === 0 || inside.join("/") === "index.ts" || (own.length > 1 && own[0] === folder)
    return isOpen
      ? []
      : [{ file: file.path, line, problem: `imports ${specifier}: other folders see ${folder}/index.ts only` }]
  })
}

/**
 * Every folder with its folders and files as nodes: an import leads from the node that holds the importer to the one
 * that holds the imported, in the deepest folder that has both. So a file beside a folder may use it, but not be used
 * by it as well.
 */
const circles = (source: string, files: ReadonlyArray<FolderFile>): ReadonlyArray<FolderProblem> => {
  const levels = new Map<string, Array<Arrow>>()
  for (const file of files) {
    const from = stepsIn(source, file.path)
    for (const { line, target } of relativeImports(file)) {
      const to = stepsIn(source, target)
      const shared = from.findIndex((step, at) => step !== to[at])
      if (shared === -1) continue
      const level = join(source, ...from.slice(0, shared))
      const arrows = levels.get(level) ?? []
      arrows.push({ from: join(level, from[shared]!), to: join(level, to[shared]!), file: file.path, line })
      levels.set(level, arrows)
    }
  }
  return [...levels.values()].flatMap(circlesAmong)
}

/** One problem per arrow that lies on a circle and leads to a node that comes first in it: each circle is named once. */
const circlesAmong = (arrows: ReadonlyArray<Arrow>): ReadonlyArray<FolderProblem> => {
  const targets = new Map<string, Set<string>>()
  for (const { from, to } of arrows) targets.set(from, (targets.get(from) ?? new Set()).add(to))
  const reach = new Map([...targets.keys()].map((node) => [node, reachable(node, targets)]))
  const named = new Set<string>()
  return arrows.flatMap(({ file, from, line, to }) => {
    if (reach.get(to)?.has(from) !== true) return []
    const members = [...reach.get(from)!].filter((node) => reach.get(node)?.has(from) === true).toSorted()
    const circle = members.map((node) => node.slice(node.lastIndexOf(sep) + 1)).join(", ")
    if (named.has(members.join())) return []
    named.add(members.join())
    return [{ file, line, problem: `is part of a circle of imports, types included, among ${circle}` }]
  })
}

const reachable = (start: string, targets: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> => {
  const seen = new Set<string>()
  const open = [start]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of targets.get(node) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  }
  return seen
}
