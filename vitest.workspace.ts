import { defineConfig } from "vitest/config"

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
