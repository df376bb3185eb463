import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

// Vitest leaves one processor to itself; of two that is half. It gives each project a number of its own, and this is the
// one way to say it for all of them.
process.env["VITEST_MAX_WORKERS"] ??= String(availableParallelism())

// One run for the whole repository: every package is a project, and so are the repository's own checks in .ci.
export default defineConfig({
  test: {
    projects: ["packages/*", ".ci"],
    coverage: {
      provider: "v8",
      include: ["**/src/**/*.ts"],
      reporter: ["text-summary", "json-summary", "html"]
    }
  }
})
