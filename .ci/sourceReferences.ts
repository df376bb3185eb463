/**
 * What a source file refers to outside itself: the modules it imports, in every form the language has, and the
 * globals it names. Read from the syntax tree, so that comments, strings and line breaks cannot mislead it.
 */
import { parseSync, visitorKeys } from "oxc-parser"

export interface ModuleImport {
  /** As written; undefined when it is computed and nobody can know it before it runs. */
  readonly specifier: string | undefined
  /** The exported names taken; `*` for the whole module, `default` for its default. Empty for `import "x"`. */
  readonly names: readonly string[]
  /** True when the compiler erases the whole statement. `import { type A }` stays as an import at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

/** An identifier in value position that is not the name of a property, or `object.property` of such an identifier. */
export interface GlobalUse {
  readonly name: string
  readonly property: string | undefined
  readonly line: number
}

export interface SourceReferences {
  readonly imports: readonly ModuleImport[]
  readonly identifiers: readonly GlobalUse[]
  /** Names of properties read with a dot, whatever the object is. */
  readonly properties: readonly GlobalUse[]
  readonly syntaxErrors: readonly string[]
}

interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

export const readSourceReferences = (fileName: string, source: string): SourceReferences => {
  const { program, errors } = parseSync(fileName, source, { preserveParens: false })
  const lineOf = lineCounter(source)
  const imports: Array<ModuleImport> = []
  const identifiers: Array<GlobalUse> = []
  const properties: Array<GlobalUse> = []

  const visit = (node: SyntaxNode, inType: boolean): void => {
    const line = lineOf(node.start)
    const imported = importOf(node)
    if (imported !== undefined) imports.push({ ...imported, line })

    if (!inType && node.type === "MetaProperty") identifiers.push({ name: "import.meta", property: undefined, line })
    if (!inType && node.type === "Identifier") {
      identifiers.push({ name: String(node["name"]), property: undefined, line })
    }
    const property = staticPropertyOf(node)
    if (property !== undefined && !inType) {
      properties.push({ name: property, property: undefined, line })
      const object = node["object"]
      if (isNode(object) && object.type === "Identifier") {
        identifiers.push({ name: String(object["name"]), property, line })
        return
      }
    }
    const childInType = inType || isTypeOnlySyntax(node)
    for (const field of fieldsWithReferences(node)) {
      for (const child of nodesIn(node[field])) visit(child, childInType)
    }
  }
  visit(program as unknown as SyntaxNode, false)
  return { imports, identifiers, properties, syntaxErrors: errors.map((error) => error.message) }
}

const importOf = (node: SyntaxNode): Omit<ModuleImport, "line"> | undefined => {
  switch (node.type) {
    case "ImportDeclaration": {
      return { specifier: textOf(node["source"]), names: importedNames(node), typeOnly: node["importKind"] === "type" }
    }
    case "ExportNamedDeclaration": {
      if (node["source"] === null) return undefined
      return { specifier: textOf(node["source"]), names: importedNames(node), typeOnly: node["exportKind"] === "type" }
    }
    case "ExportAllDeclaration": {
      return { specifier: textOf(node["source"]), names: ["*"], typeOnly: node["exportKind"] === "type" }
    }
    case "ImportExpression": {
      return { specifier: textOf(node["source"]), names: ["*"], typeOnly: false }
    }
    case "TSImportType": {
      return { specifier: textOf(node["source"]), names: [firstName(node["qualifier"])], typeOnly: true }
    }
    case "TSExternalModuleReference": {
      return { specifier: textOf(node["expression"]), names: ["*"], typeOnly: false }
    }
    case "CallExpression": {
      const callee = node["callee"]
      if (!isNode(callee) || callee.type !== "Identifier" || callee["name"] !== "require") return undefined
      return { specifier: textOf(nodesIn(node["arguments"])[0]), names: ["*"], typeOnly: false }
    }
    default: {
      return undefined
    }
  }
}

const importedNames = (node: SyntaxNode): ReadonlyArray<string> =>
  nodesIn(node["specifiers"]).map((specifier) => {
    switch (specifier.type) {
      case "ImportSpecifier": {
        return nameOf(specifier["imported"])
      }
      case "ExportSpecifier": {
        return nameOf(specifier["local"])
      }
      case "ImportDefaultSpecifier": {
        return "default"
      }
      default: {
        return "*"
      }
    }
  })

/** `import("x").A.B` takes A; `import("x")` alone takes the whole module. */
const firstName = (qualifier: unknown): string => {
  if (!isNode(qualifier)) return "*"
  return qualifier.type === "TSQualifiedName" ? firstName(qualifier["left"]) : nameOf(qualifier)
}

const nameOf = (node: unknown): string => isNode(node) ? String(node["name"] ?? node["value"]) : "*"

const textOf = (node: unknown): string | undefined => {
  if (!isNode(node)) return undefined
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"]
  if (node.type !== "TemplateLiteral" || nodesIn(node["expressions"]).length > 0) return undefined
  const cooked = nodesIn(node["quasis"]).map((quasi) => (quasi["value"] as { readonly cooked: string }).cooked)
  return cooked.join("")
}

const staticPropertyOf = (node: SyntaxNode): string | undefined =>
  node.type === "MemberExpression" && node["computed"] === false ? nameOf(node["property"]) : undefined

// These carry a value along with their type; every other TypeScript node is erased.
const typedExpressions = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "TSExportAssignment"
])

const isTypeOnlySyntax = (node: SyntaxNode): boolean => node.type.startsWith("TS") && !typedExpressions.has(node.type)

/** The fields of a node that hold references: names of properties, labels and imported or exported names are none. */
const fieldsWithReferences = (node: SyntaxNode): ReadonlyArray<string> => {
  const fields = visitorKeys[node.type] ?? []
  switch (node.type) {
    case "MemberExpression": {
      return node["computed"] === true ? fields : ["object"]
    }
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty": {
      return node["computed"] === true ? fields : fields.filter((field) => field !== "key")
    }
    case "ImportSpecifier": {
      return ["local"]
    }
    case "ExportSpecifier":
    case "ExportAllDeclaration":
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty": {
      return []
    }
    case "LabeledStatement": {
      return ["body"]
    }
    default: {
      return fields
    }
  }
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"

const nodesIn = (value: unknown): ReadonlyArray<SyntaxNode> =>
  Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []

const lineCounter = (source: string): (offset: number) => number => {
  const starts = [0]
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1)
  return (offset) => {
    const after = starts.findIndex((start) => start > offset)
    return after === -1 ? starts.length : after
  }
}
