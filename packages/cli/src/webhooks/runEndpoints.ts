/**
 * The work of `docdata webhooks list`, `add`, `test` and `redeliver`.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { badUsage } from "../badUsage.ts"
import { eventTypeChoices } from "../choices.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { instantExpected, parseInstant } from "../input/instant.ts"
import { listing } from "../settings/listing.ts"
import type { Shell } from "../Shell.ts"
import { nearestWord } from "../text/nearestWord.ts"
import { printable } from "../text/printable.ts"
import { table } from "../text/table.ts"
import { awayText, instantText } from "../text/whenText.ts"
import type { CallFailure } from "./CallFailure.ts"
import { endingWith, serviceClient } from "./ServiceClient.ts"
import { EndpointOutput, NewEndpointOutput, type RedeliverOutput, TestOutput } from "./WebhookOutput.ts"

const at = "/v1/webhook-endpoints"

const some = (names: ReadonlyArray<string> | "all"): string => names === "all" ? "all" : names.join(", ")

const stateText = ({ disabled, health }: typeof EndpointOutput.Type, nowMs: number): string => {
  if (disabled !== undefined) return `disabled (${disabled.because}) ${awayText(disabled.sinceMs, nowMs)}`
  if (health.failingSinceMs !== undefined) {
    return `failing since ${awayText(health.failingSinceMs, nowMs)}, ${health.consecutiveFailures} times`
  }
  return health.lastSuccessAtMs === undefined ? "nothing sent yet" : `well, ${awayText(health.lastSuccessAtMs, nowMs)}`
}

export const runList = (given: Given, shell: Shell): Promise<ExitCode> =>
  endingWith(
    "docdata webhooks list",
    shell,
    Effect.gen(function*() {
      const service = yield* serviceClient(given, shell)
      const { endpoints } = yield* service.call(
        `GET ${at}`,
        Schema.Struct({ endpoints: Schema.Array(EndpointOutput) })
      )
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
    })
  )

const print = (shell: Shell, lines: ReadonlyArray<string>) =>
  Effect.promise(() => shell.write(lines.map((line) => `${line}\n`).join("")))

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

export const runAdd = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata webhooks add"
  const problem = typesProblem(names(given.values.get("events")))
  if (problem !== undefined) return badUsage(shell, path, problem)
  return endingWith(
    path,
    shell,
    Effect.gen(function*() {
      const service = yield* serviceClient(given, shell)
      const { operands: [url], switches, values } = given
      const [eventTypes, merchants, signature] = [
        names(values.get("events")),
        names(values.get("merchants")),
        values.get("signature")
      ]
      const added = yield* service.call(`POST ${at}`, NewEndpointOutput, {
        url,
        ...(eventTypes === undefined ? {} : { eventTypes }),
        ...(merchants === undefined ? {} : { merchants }),
        ...(signature === undefined ? {} : { signature })
      })
      const { id, publicKey, secret } = added
      yield* print(
        shell,
        switches.has("json") ? [JSON.stringify(added)] : table([
          ["endpoint", id],
          ...(secret === undefined ? [] : [["secret, shown this once", secret]]),
          ...(publicKey === undefined ? [] : [["public key", publicKey]])
        ])
      )
      return exitCodes.done
    })
  )
}

export const runTest = (given: Given, shell: Shell): Promise<ExitCode> =>
  endingWith(
    "docdata webhooks test",
    shell,
    Effect.gen(function*() {
      const service = yield* serviceClient(given, shell)
      const id = encodeURIComponent(given.operands[0] ?? "")
      const test = yield* service.call(`POST ${at}/${id}/test`, TestOutput)
      const { delivered, durationMs, fault, status } = test
      const outcome = status === undefined ? `no answer (${printable(fault ?? "")})` : `answered with ${status}`
      const text = `${delivered ? "delivered" : "not delivered"}: ${outcome}, ${durationMs} ms`
      yield* print(shell, [given.switches.has("json") ? JSON.stringify(test) : text])
      return delivered ? exitCodes.done : exitCodes.commandFailed
    })
  )

const Opened = Schema.Struct({ opened: Schema.Int, more: Schema.Boolean, deadLetteredUntilMs: Schema.Int })

type Redelivered = typeof RedeliverOutput.Type

const redeliveredText = ({ opened, deadLetteredUntilMs }: Redelivered): string =>
  `opened again: ${opened}${
    deadLetteredUntilMs === undefined ? "" : `, dead-lettered before ${instantText(deadLetteredUntilMs)}`
  }`

/** Asks again while there are more, until the instant of the first answer: what is dead-lettered again meanwhile is left. */
const openDeadLetters = Effect.fnUntraced(function*(
  shell: Shell,
  ask: (until: { readonly deadLetteredUntilMs?: number }) => Effect.Effect<typeof Opened.Type, CallFailure>
) {
  const first = yield* ask({})
  const { deadLetteredUntilMs } = first
  let { more, opened } = first
  while (more) {
    shell.progress?.(`${opened} opened`)
    const some = yield* ask({ deadLetteredUntilMs })
    opened += some.opened
    more = some.more
  }
  shell.progress?.("")
  return { opened, deadLetteredUntilMs }
})

export const runRedeliver = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata webhooks redeliver"
  const { operands: [endpoint = "", eventId], switches, values } = given
  const since = values.get("since")
  const deadLetteredFromMs = since === undefined ? undefined : parseInstant(since)
  if ((eventId === undefined) === (since === undefined)) return badUsage(shell, path, "name either EVENT or --since")
  if (since !== undefined && deadLetteredFromMs === undefined) {
    return badUsage(shell, path, `--since is ${instantExpected}`)
  }
  const deliveries = `${at}/${encodeURIComponent(endpoint)}/deliveries`
  return endingWith(
    path,
    shell,
    Effect.gen(function*() {
      const service = yield* serviceClient(given, shell)
      const line = `POST ${deliveries}/redeliver`
      const redelivered = eventId === undefined
        ? yield* openDeadLetters(shell, (until) => service.call(line, Opened, { deadLetteredFromMs, ...until }))
        : yield* Effect.as(
          service.call(`POST ${deliveries}/${encodeURIComponent(eventId)}/redeliver`, Schema.Unknown),
          {
            opened: 1
          }
        )
      yield* print(shell, [switches.has("json") ? JSON.stringify(redelivered) : redeliveredText(redelivered)])
      return exitCodes.done
    })
  )
}
