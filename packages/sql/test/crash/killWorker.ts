/**
 * One life of a worker process: started, left alone for a while, killed, its last words read.
 */
import { spawn } from "node:child_process"
import { setTimeout } from "node:timers/promises"
import { type Line, readLines } from "./journal.ts"
import type { Place } from "./place.ts"

export interface Life {
  /** The worker as one bundled file: it starts in a tenth of the time that its sources take. */
  readonly program: string
  readonly place: Place
  readonly turn: number
  readonly seed: string
  /** From its first word to its end. */
  readonly lengthMs: number
  /** Done half way, while everything is at work. */
  readonly halfWay?: () => void
}

/** Why it ended by itself, which it never should. */
class EndedByItself extends Error {}

export const killWorker = async (life: Life): Promise<ReadonlyArray<Line>> => {
  const { halfWay, lengthMs, place, program, seed, turn } = life
  const worker = spawn(process.execPath, [program, place.engine, place.at, String(turn), seed], {
    stdio: ["ignore", "pipe", "pipe"],
    // In a group of its own: Ctrl-C is for whoever kills, not for the one to be killed.
    detached: true
  })
  let output = ""
  let complaint = ""
  worker.stderr.setEncoding("utf8").on("data", (chunk: string) => complaint += chunk)
  const gone = new Promise<NodeJS.Signals | null>((resolve) => worker.once("close", (_, signal) => resolve(signal)))
  const speaking = new Promise<void>((resolve) => {
    worker.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk
      resolve()
    })
  })
  await Promise.race([speaking, gone])
  // How long it lives is the experiment: a random instant, in real time.
  await setTimeout(lengthMs / 2)
  halfWay?.()
  await setTimeout(lengthMs / 2)
  worker.kill("SIGKILL")
  if (await gone !== "SIGKILL") throw new EndedByItself(`the worker ended by itself: ${complaint}`)
  return readLines(output)
}
