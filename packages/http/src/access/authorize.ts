/**
 * Checks API keys, and what they allow.
 */
import { type ApiKeyScope, apiKeyScopes, Authorization, Caller, type Problem, problem } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { retryAfter } from "../answers/retryAfter.ts"
import { ApiKeys } from "./ApiKeys.ts"
import { noteOfRequest } from "./logRefusal.ts"
import { RateLimits, requestsPerKey } from "./RateLimits.ts"

/** The middleware: finds the caller, or refuses. */
export const layerAuthorization: Layer.Layer<Authorization, never, ApiKeys | RateLimits> = Layer.effect(
  Authorization,
  Effect.gen(function*() {
    const keys = yield* ApiKeys
    const limits = yield* RateLimits
    return Authorization.of({
      key: (http, { credential }) =>
        Effect.gen(function*() {
          const found = keys.find(credential)
          if (found === undefined) return yield* Effect.fail(problem("unauthorized", "send Authorization: Bearer KEY"))
          const { id: keyId, merchants, scope } = found
          yield* noteOfRequest({ caller: { keyId, merchants, scope } })
          const seconds = yield* limits.take(requestsPerKey, keyId)
          if (seconds !== undefined) {
            yield* retryAfter(seconds)
            return yield* Effect.fail(problem("rate-limited", `try again in ${seconds} s`))
          }
          return yield* Effect.provideService(http, Caller, { keyId, merchants, scope })
        })
    })
  })
)

/** Refuses callers whose key is not for this scope or a wider one. */
const allowed = (scope: ApiKeyScope): Effect.Effect<Caller["Service"], Problem<"forbidden">, Caller> =>
  Effect.flatMap(
    Caller,
    (caller) =>
      apiKeyScopes.indexOf(caller.scope) >= apiKeyScopes.indexOf(scope)
        ? Effect.succeed(caller)
        : Effect.fail(problem("forbidden", `this key is for ${caller.scope} only; use one with the scope ${scope}`))
  )

/** The caller, if it may create orders and move money. */
export const operating = allowed("operate")

/** The caller, if it may say who receives events. */
export const administering = allowed("admin")

/** True if the caller may see what belongs to the merchant. */
export const speaksFor = ({ merchants }: Caller["Service"], merchant: string): boolean =>
  merchants === "all" || merchants.includes(merchant)
