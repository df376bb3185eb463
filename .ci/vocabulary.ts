/**
 * `npm run vocabulary`: one thing has one word, and it is the field's. Names in the source, and the pages under `docs` and
 * beside the packages, hold none of the words in `retired-words.json`; each of them has the one to use instead, and each
 * exception its reason. An exception that nothing needs any more is wrong as well.
 */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { parseSync } from "oxc-parser"

interface Exception {
  /** A name as it is written, or the beginning of a path that ends with `/` or with the name of a file. */
  readonly of: string
  readonly reason: string
}

interface Retired {
  /** Its forms, in small letters. A name holds it if one of the words it is made of is one of these. */
  readonly forms: ReadonlyArray<string>
  readonly instead: string
  /** Where it is looked for; in both if absent. */
  readonly only?: "names" | "pages"
  readonly except?: ReadonlyArray<Exception>
}

/** What `retired-words.json` holds. */
interface Vocabulary {
  /** What no word is looked for in. */
  readonly except: ReadonlyArray<Exception>
  readonly words: ReadonlyArray<Retired>
}

/** The words that a name is made of: `nextCheckAtMs` is next, check, at and ms. */
export const wordsOf = (name: string): ReadonlyArray<string> =>
  name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2").toLowerCase()
    .split(/[^a-z]+/).filter((word) => word !== "")

/** A name and the line it stands on. */
interface Named {
  readonly name: string
  readonly line: number
}

/** Every name in a source file, each once. Texts and comments have none. */
const namesIn = (path: string, source: string): ReadonlyArray<Named> => {
  const found = new Map<string, Named>()
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return
    if (Array.isArray(node)) return node.forEach(visit)
    const { name, start, type } = node as { name?: unknown; start?: number; type?: string }
    if ((type === "Identifier" || type === "PrivateIdentifier") && typeof name === "string" && !found.has(name)) {
      found.set(name, { name, line: source.slice(0, start).split("\n").length })
    }
    Object.values(node).forEach(visit)
  }
  visit(parseSync(path, source).program)
  return [...found.values()]
}

/** What is written where a page says something: no addresses of links, no code but the words in it. */
const linesOf = (page: string): ReadonlyArray<string> =>
  page.split("\n").map((line) => line.replaceAll(/\]\([^)]*\)/g, "]").replaceAll(/https?:\/\/\S+/g, ""))

const isPage = (path: string): boolean => path.endsWith(".md")
const isSource = (path: string): boolean => path.endsWith(".ts") && !path.endsWith(".d.ts")

/** Text of the repository by path, and the retired words. Answers a line for everything that is wrong. */
export const checkVocabulary = (
  files: ReadonlyMap<string, string>,
  { except: unchecked, words: retired }: Vocabulary
): ReadonlyArray<string> => {
  const wrong: Array<string> = []
  const needed = new Set<Exception>()
  const isExcepted = ({ except = [] }: Pick<Retired, "except">, path: string, name?: string): boolean => {
    const exception = except.find(({ of }) => of === name || path === of || (of.endsWith("/") && path.startsWith(of)))
    if (exception !== undefined) needed.add(exception)
    return exception !== undefined
  }
  for (const [path, text] of files) {
    if (isExcepted({ except: unchecked }, path)) continue
    if (isSource(path)) {
      const names = namesIn(path, text).map(({ line, name }) => ({ line, name, words: wordsOf(name) }))
      for (const one of retired) {
        if (one.only === "pages") continue
        for (const { line, name, words } of names) {
          if (!words.some((word) => one.forms.includes(word)) || isExcepted(one, path, name)) continue
          wrong.push(`${path}:${line}: the name ${name} holds a retired word: ${one.instead}`)
        }
      }
    } else if (isPage(path)) {
      const lines = linesOf(text)
      for (const one of retired) {
        if (one.only === "names") continue
        const pattern = new RegExp(String.raw`(?<![\w-])(?:${one.forms.join("|")})(?![\w-])`, "i")
        for (const [index, line] of lines.entries()) {
          const found = pattern.exec(line)?.[0]
          if (found === undefined || isExcepted(one, path)) continue
          wrong.push(`${path}:${index + 1}: "${found}" is a retired word: ${one.instead}`)
        }
      }
    }
  }
  for (const exception of [...unchecked, ...retired.flatMap(({ except = [] }) => except)]) {
    if (!needed.has(exception)) wrong.push(`the exception of ${exception.of} is not needed: ${exception.reason}`)
  }
  return wrong
}

const root = join(import.meta.dirname, "..")

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const vocabulary = JSON.parse(readFileSync(join(import.meta.dirname, "retired-words.json"), "utf8")) as Vocabulary
  const paths = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n")
    .filter((path) => isPage(path) || isSource(path))
  const wrong = checkVocabulary(
    new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")])),
    vocabulary
  )
  for (const line of wrong) console.error(line)
  console.log(`${paths.length} files, ${wrong.length} retired words`)
  if (wrong.length > 0) process.exitCode = 1
}
