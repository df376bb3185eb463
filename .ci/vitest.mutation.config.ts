import { join } from "node:path"
import { defineConfig } from "vitest/config"

/**
 * The tests that a mutant of the kernel must survive: all of `packages/domain` that run the source in this process.
 * Left out are the walk, which takes minutes, and tests that start another process or read what is built.
 */
export default defineConfig({
  root: join(import.meta.dirname, "..", "packages", "domain"),
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/walk/**", "test/vectors/command.test.ts", "test/example.test.ts", "test/schema/types.test.ts"],
    env: { DOCDATA_PROPERTY_RUNS: "50" }
  }
})
