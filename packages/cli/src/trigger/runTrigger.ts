/**
 * The work of `docdata trigger`: a scenario played at a simulator that runs, through its control API.
 */
import { scenarioNamed, type ScenarioRun, scenarios } from "@docdata/simulator"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { askControl, type ControlAnswer } from "../simulate/askControl.ts"
import { nearestWord, printable } from "@docdata/service/text"
import { table } from "../text/table.ts"
import type { TriggerOutput } from "./TriggerOutput.ts"

const path = "docdata trigger"
const seedMax = 2_147_483_647

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
  readonly url: string | undefined
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
  return { name, seed, url: values.get("url"), orderKey: values.get("order") }
}

const play = ({ name, orderKey, seed, url }: Wanted): Promise<ControlAnswer<ScenarioRun>> =>
  askControl(`POST /scenarios/${encodeURIComponent(name)}`, url, { seed, orderKey })

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
  await shell.write(`${asJson ? playedJson(answer.value) : playedText(answer.value)}\n`)
  return exitCodes.done
}
