/**
 * The work of `docdata simulator`: the clock and the faults of a simulator that runs.
 */
import type { Fault } from "@docdata/simulator"
import { problemLine } from "@docdata/service/input"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { decodeBytes } from "../input/decodeBytes.ts"
import { makeJsonDecoder } from "../input/decodeJson.ts"
import { readInput, sourceName } from "../input/readInput.ts"
import type { Shell } from "../Shell.ts"
import { instantText } from "../text/whenText.ts"
import { askControl, type ControlAnswer } from "./askControl.ts"

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of `90s`, `30m`, `12h` or `3d`; nothing of any other text. */
const spanMs = (typed: string): number | undefined => {
  const [, count = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(typed) ?? []
  return count === "" ? undefined : Number(count) * unitsMs[unit as keyof typeof unitsMs]
}

interface Ending {
  readonly path: string
  readonly shell: Shell
}

/** Writes what was answered, or says why nothing was. */
const endWith = async <A>(
  answer: ControlAnswer<A>,
  { path, shell }: Ending,
  lines: (value: A) => ReadonlyArray<string>
): Promise<ExitCode> => {
  if ("exit" in answer) {
    shell.complain(`${path}: ${answer.because}`)
    return answer.exit
  }
  await shell.write(lines(answer.value).map((line) => `${line}\n`).join(""))
  return exitCodes.done
}

/** Prints or moves the clock; resolves with the exit code. */
export const runClock = async ({ switches, values }: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata simulator clock"
  const typed = values.get("advance")
  const advanceMs = typed === undefined ? undefined : spanMs(typed)
  if (typed !== undefined && advanceMs === undefined) {
    return badUsage(shell, path, "--advance is a number with s, m, h or d, such as 3d")
  }
  const url = values.get("url")
  const answer = advanceMs === undefined
    ? await askControl<{ readonly nowMs: number }>("GET ", url)
    : await askControl<{ readonly nowMs: number }>("POST /clock", url, { advanceMs })
  return endWith(answer, { path, shell }, ({ nowMs }) => {
    const now = new Date(nowMs).toISOString()
    return [switches.has("json") ? JSON.stringify({ now }) : instantText(nowMs)]
  })
}

/** A list of faults has some hundred bytes. */
const fileBytesMax = 64 * 1024

const decodeFaults = makeJsonDecoder(Schema.Array(Schema.Record(Schema.String, Schema.Unknown)))

const faultText = ({ effect, executed, merchant, operation, orderKey, skip = 0, times = 1 }: Fault): string =>
  `${effect.kind}, ${operation ?? "any operation"}, ${executed ? "executed" : "not executed"}, ${times} ${
    times === 1 ? "time" : "times"
  }` +
  (skip === 0 ? "" : `, after ${skip} that go well`) +
  (orderKey === undefined ? "" : `, order ${orderKey}`) +
  (merchant === undefined ? "" : `, merchant ${merchant}`)

/** Plans, forgets or lists faults; resolves with the exit code. */
export const runFaults = async ({ operands: [file], switches, values }: Given, shell: Shell): Promise<ExitCode> => {
  const path = "docdata simulator faults"
  const ending = { path, shell }
  const url = values.get("url")
  if (switches.has("clear")) {
    if (file !== undefined) return badUsage(shell, path, "--clear and a file exclude each other")
    return endWith(await askControl("DELETE /faults", url), ending, () => ["no faults are planned"])
  }
  if (file !== undefined) {
    const bytes = await readInput({ operand: file, bytesMax: fileBytesMax }, shell.stdin)
    const faults = Result.flatMap(bytes, (read) => decodeBytes(decodeFaults, read, sourceName(file)))
    if (Result.isFailure(faults)) {
      shell.complain(`${path}: ${problemLine(faults.failure)}`)
      return exitCodes.badInput
    }
    const planned = await askControl("POST /faults", url, faults.success)
    if ("exit" in planned) return endWith(planned, ending, () => [])
  }
  return endWith(await askControl<ReadonlyArray<Fault>>("GET /faults", url), ending, (faults) =>
    switches.has("json")
      ? faults.map((fault) => JSON.stringify(fault))
      : faults.length === 0
      ? ["no faults are planned"]
      : faults.map(faultText))
}
