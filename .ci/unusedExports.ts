/**
 * Counts the names that a package exports and nobody outside it takes: each is a promise nobody asked for.
 *
 * Only packages that list their names one by one are counted; the package's own examples are users like any other.
 */
import type { ModuleImport } from "./sourceReferences.ts"

/** Packages whose `src/index.ts` names what it exports, and exports nothing that is not used. */
export const countedPackages: ReadonlySet<string> = new Set(["application"])

/** The imports of one file that is not of the package's own sources and tests. */
export interface OutsideFile {
  readonly imports: ReadonlyArray<ModuleImport>
}

/** Names in the index that no file outside takes; `export *` in the index cannot be counted and is named itself. */
export const unusedExports = (
  packageName: string,
  index: ReadonlyArray<ModuleImport>,
  outside: ReadonlyArray<OutsideFile>
): ReadonlyArray<{ readonly name: string; readonly line: number }> => {
  const taken = new Set(
    outside.flatMap(({ imports }) =>
      imports.filter(({ specifier }) => specifier === packageName).flatMap(({ names }) => names)
    )
  )
  return index.flatMap(({ line, names }) =>
    names.filter((name) => name === "*" || !taken.has(name)).map((name) => ({ name, line }))
  )
}
