import { defineProject } from "vitest/config"

// "@docdata/source" makes workspace packages resolve to their src folders, so tests need no build; the rest are Vite's defaults.
const conditions = ["@docdata/source", "module", "node", "development|production"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["@docdata/source", "node"] } },
  test: { name: "service", testTimeout: 120_000, hookTimeout: 120_000, include: ["test/**/*.test.ts"] }
})
