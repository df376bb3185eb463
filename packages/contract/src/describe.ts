/**
 * What an operation or a group says of itself in the OpenAPI document.
 */
import type * as Context from "effect/Context"
import * as OpenApi from "effect/http-api/OpenApi"

/**
 * A few words for lists, and what the operation does and leaves alone. Which scope a key needs and whether repeating is safe
 * are part of it.
 */
export const operation = (summary: string, description: string): Context.Context<never> =>
  OpenApi.annotations({ summary, description })

/** What the operations of a group have in common. */
export const group = (description: string): Context.Context<never> => OpenApi.annotations({ description })
