/**
 * The work of `docdata orders resolve`: what a person knows of a capture or refund that Docdata never answered.
 */
import { ModificationNotFound, type ModificationVerdict, OrderStore, resolveModification } from "@docdata/application"
import * as Effect from "effect/Effect"
import { badUsage } from "../badUsage.ts"
import { evidenceChoices, modificationKindChoices, outcomeChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { whenText } from "../text/whenText.ts"
import { agreed } from "./agreed.ts"
import { modificationText } from "./modificationText.ts"
import { CommandFailure } from "./CommandFailure.ts"
import { modificationOutput } from "./orderLine.ts"
import { orderNamed } from "./orderNamed.ts"
import { type Runner, runOnOrders } from "./runOnOrders.ts"

/** Events leave for other systems and are kept for ever: who sat at the machine is nothing for them. */
const by = "command-line"

const needed = ["kind", "reference", "outcome", "evidence"] as const

/** What was typed, or the names of the flags that are missing. */
const verdictOf = ({ values }: Given): ModificationVerdict | ReadonlyArray<string> => {
  const kind = modificationKindChoices.find((one) => one === values.get("kind"))
  const outcome = outcomeChoices.find((one) => one === values.get("outcome"))
  const evidence = evidenceChoices.find((one) => one === values.get("evidence"))
  const reference = values.get("reference")
  return kind === undefined || outcome === undefined || evidence === undefined || reference === undefined
    ? needed.filter((flag) => !values.has(flag)).map((flag) => `--${flag}`)
    : { kind, reference, outcome, evidence, by }
}

const listed = (names: ReadonlyArray<string>): string =>
  names.length === 1 ? `${names[0]} is missing` : `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are missing`

/** Writes the verdict down, after consent; resolves with the exit code. */
export const runResolve = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders resolve", given, shell }
  const verdict = verdictOf(given)
  if (!("kind" in verdict)) return badUsage(shell, runner.path, listed(verdict))
  const { kind, outcome, reference } = verdict
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      const { order } = yield* orderNamed(given.operands[0]!, given)
      const asked = (yield* (yield* OrderStore).modifications(order.id))
        .find((one) => one.kind === kind && one.reference === reference)
      if (asked === undefined) return yield* new ModificationNotFound({ orderId: order.id, kind, reference })
      const what = `${modificationText(asked)} of order ${order.id} (${printable(order.shopReference)})`
      const risk = outcome === "failed" ? "; the same money can be asked for again" : ""
      yield* agreed([`${what} will be called ${outcome} for good${risk}`], runner)
      const modification = yield* Effect.catchTag(
        resolveModification({ by: "id", id: order.id }, verdict),
        "ResolvedTooEarly",
        ({ fromMs }) => {
          const message = `the request may still be on its way: resolve it from ${whenText(fromMs, shell.nowMs())}, on`
          return Effect.fail(new CommandFailure({ exit: exitCodes.commandFailed, message }))
        }
      )
      const text = given.switches.has("json")
        ? JSON.stringify(modificationOutput(modification))
        : `${modificationText(modification)} is ${modification.state}`
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    }))
}
