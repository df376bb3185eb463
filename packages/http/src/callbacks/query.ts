/**
 * Parameters of an address that anybody may have typed.
 */
import type { HttpServerRequest } from "effect/http/HttpServerRequest"

/** References are at most 255 characters, names and keys shorter. */
const nameLengthMax = 255

/** The parameters. An address that cannot be read has none. */
export const queryOf = ({ url }: Pick<HttpServerRequest, "url">): URLSearchParams =>
  URL.parse(url, "http://localhost")?.searchParams ?? new URLSearchParams()

/** A parameter that names something: given once, not empty, not too long, without control characters. */
export const nameIn = (query: URLSearchParams, name: string): string | undefined => {
  const values = query.getAll(name)
  const [value] = values
  if (values.length !== 1 || value === undefined || value === "" || value.length > nameLengthMax) return undefined
  return /\p{Cc}/u.test(value) ? undefined : value
}

/** The merchant that is named, or the one that is meant where none is. One that is named wrongly is nobody's. */
export const merchantIn = (query: URLSearchParams, meant: string | undefined): string | undefined =>
  query.has("merchant") ? nameIn(query, "merchant") : meant
