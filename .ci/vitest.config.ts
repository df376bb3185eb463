import { defineProject } from "vitest/config"

// As in the packages: workspace packages resolve to their src folders.
const conditions = ["source", "module", "node", "development|production"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["source", "node"] } },
  test: { name: "ci", testTimeout: 120_000, hookTimeout: 120_000, include: ["**/*.test.ts"] }
})
