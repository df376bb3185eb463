import { join } from "node:path"
import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

// A mutant is dead at the first test that fails: those that find most go first, the random ones last.
const order = ["/test/scenarios/", "/test/reference", "/test/vectors/", "/test/schema/", "/test/properties/"]

const rank = ({ moduleId }: TestSpecification): number => {
  const position = order.findIndex((part) => moduleId.includes(part))
  return position === -1 ? 1.5 : position
}

class SharpestFirst extends BaseSequencer {
  override sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)))
  }
}

/**
 * The tests that a mutant of the kernel must survive: all of `packages/domain` that run the source in this process.
 * Left out are the walk, which takes minutes, and tests that start another process or look at types only.
 */
export default defineConfig({
  root: join(import.meta.dirname, "..", "packages", "domain"),
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/walk/**", "test/vectors/command.test.ts", "test/example.test.ts", "test/schema/types.test.ts"],
    env: { DOCDATA_PROPERTY_RUNS: "50" },
    sequence: { sequencer: SharpestFirst }
  }
})
