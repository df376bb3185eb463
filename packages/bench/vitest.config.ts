import { defineProject } from "vitest/config"

// "@docdata/source" makes workspace packages resolve to their src folders, so benchmarks need no build; the rest are Vite's
// defaults.
const conditions = ["@docdata/source", "module", "node", "development|production"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["@docdata/source", "node"] } },
  test: {
    testTimeout: 120_000,
    name: "bench",
    include: ["test/**/*.test.ts"],
    // What is measured is loaded by Node itself: vitest's own loader turns every import into a getter, which more
    // than doubles the time of code that is made of small functions.
    execArgv: ["--conditions=@docdata/source"],
    server: { deps: { external: [/\/packages\/[^/]+\/src\//] } }
  }
})
