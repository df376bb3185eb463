/**
 * No page of this repository points at something that is not there.
 */
import { existsSync, globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "..", "..")

const pages = globSync("**/*.md", {
  cwd: root,
  exclude: (path) => /(^|[\\/])(node_modules|dist|coverage|reports|\.stryker-tmp)$/.test(path)
}).toSorted()

/** The page as GitHub names its headings. */
const anchorsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    [...markdown.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
    )
  )

it.each(pages)("%s has no dead link inside the repository", (page) => {
  const markdown = readFileSync(join(root, page), "utf8")
  const text = markdown.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "")
  const dead = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path, anchor] = target.split("#")
      const file = path === "" ? join(root, page) : join(root, dirname(page), path!)
      if (!existsSync(file)) return true
      return anchor !== undefined && !anchorsOf(readFileSync(file, "utf8")).has(anchor)
    })
  expect(dead).toEqual([])
})
