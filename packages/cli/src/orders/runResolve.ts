/**
 * The work of `docdata orders resolve`: what a person knows of a capture or refund that Docdata never answered.
 */
import { ResolveRequest } from "@docdata/contract"
import * as Effect from "effect/Effect"
import { notPossible } from "../api/CommandFailure.ts"
import { decodeRequest } from "../api/decodeRequest.ts"
import { report } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { agreed } from "./agreed.ts"
import { orderNamed } from "./orderNamed.ts"
import { modificationText, referenceOf, shortName } from "./orderText.ts"

const needed = ["kind", "reference", "outcome", "evidence"] as const

const listed = (names: ReadonlyArray<string>): string =>
  names.length === 1 ? `${names[0]} is missing` : `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are missing`

/** Stores what the person knows, after consent; resolves with the exit code. */
export const runResolve = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata orders resolve", given, shell }
  const { values } = given
  const missing = needed.filter((flag) => !values.has(flag)).map((flag) => `--${flag}`)
  if (missing.length > 0) return badUsage(shell, runner.path, listed(missing))
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const payload = yield* decodeRequest(
        ResolveRequest,
        Object.fromEntries(needed.map((flag) => [flag, values.get(flag)]))
      )
      const order = yield* orderNamed(api, given.operands[0]!, given)
      const params = { orderId: order.id }
      const { modifications } = yield* api.modifications.list({ params })
      const asked = modifications.find((one) => one.kind === payload.kind && referenceOf(one) === payload.reference)
      if (asked === undefined) {
        return yield* notPossible(
          `the order has no ${payload.kind} with this reference; docdata orders show lists them`
        )
      }
      const risk = payload.outcome === "failed" ? "; the same money can be asked for again" : ""
      const what = `${modificationText(asked)} of ${shortName(order)}`
      yield* agreed(`${what} will be called ${payload.outcome} for good${risk}`, runner)
      const resolved = yield* api.modifications.resolve({ params, payload })
      yield* report(runner, resolved, (one) => `${modificationText(one)} is ${one.state}`)
      return exitCodes.done
    }))
}
