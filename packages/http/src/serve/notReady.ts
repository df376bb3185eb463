/**
 * What a service answers while it opens its stores: it listens first, because an address that cannot be had must be
 * known before anything is migrated.
 */
import { problem } from "@docdata/contract"
import { guard, type Handler, refusal } from "./guard.ts"

/** A migration of a large store takes minutes, an ordinary start less than this. */
const retryAfterSeconds = 5

/** 503 to whoever wants something done, and that the process is alive to whoever asks only that. */
export const notReady: Handler = guard((request) => {
  if (new URL(request.url).pathname === "/healthz") return Promise.resolve(new Response("ok\n"))
  const answer = refusal(problem("store-unavailable", "the service is starting: try again in a moment"))
  answer.headers.set("retry-after", String(retryAfterSeconds))
  return Promise.resolve(answer)
})
