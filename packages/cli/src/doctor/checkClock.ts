/**
 * Compares our clock with the one of Docdata, by the Date of an HTTP answer, whatever the answer is.
 */
import type { Environment } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Check, fail, ok, warn } from "./Check.ts"

/** A Date has whole seconds, and the answer takes its time. */
const warnBeyondMs = 5_000
/** Webhooks are signed with the time: receivers refuse what is five minutes off, and some are stricter. */
const failBeyondMs = 60_000

const answerWithinMs = 10_000

export interface ClockQuestion {
  readonly environment: Environment
  /** An address of the system; its path may be anything. */
  readonly url: string
  readonly nowMs: () => number
}

/** When the other end sent its answer, and the middle of our waiting; nothing if it did not tell. */
const ask = async ({ nowMs, url }: ClockQuestion, signal: AbortSignal) => {
  const startedMs = nowMs()
  const answer = await fetch(url, { method: "HEAD", redirect: "manual", signal })
  const theirsMs = Date.parse(answer.headers.get("date") ?? "")
  // A whole second was cut to its beginning: on average half of it.
  return Number.isNaN(theirsMs) ? undefined : { theirsMs: theirsMs + 500, oursMs: (startedMs + nowMs()) / 2 }
}

export const checkClock = (question: ClockQuestion): Effect.Effect<Check> => {
  const name = `clock of the ${question.environment} system`
  const unknown = (why: string): Check =>
    warn(name, `not compared: ${why}`, "see the credentials below, then try again")
  return Effect.tryPromise((signal) => ask(question, signal)).pipe(
    Effect.timeout(answerWithinMs),
    Effect.match({
      onFailure: () => unknown("no answer"),
      onSuccess: (times) => {
        if (times === undefined) return unknown("the answer has no date")
        const aheadMs = times.oursMs - times.theirsMs
        const seconds = Math.round(Math.abs(aheadMs) / 1_000)
        const found = `this machine is ${seconds} s ${aheadMs < 0 ? "behind" : "ahead"}`
        if (Math.abs(aheadMs) <= warnBeyondMs) return ok(name, "agrees with this machine")
        return (Math.abs(aheadMs) <= failBeyondMs ? warn : fail)(name, found, "keep the clock of this machine by NTP")
      }
    })
  )
}
