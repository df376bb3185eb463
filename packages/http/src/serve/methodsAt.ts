/**
 * Which methods an address takes, so that the right address with a wrong method is told apart from a wrong address.
 */
import { DocdataApi } from "@docdata/contract"

/** Routes that are not part of the REST API; see `layerRoutes`. */
const fixedPaths = [
  "/docdata/notifications",
  "/docdata/return",
  "/healthz",
  "/readyz",
  "/metrics",
  "/openapi.json",
  "/docs"
]

interface Route {
  readonly pattern: RegExp
  readonly method: string
}

/** A parameter is one segment, as long as the router lets it be. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/:[A-Za-z]+/g, "[^/]{1,100}").replace(/\/$/, "")}/?$`)

const routes: ReadonlyArray<Route> = [
  ...Object.values(DocdataApi.groups).flatMap(({ endpoints }) => Object.values(endpoints))
    .map(({ method, path }): Route => ({ pattern: patternOf(path), method })),
  ...fixedPaths.map((path): Route => ({ pattern: patternOf(path), method: "GET" })),
  { pattern: patternOf("/docdata/return"), method: "POST" }
]

/** The methods, in alphabetical order; none for an address that nobody answers. */
export const methodsAt = (pathname: string): ReadonlyArray<string> =>
  [
    ...new Set(routes.filter(({ pattern }) => pattern.test(pathname)).map(({ method }) => method))
  ].toSorted((a, b) => (a < b ? -1 : 1))
