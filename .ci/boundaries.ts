/**
 * Checks that every import of every package is an arrow of the architecture: the table below is the architecture.
 * Also that the domain stays pure, that its decision path stays free of schemas and of effect at run time, that folders
 * form no circles, and that `application` exports what others use and nothing else.
 *
 * Run by `npm run boundaries`; prints one line per violation and fails when there is one.
 */
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs"
import { isBuiltin } from "node:module"
import { dirname, join, relative, resolve, sep } from "node:path"
import { folderProblems } from "./folders.ts"
import { type ModuleImport, readSourceReferences, type SourceReferences } from "./sourceReferences.ts"
import { countedPackages, unusedExports } from "./unusedExports.ts"

interface Row {
  /** Packages of this repository: all of their exports, types only, or the named exports only. */
  readonly workspace: Readonly<Record<string, "all" | "types" | ReadonlyArray<string>>>
  readonly external: ReadonlyArray<string>
  readonly nodeBuiltins: boolean
}

const core = { domain: "all", application: "all" } as const

const table: Readonly<Record<string, Row | "anything">> = {
  domain: { workspace: {}, external: ["decimal.js", "effect"], nodeBuiltins: false },
  application: { workspace: { domain: "all" }, external: ["effect", "countries-list"], nodeBuiltins: false },
  soap: { workspace: core, external: ["effect", "fast-xml-parser", "undici"], nodeBuiltins: true },
  memory: { workspace: core, external: ["effect"], nodeBuiltins: false },
  sql: { workspace: core, external: ["effect", "@effect/sql-pg"], nodeBuiltins: true },
  contract: {
    workspace: { domain: ["./schema"], application: ["./schema"] },
    external: ["effect"],
    nodeBuiltins: false
  },
  http: { workspace: { ...core, contract: "all" }, external: ["effect"], nodeBuiltins: true },
  // The simulator is the other side of the wire: it shares words with the domain, never code that could share a mistake.
  simulator: {
    workspace: { domain: "types" },
    external: ["effect", "@effect/platform-node", "fast-xml-parser"],
    nodeBuiltins: true
  },
  testkit: { workspace: core, external: ["effect", "fast-check"], nodeBuiltins: true },
  service: {
    workspace: {
      ...core,
      contract: "all",
      soap: "all",
      memory: "all",
      sql: "all",
      http: "all"
    },
    external: ["effect"],
    nodeBuiltins: true
  },
  cli: {
    workspace: {
      ...core,
      contract: "all",
      service: "all",
      soap: "all",
      memory: "all",
      sql: "all",
      http: "all",
      simulator: "all"
    },
    external: ["effect", "@effect/platform-node"],
    nodeBuiltins: true
  },
  bench: "anything"
}

/** What tests may import beyond their package's own row, declared as a dev dependency: doubles of the outside world. */
const forTests = new Set(["testkit", "simulator", "memory"])

/** The modules of effect that are data and functions on it. Everything else needs the runtime, a clock or a service. */
const effectData = new Set(
  ("Array BigDecimal BigInt Boolean Brand Chunk Combiner Data Duration Equal Equivalence Function HKT Hash HashMap " +
    "HashSet Iterable JsonPointer JsonSchema Match Newtype NonEmptyIterable Number Optic Option Order Ordering " +
    "Pipeable Predicate Record Redacted Reducer RegExp Result Schema SchemaAST SchemaGetter SchemaIssue SchemaParser " +
    "SchemaRepresentation SchemaTransformation StandardSchema String Struct Symbol Trie Tuple Types UndefinedOr Unify")
    .split(" ")
)
/** What the barrel `effect` re-exports from its Function module. */
const effectFunctions = new Set(["absurd", "cast", "flow", "hole", "identity", "pipe"])

// Not even as the name of a parameter: a reader should never have to look twice.
const impureGlobals = new Set(
  ("process console globalThis setTimeout setInterval setImmediate queueMicrotask fetch performance crypto require " +
    "eval Function Temporal Intl import.meta").split(" ")
)
const pureDateMembers = new Set(["UTC", "parse"])
// Their results depend on the language the machine is set to.
const localeMembers = new Set(
  "localeCompare toLocaleString toLocaleDateString toLocaleTimeString toLocaleLowerCase toLocaleUpperCase".split(" ")
)

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
}

interface Package {
  readonly name: string
  readonly folder: string
  readonly manifest: Manifest
  readonly row: Row | "anything"
}

interface SourceFile {
  readonly path: string
  /** Shipped files keep the package's row; tests, benchmarks and tool settings may import tools as well. */
  readonly shipped: boolean
  readonly references: SourceReferences
}

export interface BoundaryReport {
  readonly violations: ReadonlyArray<string>
  readonly fileCount: number
  readonly importCount: number
}

export const checkBoundaries = (root: string, withCircles: ReadonlySet<string> = new Set()): BoundaryReport => {
  const packagesFolder = join(root, "packages")
  const rootManifest = readManifest(root)
  const violations: Array<string> = []
  const packages = new Map<string, Package>()
  let fileCount = 0
  let importCount = 0

  for (const name of readdirSync(packagesFolder)) {
    const folder = join(packagesFolder, name)
    if (!existsSync(join(folder, "package.json"))) continue
    const row = table[name]
    if (row === undefined) {
      violations.push(`packages/${name}: is not in the table of packages`)
      continue
    }
    packages.set(name, { name, folder, manifest: readManifest(folder), row })
  }

  const filesByPackage = new Map([...packages.values()].map(({ folder, name }) => [name, readSources(folder)]))
  for (const owner of packages.values()) {
    violations.push(...manifestViolations(owner))
    const files = filesByPackage.get(owner.name)!
    for (const file of files) {
      fileCount += 1
      importCount += file.references.imports.length
      const at = (line: number): string => `${relative(root, file.path)}:${line}`
      violations.push(...file.references.syntaxErrors.map((error) => `${at(1)}: cannot be read: ${error}`))
      for (const imported of file.references.imports) {
        const problem = importProblem({ owner, file, imported, packages, rootManifest })
        if (problem !== undefined) violations.push(`${at(imported.line)}: ${problem}`)
      }
      if (owner.name === "domain" && file.shipped) {
        violations.push(...impurities(file.references).map(({ line, problem }) => `${at(line)}: ${problem}`))
      }
    }
    if (owner.name === "domain") violations.push(...decisionPathViolations(owner.folder, files, root))
    violations.push(...circleViolations(owner, withCircles, { files, root }))
    violations.push(...exportViolations(owner, filesByPackage, root))
  }
  return { violations, fileCount, importCount }
}

const readManifest = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))

const readSources = (folder: string): ReadonlyArray<SourceFile> =>
  globSync("**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}", {
    cwd: folder,
    exclude: (path) => /(^|[\\/])(node_modules|dist|coverage|reports)$/.test(path)
  }).toSorted().map((name) => {
    const path = join(folder, name)
    const top = name.split(sep)[0]
    return {
      path,
      shipped: top === "src" || top === "bin",
      references: readSourceReferences(path, readFileSync(path, "utf8"))
    }
  })

const manifestViolations = ({ name, manifest, row }: Package): ReadonlyArray<string> => {
  const violations: Array<string> = []
  if (manifest.name !== `@docdata/${name}`) {
    violations.push(`packages/${name}/package.json: is named ${manifest.name}, not @docdata/${name}`)
  }
  if (row === "anything") return violations
  for (const dependency of Object.keys(shippedDependencies(manifest))) {
    const allowed = dependency.startsWith("@docdata/")
      ? row.workspace[dependency.slice("@docdata/".length)] !== undefined
      : row.external.includes(dependency)
    if (!allowed) violations.push(`packages/${name}/package.json: depends on ${dependency}, which is not in its row`)
  }
  return violations
}

const shippedDependencies = (manifest: Manifest): Readonly<Record<string, string>> => ({
  ...manifest.dependencies,
  ...manifest.peerDependencies,
  ...manifest.optionalDependencies
})

interface ImportInContext {
  readonly owner: Package
  readonly file: SourceFile
  readonly imported: ModuleImport
  readonly packages: ReadonlyMap<string, Package>
  readonly rootManifest: Manifest
}

const importProblem = (context: ImportInContext): string | undefined => {
  const { owner, file, imported } = context
  const { specifier } = imported
  if (specifier === undefined) return file.shipped ? "imports a computed name, which nobody can check" : undefined
  if (specifier.startsWith(".")) return relativeProblem(owner, file, specifier)
  if (isBuiltin(specifier)) {
    if (owner.row === "anything" || owner.row.nodeBuiltins || !file.shipped) return undefined
    return `imports ${specifier}: this package uses nothing of Node`
  }
  if (!/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(\/|$)/.test(specifier)) {
    return `imports ${specifier}: only relative paths, packages and node:* are allowed`
  }
  const scoped = specifier.startsWith("@")
  const packageName = specifier.split("/").slice(0, scoped ? 2 : 1).join("/")
  const subpath = `.${specifier.slice(packageName.length)}`
  return undeclaredProblem(context, packageName) ??
    (scoped && packageName.startsWith("@docdata/")
      ? workspaceProblem(context, packageName.slice("@docdata/".length), subpath)
      : externalProblem(context, packageName, subpath))
}

const relativeProblem = (owner: Package, file: SourceFile, specifier: string): string | undefined => {
  const target = resolve(dirname(file.path), specifier)
  if (!isInside(owner.folder, target)) return `imports ${specifier}: a relative import leaves its package`
  const source = join(owner.folder, "src")
  if (!isInside(source, file.path) || isInside(source, target)) return undefined
  return target === join(owner.folder, "package.json") ? undefined : `imports ${specifier}: src imports src only`
}

const isInside = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep)

const undeclaredProblem = (context: ImportInContext, packageName: string): string | undefined => {
  const { owner, file, rootManifest } = context
  if (packageName === owner.manifest.name) {
    return file.shipped ? `imports its own name ${packageName}: use a relative import` : undefined
  }
  const declared = file.shipped
    ? shippedDependencies(owner.manifest)
    : { ...shippedDependencies(owner.manifest), ...owner.manifest.devDependencies, ...rootManifest.devDependencies }
  return packageName in declared ? undefined : `imports ${packageName}, which its package.json does not declare`
}

const workspaceProblem = (
  { owner, file, imported, packages }: ImportInContext,
  name: string,
  subpath: string
): string | undefined => {
  const target = packages.get(name)
  if (target === undefined) return `imports @docdata/${name}, which does not exist`
  if (name === "bench") return "imports @docdata/bench: nothing imports the benchmarks"
  if (!(subpath in (target.manifest.exports ?? {}))) {
    return `imports ${imported.specifier}: a deep import, not one of the package's exports`
  }
  if (owner.row === "anything" || owner.name === name || (!file.shipped && forTests.has(name))) return undefined
  const allowed = owner.row.workspace[name]
  if (allowed === undefined) return `imports @docdata/${name}: ${owner.name} -> ${name} is no arrow of the table`
  if (allowed === "types" && !imported.typeOnly && file.shipped) {
    return `imports values of @docdata/${name}: ${owner.name} may take its types only (import type)`
  }
  if (Array.isArray(allowed) && !allowed.includes(subpath)) {
    return `imports ${imported.specifier}: ${owner.name} may import ${allowed.join(", ")} of ${name} only`
  }
  return undefined
}

const externalProblem = (
  { owner, file, imported }: ImportInContext,
  packageName: string,
  subpath: string
): string | undefined => {
  // Tests and tool settings may use whatever is declared.
  if (!file.shipped || owner.row === "anything") return undefined
  if (!owner.row.external.includes(packageName)) {
    return `imports ${packageName}: ${owner.name} -> ${packageName} is no arrow of the table`
  }
  return owner.name === "domain" && packageName === "effect" ? effectProblem(imported, subpath) : undefined
}

const effectProblem = (imported: ModuleImport, subpath: string): string | undefined => {
  const foreign = subpath === "."
    ? imported.names.filter((name) => !effectData.has(name) && !effectFunctions.has(name))
    : effectData.has(subpath.slice(2))
    ? []
    : [subpath.slice(2)]
  if (foreign.length === 0) return undefined
  const what = foreign.map((name) => name === "*" ? "the whole of effect" : `effect's ${name}`).join(", ")
  return `imports ${what}: the domain takes data modules and Schema only`
}

const impurities = (
  { identifiers, properties }: SourceReferences
): ReadonlyArray<{ readonly line: number; readonly problem: string }> => [
  ...identifiers.flatMap(({ name, property, line }) => {
    if (impureGlobals.has(name)) return [{ line, problem: `uses ${name}: the domain is pure` }]
    if (name === "Date" && !(property !== undefined && pureDateMembers.has(property))) {
      return [{ line, problem: "uses Date: time is an argument of the domain (Date.UTC and Date.parse are fine)" }]
    }
    if (name === "Math" && (property === undefined || property === "random")) {
      return [{ line, problem: "uses Math.random, or Math in a way that could hide it: the domain is deterministic" }]
    }
    return []
  }),
  ...properties.filter(({ name }) => localeMembers.has(name)).map(({ name, line }) => (
    { line, problem: `uses ${name}: its result depends on the machine's language` }
  ))
]

const circleViolations = (
  { folder, name }: Package,
  withCircles: ReadonlySet<string>,
  { files, root }: { readonly files: ReadonlyArray<SourceFile>; readonly root: string }
): ReadonlyArray<string> => {
  const source = join(folder, "src")
  const inSource = files.filter(({ path }) => isInside(source, path))
  const problems = folderProblems(
    name,
    source,
    inSource.map(({ path, references: { imports } }) => ({ path, imports }))
  )
  const described = problems.map(({ file, line, problem }) => `${relative(root, file)}:${line}: ${problem}`)
  if (!withCircles.has(name)) return described
  return described.length === 0 ? [`packages/${name}: has no circles any more, take it out of withCircles`] : []
}

const exportViolations = (
  { folder, manifest, name }: Package,
  filesByPackage: ReadonlyMap<string, ReadonlyArray<SourceFile>>,
  root: string
): ReadonlyArray<string> => {
  const index = join(folder, "src", "index.ts")
  const own = filesByPackage.get(name) ?? []
  const references = own.find(({ path }) => path === index)?.references
  if (!countedPackages.has(name) || references === undefined) return []
  const examples = own.filter(({ path }) => isInside(join(folder, "examples"), path))
  const others = [...filesByPackage].flatMap(([other, files]) => other === name ? examples : files)
  return unusedExports(manifest.name, references.imports, others.map((file) => file.references))
    .map(({ line, name }) => `${relative(root, index)}:${line}: exports ${name}, which no other package uses`)
}

/** Walks what `src/reconcile.ts` loads at run time, so that an embedder's bundle of the decision stays small. */
const decisionPathViolations = (
  folder: string,
  files: ReadonlyArray<SourceFile>,
  root: string
): ReadonlyArray<string> => {
  const fileByPath = new Map(files.map((file) => [file.path, file]))
  const schemaFolder = join(folder, "src", "schema")
  const start = join(folder, "src", "reconcile.ts")
  if (!fileByPath.has(start)) return ["packages/domain/src/reconcile.ts: the start of the decision path is missing"]

  const violations: Array<string> = []
  const seen = new Set([start])
  for (const path of seen) {
    for (const { specifier, typeOnly, line } of fileByPath.get(path)?.references.imports ?? []) {
      const at = `${relative(root, path)}:${line}`
      if (specifier?.startsWith(".") === true) {
        const target = resolve(dirname(path), specifier)
        if (isInside(schemaFolder, target)) violations.push(`${at}: the decision path imports a schema (${specifier})`)
        else if (!typeOnly) seen.add(target)
      } else if (!typeOnly && /^effect(\/|$)/.test(specifier ?? "")) {
        violations.push(`${at}: the decision path loads ${specifier} at run time`)
      }
    }
  }
  return violations
}

/** Packages that still have circles. The list only ever gets shorter: one that has none any more has to leave it. */
const stillWithCircles: ReadonlySet<string> = new Set(["domain", "simulator"])

if (import.meta.main) {
  const { violations, fileCount, importCount } = checkBoundaries(join(import.meta.dirname, ".."), stillWithCircles)
  for (const violation of violations) console.error(violation)
  console.log(`boundaries: ${importCount} imports in ${fileCount} files, ${violations.length} violations`)
  if (violations.length > 0) process.exit(1)
}
