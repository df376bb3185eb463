/**
 * The work of `docdata trigger`: a scenario played at a simulator that runs, through its control API.
 */
import { scenarioNamed, type ScenarioRun, scenarios } from "@docdata/simulator"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { nearestWord } from "../text/nearestWord.ts"
import { printable } from "../text/printable.ts"
import { table } from "../text/table.ts"
import type { TriggerOutput } from "./TriggerOutput.ts"

const path = "docdata trigger"
const urlDefault = "http://127.0.0.1:8089/control"
const seedMax = 2_147_483_647

/** A scenario waits on the simulator's clock, not on ours; one that does not answer by then hangs. */
const answerMsMax = 60_000

const scenarioLines = (asJson: boolean): ReadonlyArray<string> =>
  asJson
    ? scenarios.map(({ expected, meaning, name }) => {
      const line: typeof TriggerOutput.Type = { kind: "scenario", name, expected, meaning }
      return JSON.stringify(line)
    })
    : table(scenarios.map(({ expected, meaning, name }) => [name, expected, meaning]))

interface Wanted {
  readonly name: string
  readonly seed: number | undefined
  readonly url: string
  readonly orderKey: string | undefined
}

/** What was asked for, or one clause that says why it makes no sense. */
const wantedOf = ({ operands: [name = ""], values }: Given): Wanted | string => {
  if (scenarioNamed(name) === undefined) {
    const meant = nearestWord(name, scenarios.map((scenario) => scenario.name))
    return `there is no scenario ${printable(name)}${meant === undefined ? "" : `, did you mean ${meant}?`}`
  }
  const typedSeed = values.get("seed")
  const seed = typedSeed === undefined ? undefined : wholeNumber(typedSeed, seedMax)
  if (typedSeed !== undefined && seed === undefined) return `--seed is a whole number, at most ${seedMax}`
  const url = values.get("url") ?? urlDefault
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) return "--url is an http address: the one behind control"
  return { name, seed, url, orderKey: values.get("order") }
}

type Answer = { readonly played: ScenarioRun } | { readonly exit: ExitCode; readonly because: string }

const play = async ({ name, orderKey, seed, url }: Wanted): Promise<Answer> => {
  let response: Response
  try {
    response = await fetch(`${url.replace(/\/$/, "")}/scenarios/${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ seed, orderKey }),
      signal: AbortSignal.timeout(answerMsMax)
    })
  } catch {
    return {
      exit: exitCodes.unreachable,
      because: `no simulator answers at ${printable(url)}: docdata simulate starts one`
    }
  }
  const body = await response.json().catch(() => undefined) as
    | Partial<ScenarioRun> & { readonly error?: string }
    | undefined
  if (response.ok && body?.orderKey !== undefined) return { played: body as ScenarioRun }
  return {
    exit: exitCodes.commandFailed,
    because: printable(body?.error ?? `that is no simulator: it answered ${response.status}`)
  }
}

const playedText = ({ expected, meaning, name, orderKey, reference, skipped }: ScenarioRun): string =>
  table([
    ["scenario", `${name}: ${meaning}`],
    ["reference", reference],
    ["order key", orderKey],
    ["ends in", expected],
    ...skipped.map(({ step, why }) => ["left out", `${step.step}: ${printable(why)}`])
  ]).join("\n")

const playedJson = ({ expected, name, orderKey, reference, seed, skipped }: ScenarioRun): string => {
  const line: typeof TriggerOutput.Type = {
    kind: "played",
    name,
    expected,
    reference,
    orderKey,
    seed,
    skipped: skipped.map(({ step, why }) => `${step.step}: ${why}`)
  }
  return JSON.stringify(line)
}

/** Plays the scenario, or lists all; resolves with the exit code. */
export const runTrigger = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const asJson = given.switches.has("json")
  if (given.operands.length === 0) {
    await shell.write(`${scenarioLines(asJson).join("\n")}\n`)
    return exitCodes.done
  }
  const wanted = wantedOf(given)
  if (typeof wanted === "string") return badUsage(shell, path, wanted)
  const answer = await play(wanted)
  if ("exit" in answer) {
    shell.complain(`${path}: ${answer.because}`)
    return answer.exit
  }
  await shell.write(`${asJson ? playedJson(answer.played) : playedText(answer.played)}\n`)
  return exitCodes.done
}
