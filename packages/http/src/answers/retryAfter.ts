/**
 * Says with an answer when to try again.
 */
import { answerHeader } from "./answerHeader.ts"

/** Adds `Retry-After` to the answer of this request, whatever it will be. */
export const retryAfter = (seconds: number) => answerHeader("retry-after", String(seconds))
