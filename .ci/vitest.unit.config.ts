import { defineConfig } from "vitest/config"

const conditions = ["@docdata/source", "module", "node", "development|production"]

/**
 * What somebody runs again after each change: the decision and the use cases on the memory stores, in this process and
 * within 15 seconds on two cores. Left out is what starts processes, and what plays days or every death of a process:
 * `npm test` has it. Files share their modules, as none of these tests changes one.
 */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["@docdata/source", "node"] } },
  test: {
    name: "unit",
    include: ["packages/{application,contract,domain}/test/**/*.test.ts"],
    exclude: [
      "**/test/days/**",
      "**/test/example.test.ts",
      "**/test/schedule/refreshDueOrders.test.ts",
      "**/test/orders/deaths.test.ts",
      "**/test/vectors/command.test.ts",
      "**/test/walk/**",
      "**/test/**/*.types.test.ts"
    ],
    env: { DOCDATA_PROPERTY_RUNS: "25" },
    isolate: false,
    pool: "threads",
    testTimeout: 120_000
  }
})
