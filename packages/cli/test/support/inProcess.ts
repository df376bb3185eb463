/**
 * Runs a command inside the test: the same but for the process, for tests with many inputs.
 */
import { commands } from "../../src/commands.ts"
import { dispatch } from "../../src/dispatch.ts"
import type { Shell } from "../../src/Shell.ts"
import type { Ended } from "./run.ts"

export const inProcess = async (
  args: ReadonlyArray<string>,
  input: string,
  over: Partial<Shell> = {}
): Promise<Ended> => {
  let stdout = ""
  let stderr = ""
  const exit = await dispatch(args, commands, {
    environment: {},
    stdin: (async function*() {
      yield Buffer.from(input)
    })(),
    write: async (text) => {
      stdout += text
    },
    complain: (line) => {
      stderr += `${line}\n`
    },
    interrupted: () => new Promise(() => undefined),
    nowMs: () => 0,
    columns: 80,
    colour: false,
    ...over
  })
  return { exit, stdout, stderr }
}
