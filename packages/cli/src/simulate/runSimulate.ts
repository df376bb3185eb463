/**
 * The work of `docdata simulate`.
 */
import { scenarioNamed, scenarios, type Simulator, startSimulator } from "@docdata/simulator"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "@docdata/service/text"
import { table } from "../text/table.ts"

const portDefault = 8089
const seedMax = 2_147_483_647
const account = { name: "demo_shop", password: "demo-password" }

interface Wanted {
  readonly port: number
  readonly seed: number
  readonly updateUrl?: string
  readonly scenario?: string
}

/** What was asked for, or one clause that says why it makes no sense. */
const wantedOf = ({ values }: Given): Wanted | string => {
  const port = wholeNumber(values.get("port") ?? String(portDefault), 65_535)
  if (port === undefined) return "--port is a number from 0 to 65535"
  const seed = wholeNumber(values.get("seed") ?? "1", seedMax)
  if (seed === undefined) return "--seed is a whole number, at most 2147483647"
  const scenario = values.get("scenario")
  if (scenario !== undefined && scenarioNamed(scenario) === undefined) {
    return `there is no scenario ${printable(scenario)}, --list lists them`
  }
  const updateUrl = values.get("update-url")
  return {
    port,
    seed,
    ...(scenario === undefined ? {} : { scenario }),
    ...(updateUrl === undefined ? {} : { updateUrl })
  }
}

/** A running simulator, or why there is none. */
const started = async ({ port, seed, updateUrl }: Wanted): Promise<Simulator | string> => {
  try {
    return await startSimulator({
      port,
      seed,
      clock: "wall",
      merchants: [updateUrl === undefined ? account : { ...account, updateUrl }]
    })
  } catch (problem) {
    const { code, message } = problem as NodeJS.ErrnoException
    if (code === "EADDRINUSE") return `--port ${port} is taken`
    if (code === "EACCES") return `--port ${port} is not allowed`
    if (updateUrl !== undefined && code === undefined) return printable(message)
    throw problem
  }
}

const addresses = ({ controlUrl, menuUrl, url }: Simulator, updateUrl: string | undefined): ReadonlyArray<string> => [
  ...table([
    ["SOAP", url],
    ["WSDL", `${url}?wsdl`],
    ["menu", menuUrl],
    ["control", controlUrl],
    ["account", `${account.name}, password ${account.password}`],
    ["notifications", updateUrl === undefined ? "none: no --update-url" : `${printable(updateUrl)}REFERENCE`]
  ]),
  "Ctrl-C ends it."
]

const played = async (simulator: Simulator, name: string, seed: number): Promise<ReadonlyArray<string>> => {
  const { expected, meaning, orderKey, reference } = await simulator.runScenario(name, { seed })
  return [
    "",
    ...table([
      ["scenario", `${name}: ${meaning}`],
      ["reference", reference],
      ["order key", orderKey],
      ["ends in", expected]
    ])
  ]
}

/** Serves until a signal comes; resolves with the exit code. */
export const runSimulate = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const say = (lines: ReadonlyArray<string>): Promise<void> => shell.write(`${lines.join("\n")}\n`)
  if (given.switches.has("list")) {
    await say(table(scenarios.map(({ expected, meaning, name }) => [name, expected, meaning])))
    return exitCodes.done
  }
  const wanted = wantedOf(given)
  if (typeof wanted === "string") return badUsage(shell, "docdata simulate", wanted)
  // Before the addresses are told: whoever reads them may send a signal at once.
  const interrupted = shell.interrupted()
  const simulator = await started(wanted)
  if (typeof simulator === "string") return badUsage(shell, "docdata simulate", simulator)
  await say(addresses(simulator, wanted.updateUrl))
  if (wanted.scenario !== undefined) await say(await played(simulator, wanted.scenario, wanted.seed))
  await interrupted
  await simulator.close()
  return exitCodes.done
}
