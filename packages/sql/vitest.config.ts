import { defineProject } from "vitest/config"

// "@docdata/source" makes workspace packages resolve to their src folders, so tests need no build; the rest are Vite's defaults.
const conditions = ["@docdata/source", "module", "node", "development|production"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["@docdata/source", "node"] } },
  // What loads the global setup: it would look for a build of what that imports.
  environments: { __vitest__: { resolve: { conditions, noExternal: [/^@docdata\//] } } },
  test: {
    name: "sql",
    // Databases are made and whole streams run in one test; other work may keep the machine busy meanwhile.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/globalSetup.ts"]
  }
})
