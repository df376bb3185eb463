import { defineProject } from "vitest/config"

// "source" makes workspace packages resolve to their src folders, so tests need no build; the rest are Vite's defaults.
const conditions = ["source", "module", "node", "development|production"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["source", "node"] } },
  test: {
    name: "ci",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**"]
  }
})
