/**
 * The work of the commands on webhook endpoints.
 */
import { AddEndpointRequest, type RevealedWebhookEndpoint, type WebhookEndpoint } from "@docdata/contract"
import { nearestWord, printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { decodeRequest } from "../api/decodeRequest.ts"
import { report, writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import { eventTypeChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { agreed } from "../orders/agreed.ts"
import { listing } from "../settings/listing.ts"
import type { Shell } from "../Shell.ts"
import { table } from "../text/table.ts"
import { awayText } from "../text/whenText.ts"

type Endpoint = typeof WebhookEndpoint.Type

const some = (names: ReadonlyArray<string> | "all"): string => names === "all" ? "all" : names.join(", ")

const stateText = ({ disabled, health }: Endpoint, nowMs: number): string => {
  const away = (instant: string) => awayText(Date.parse(instant), nowMs)
  if (disabled !== undefined) return `disabled (${disabled.because}) ${away(disabled.since)}`
  if (health.failingSince !== undefined) {
    return `failing since ${away(health.failingSince)}, ${health.consecutiveFailures} times`
  }
  return health.lastSuccessAt === undefined ? "nothing sent yet" : `well, ${away(health.lastSuccessAt)}`
}

export const runList = (given: Given, shell: Shell): Promise<ExitCode> =>
  runApi({ path: "docdata webhooks list", given, shell }, (api) =>
    Effect.gen(function*() {
      const { endpoints } = yield* api["webhook-endpoints"].list()
      yield* listing(given, shell, {
        items: endpoints,
        heads: ["id", "address", "accounts", "events", "signature", "state"],
        cells: (one) => [
          one.id,
          one.url,
          some(one.merchants),
          some(one.eventTypes),
          one.signature,
          stateText(one, shell.nowMs())
        ]
      })
      return exitCodes.done
    }))

const names = (text: string | undefined): ReadonlyArray<string> | undefined =>
  text?.split(",").map((name) => name.trim())

/** What is wrong with `--events`, or nothing. */
const typesProblem = (types: ReadonlyArray<string> = []): string | undefined => {
  const unknown = types.find((type) => !eventTypeChoices.some((known) => known === type))
  if (unknown === undefined) return undefined
  const meant = nearestWord(unknown, eventTypeChoices)
  const hint = meant === undefined ? `there are ${eventTypeChoices.join(", ")}` : `did you mean ${meant}?`
  return `--events: there is no type ${printable(unknown) || "without a name"}, ${hint}`
}

const revealedText = ({ id, publicKey, secret }: typeof RevealedWebhookEndpoint.Type): string =>
  table([
    ["endpoint", id],
    ...(secret === undefined ? [] : [["secret, shown this once", secret]]),
    ...(publicKey === undefined ? [] : [["public key", publicKey]])
  ]).join("\n")

export const runAdd = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata webhooks add", given, shell }
  const { operands: [url], values } = given
  const problem = typesProblem(names(values.get("events")))
  if (problem !== undefined) return badUsage(shell, runner.path, problem)
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const payload = yield* decodeRequest(AddEndpointRequest, {
        url,
        eventTypes: names(values.get("events")),
        merchants: names(values.get("merchants")),
        signature: values.get("signature")
      }, { eventTypes: "events" })
      yield* report(runner, yield* api["webhook-endpoints"].add({ payload }), revealedText)
      return exitCodes.done
    }))
}

type Change = "rotate" | "enable" | "disable" | "remove"

type Endpoints = Api["webhook-endpoints"]

/** Asks for consent where something is lost, and calls. */
const changeTo = Effect.fnUntraced(function*(change: Change, endpoints: Endpoints, runner: Runner) {
  const [endpointId = ""] = runner.given.operands
  const params = { endpointId }
  const { shell } = runner
  switch (change) {
    case "rotate":
      return yield* report(runner, yield* endpoints.rotate({ params }), revealedText)
    case "enable":
      return yield* report(runner, yield* endpoints.enable({ params }), ({ id }) => `${id} is enabled`)
    case "disable":
      return yield* report(runner, yield* endpoints.disable({ params }), ({ id }) => `${id} is disabled`)
    case "remove": {
      const { id, url } = yield* endpoints.read({ params })
      yield* agreed(`${id} (${printable(url)}) and its deliveries will be gone for ever`, runner)
      yield* endpoints.remove({ params })
      return yield* writeLines(shell, [`${id} is removed`])
    }
  }
})

/** Rotates, enables, disables or removes an endpoint; resolves with the exit code. */
export const runChange = (change: Change, given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: `docdata webhooks ${change}`, given, shell }
  return runApi(runner, (api) => Effect.as(changeTo(change, api["webhook-endpoints"], runner), exitCodes.done))
}

export const runTest = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata webhooks test", given, shell }
  const [endpointId = ""] = given.operands
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const test = yield* api["webhook-endpoints"].test({ params: { endpointId } })
      yield* report(runner, test, ({ delivered, durationMs, fault = "", status }) => {
        const outcome = status === undefined ? `no answer (${printable(fault)})` : `answered with ${status}`
        return `${delivered ? "delivered" : "not delivered"}: ${outcome}, ${durationMs} ms`
      })
      return test.delivered ? exitCodes.done : exitCodes.commandFailed
    }))
}
