/**
 * Starts contenders at once and waits for what they say.
 */
import { spawn } from "node:child_process"
import { join } from "node:path"
import type { Place } from "../crash/place.ts"

export interface Result {
  readonly name: string
  readonly won: ReadonlyArray<number>
  readonly lost: number
}

export const contest = (place: Place, names: ReadonlyArray<string>, wins: number): Promise<ReadonlyArray<Result>> => {
  const program = join(import.meta.dirname, "contender.ts")
  const processes = names.map((name) =>
    spawn(process.execPath, ["--conditions=@docdata/source", program, place.engine, place.at, name, String(wins)], {
      stdio: ["pipe", "pipe", "inherit"]
    })
  )
  for (const { stdin } of processes) stdin.write("start\n")
  return Promise.all(processes.map((contender) =>
    new Promise<Result>((resolve, reject) => {
      let output = ""
      contender.stdout.setEncoding("utf8").on("data", (chunk: string) => output += chunk)
      contender.once("error", reject)
      contender.once("close", (code) =>
        code === 0 ? resolve(JSON.parse(output) as Result) : reject(new Error(`a contender ended with ${code}`)))
    })
  ))
}
