/**
 * The races that are run, and at which size.
 */
import { lookSteps, type RacePlan, slowLookSteps, wholePathSteps } from "@docdata/testkit"

/** Three looks at one order at once: read, status call, commit, acknowledge. */
export const threeLooks: RacePlan = { workers: 3, steps: lookSteps, claimedBefore: true }

/** The same with question and answer apart: read, ask, hear, commit, acknowledge. */
export const threeSlowLooks: RacePlan = { workers: 3, steps: slowLookSteps, claimedBefore: true }

/** Two workers from the inbox to the consumer. */
export const twoPaths: RacePlan = { workers: 2, steps: wholePathSteps, claimedBefore: false }

/** Four workers from the inbox to the consumer: far too many to enumerate. */
export const fourPaths: RacePlan = { workers: 4, steps: wholePathSteps, claimedBefore: false }
