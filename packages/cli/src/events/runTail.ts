/**
 * The work of `docdata events tail`: events as they become visible.
 */
import { EventFeed } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { type Runner, runOnStored } from "../orders/runOnOrders.ts"
import type { Shell } from "../Shell.ts"
import { eventLine } from "./eventText.ts"
import { feedEnd, feedQuestion, positionAfter } from "./feedQuestion.ts"

const readEveryMs = 500

const tail = Effect.fnUntraced(function*({ given, path, shell }: Runner) {
  const feed = yield* EventFeed
  const typed = yield* positionAfter("after", given)
  const question = yield* feedQuestion(given)
  const asJson = given.switches.has("json")
  let after = typed ?? (yield* feedEnd)
  for (;;) {
    const { entries, more, next } = yield* feed.read({ ...question, after })
    const text = entries.map((entry) => `${eventLine(entry, asJson)}\n`).join("")
    if (text !== "") yield* Effect.promise(() => shell.write(text))
    after = next
    if (!more) {
      if (given.switches.has("once")) {
        shell.complain(`${path}: go on with --after ${after}`)
        return
      }
      shell.progress?.(`waiting after ${after}; Ctrl-C ends it`)
      yield* Effect.sleep(readEveryMs)
    }
  }
})

/** Prints events until somebody ends it; resolves with the exit code. */
export const runTail = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata events tail", given, shell }
  return runOnStored(runner, () =>
    Effect.gen(function*() {
      yield* Effect.raceFirst(tail(runner), Effect.promise(() => shell.interrupted()))
      shell.progress?.("")
      return exitCodes.done
    }))
}
