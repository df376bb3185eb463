/**
 * Checks against material that does not lie in this repository (test vectors, the vendor's schema, recorded replies).
 * It is looked for beside the clone; without it there is nothing to check, and that is no failure.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { runInSequence, type Step } from "./runInSequence.ts"

const folder = join(import.meta.dirname, "..", "..", "shared")

/** Commands run at the top of the repository, so the material is at ../shared. */
const checks: ReadonlyArray<Step> = [
  {
    name: "vectors",
    command: "node --conditions=@docdata/source .ci/checks/shared-vectors.ts",
    purpose: "every recorded decision of the reference, in the legacy sets and in the strict set",
    timeoutMinutes: 5
  },
  {
    name: "responses",
    command: "node --conditions=@docdata/source .ci/checks/shared-responses.ts",
    purpose: "every recorded reply is read as the committed table says",
    timeoutMinutes: 5
  },
  {
    name: "requests",
    command: "node --conditions=@docdata/source .ci/checks/shared-requests.ts",
    purpose: "samples and generated requests validate against the vendor's 1.3 schema, the invalid shapes do not",
    timeoutMinutes: 5
  },
  {
    name: "encode",
    command: "node --conditions=@docdata/source .ci/checks/shared-encode.ts",
    purpose: "what docdata soap encode prints validates against the vendor's 1.3 schema",
    timeoutMinutes: 5
  },
  {
    name: "explain",
    command: "node .ci/checks/shared-explain.ts",
    purpose: "every recorded reply is explained as the committed table says",
    timeoutMinutes: 5
  },
  {
    name: "simulator",
    command: "node .ci/checks/shared-simulator.ts",
    purpose: "the simulator takes every valid sample request and refuses every invalid one",
    timeoutMinutes: 5
  },
  {
    name: "operations",
    command: "node --conditions=@docdata/source .ci/checks/shared-ops.ts",
    purpose: "every recorded call of the reference comes out as its row says",
    timeoutMinutes: 5
  }
]

if (existsSync(folder)) runInSequence("checks against ../shared", checks)
else console.log("no ../shared beside this clone: nothing to check against")
