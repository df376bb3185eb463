/**
 * What holds for every answer, whoever gives it: bounded bodies, one shape of problems, headers, and never a rejection.
 */
import { type Problem, problem, type ProblemCode } from "@docdata/contract"
import { isUtf8 } from "node:buffer"

/** A thousand invoice lines are about 300 kB; nothing else comes near. */
export const bodyBytesMax = 512 * 1024

/** Answers are for programs and for one redirect: nothing may be framed, guessed, cached or told to others. */
const securityHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY"
}

/**
 * From a request to its answer. `source` says where the request comes from, usually the address of the other end, for
 * limits that count per source; those who do not say it are one source together.
 */
export type Handler = (request: Request, source?: string) => Promise<Response>

const problemResponse = (body: { readonly status: number }): Response =>
  new Response(JSON.stringify(body), {
    status: body.status,
    headers: { "content-type": "application/problem+json" }
  })

const tooLarge = (): Response => problemResponse(problem("body-too-large", `at most ${bodyBytesMax} bytes`))

/** The body, or `undefined` if it is larger than allowed; not read any further then. */
const readBody = async (request: Request): Promise<Uint8Array | undefined> => {
  const chunks: Array<Uint8Array> = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > bodyBytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const codeOfBare = (status: number): ProblemCode | undefined => {
  switch (status) {
    case 400:
      return "bad-request"
    case 404:
      return "not-found"
    case 413:
      return "body-too-large"
    case 415:
      return "unsupported-media-type"
    case 500:
      return "internal"
    default:
      return undefined
  }
}

const isWorded = (response: Response): boolean => response.headers.get("content-type")?.includes("json") === true

const notAllowed = (methods: ReadonlyArray<string>): Response => {
  const answer = problemResponse(problem("method-not-allowed", `use ${methods.join(" or ")}`))
  answer.headers.set("allow", methods.join(", "))
  return answer
}

/** What the router answers by itself is an empty or a plain text; programs get a problem instead. */
const worded = (response: Response, { method, url }: Request, methodsAt: MethodsAt): Response => {
  const { pathname } = new URL(url)
  const isForPrograms = response.headers.get("content-type") === null || pathname.startsWith("/v1/")
  const code = isForPrograms && !isWorded(response) ? codeOfBare(response.status) : undefined
  if (code === undefined) return response
  const methods = code === "not-found" ? methodsAt(pathname) : []
  if (methods.length > 0 && !methods.includes(method)) return notAllowed(methods)
  const answer = problemResponse(problem(code, "see the reference at /docs, or the OpenAPI document at /openapi.json"))
  for (const [name, value] of response.headers) if (!name.startsWith("content-")) answer.headers.set(name, value)
  return answer
}

const withHeaders = (response: Response, { method }: { readonly method?: string } = {}): Response => {
  // Headers of a redirect made by the platform may be immutable.
  const answer = new Response(method === "HEAD" ? null : response.body, response)
  // A page that brings rules of its own knows what it needs.
  for (const [name, value] of Object.entries(securityHeaders)) {
    if (!answer.headers.has(name)) answer.headers.set(name, value)
  }
  return answer
}

/** A problem as an answer, for what never comes to a handler. */
export const refusal = (found: Problem): Response => withHeaders(problemResponse(found))

const charsetOf = (contentType: string | null): string =>
  /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType ?? "")?.[1]?.toLowerCase() ?? "utf-8"

/** Of what is UTF-8: names and addresses must not come to Docdata with other characters than they were written in. */
const charsets: ReadonlySet<string> = new Set(["utf-8", "utf8", "us-ascii"])

/** Why the bytes of a body are no text that programs send here, or `undefined`. */
const undecodable = ({ headers, url }: Request, body: Uint8Array): Problem | undefined => {
  if (!new URL(url).pathname.startsWith("/v1/")) return undefined
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity"
  if (encoding !== "identity") return problem("unsupported-media-type", "send the body without content-encoding")
  if (!charsets.has(charsetOf(headers.get("content-type")))) {
    return problem("unsupported-media-type", "send the body in UTF-8")
  }
  return isUtf8(body) ? undefined : problem("bad-request", "the body is not UTF-8")
}

const answerOf = async (handler: Handler, request: Request, source: string | undefined): Promise<Response> => {
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytesMax) {
    await request.body?.cancel()
    return tooLarge()
  }
  if (request.body === null) return handler(request, source)
  const body = await readBody(request)
  if (body === undefined) return tooLarge()
  const found = undecodable(request, body)
  if (found !== undefined) return problemResponse(found)
  const { headers, method, signal, url } = request
  return handler(new Request(url, { method, headers, signal, ...(body.length === 0 ? {} : { body }) }), source)
}

/** Which methods an address takes. */
export type MethodsAt = (pathname: string) => ReadonlyArray<string>

/**
 * Other spellings of a path: an empty segment, a letter or digit by its code, and what the router would take for the
 * beginning of the query.
 */
const otherSpelling = /;|\/\/|%(?:3\d|[46][1-9a-f]|[57][0-9a])/i

/** The handler with all of it. `methodsAt` tells the right address with a wrong method from a wrong address. */
export const guard = (handler: Handler, methodsAt: MethodsAt = () => []): Handler => async (request, source) => {
  try {
    if (otherSpelling.test(new URL(request.url).pathname)) {
      return refusal(problem("not-found", "spell the path as it is"))
    }
    return withHeaders(worded(await answerOf(handler, request, source), request, methodsAt), request)
  } catch {
    // A fault of ours, or a connection that broke while its body came: nobody is told more.
    return withHeaders(problemResponse(problem("internal", "please report it")), request)
  }
}
