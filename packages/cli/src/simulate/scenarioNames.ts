/**
 * The scenarios of the simulator, for the completion of command lines.
 */

/** The names of all scenarios. */
export const scenarioNames = async (): Promise<ReadonlyArray<string>> =>
  (await import("@docdata/simulator")).scenarios.map(({ name }) => name)
