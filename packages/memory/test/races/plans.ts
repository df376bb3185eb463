/**
 * The races that are run, and at which size.
 */
import { type RacePlan, refreshRaceSteps, slowRefreshSteps, wholePathSteps } from "@docdata/testkit"

/** Three refreshes one order at once: read, status call, commit, acknowledge. */
export const threeRefreshes: RacePlan = { workers: 3, steps: refreshRaceSteps, claimedBefore: true }

/** The same with question and answer apart: read, ask, receive, commit, acknowledge. */
export const threeSlowRefreshes: RacePlan = { workers: 3, steps: slowRefreshSteps, claimedBefore: true }

/** Two workers from the inbox to the subscriber. */
export const twoPaths: RacePlan = { workers: 2, steps: wholePathSteps, claimedBefore: false }

/** Four workers from the inbox to the subscriber: far too many to enumerate. */
export const fourPaths: RacePlan = { workers: 4, steps: wholePathSteps, claimedBefore: false }
