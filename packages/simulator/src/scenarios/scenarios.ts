/** All scenarios by name. */
import { attemptScenarios } from "./attemptScenarios.ts"
import { notificationScenarios } from "./notificationScenarios.ts"
import { paymentScenarios } from "./paymentScenarios.ts"
import type { Scenario } from "./Scenario.ts"
import { wireScenarios } from "./wireScenarios.ts"

export const scenarios: ReadonlyArray<Scenario> = [
  ...paymentScenarios,
  ...attemptScenarios,
  ...notificationScenarios,
  ...wireScenarios
]

export const scenarioNamed = (name: string): Scenario | undefined =>
  scenarios.find((scenario) => scenario.name === name)
