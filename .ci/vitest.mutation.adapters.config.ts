import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { defineConfig } from "vitest/config"

const root = join(import.meta.dirname, "..")
const conditions = ["@docdata/source", "module", "node", "development|production"]

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, { readonly "@docdata/source"?: string } | string>>
}

// Stryker works on a copy whose node_modules lead back to the original: packages are named by where their copy is.
const alias = globSync("packages/*/package.json", { cwd: root }).flatMap((path) => {
  const { exports = {}, name } = JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest
  return Object.entries(exports).flatMap(([subpath, target]) =>
    typeof target === "string" || target["@docdata/source"] === undefined
      ? []
      : [{
        find: new RegExp(`^${name}${subpath.slice(1)}$`),
        replacement: join(root, dirname(path), target["@docdata/source"])
      }]
  )
})

/**
 * The tests that a mutant of application, http or soap must survive: those of its package that run the source in this
 * process, and soon. `mutationAdapters.ts` says which package.
 */
export default defineConfig({
  root,
  resolve: { alias, conditions },
  ssr: { resolve: { conditions, externalConditions: ["@docdata/source", "node"] } },
  test: {
    include: [`packages/${process.env["DOCDATA_MUTATED"] ?? "soap"}/test/**/*.test.ts`],
    exclude: [
      "**/test/days/**",
      "**/test/**/*example*.test.ts",
      "**/test/**/*.types.test.ts",
      "**/test/names.test.ts",
      "**/test/readme.test.ts",
      "**/test/hostileBytes.property.test.ts",
      "**/test/schedule/refreshDueOrders.test.ts",
      "**/test/floods.test.ts",
      "**/test/responses.property.test.ts"
    ],
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})
