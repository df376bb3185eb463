/**
 * Where Docdata listens.
 */
import type { Environment } from "@docdata/application"
import * as Data from "effect/Data"

/** The hosts of the service. */
export const docdataHosts = {
  live: "https://secure.docdatapayments.com",
  /** Since 2021. */
  test: "https://testsecure.docdatapayments.com",
  /** Its older sibling, with the same paths. */
  olderTest: "https://test.docdatapayments.com"
} as const

/** The path of the SOAP endpoint of version 1.3; the version is also in the namespace and in every request. */
export const servicePath = "/ps/services/paymentservice/1_3"

/** Addresses of the SOAP endpoint, path included. A test double is given here. */
export interface Endpoints {
  readonly live: string
  readonly test: string
}

export const defaultEndpoints: Endpoints = {
  live: `${docdataHosts.live}${servicePath}`,
  test: `${docdataHosts.test}${servicePath}`
}

/** An address that was checked. */
export interface Endpoint {
  readonly environment: Environment
  /** Scheme, host and port. Breaker, queue and connections are per origin. */
  readonly origin: string
  readonly path: string
  readonly host: string
  readonly port: number
}

/** The configuration names an address that is none, or one that would send passwords in the clear. */
export class EndpointFailure extends Data.TaggedError("EndpointFailure")<{
  readonly environment: Environment
  readonly because: "not-a-url" | "not-https" | "credentials-or-query"
}> {
  override get message(): string {
    return `the ${this.environment} endpoint is refused (${this.because}): give an https URL without credentials, query or `
      + "fragment; plain http is for loopback addresses only"
  }
}

// Plain http is for a simulator on the same machine and nothing else.
const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"])

/** Checks an address of the configuration. */
export const parseEndpoint = (environment: Environment, address: string): Endpoint | EndpointFailure => {
  const url = URL.parse(address)
  if (url === null) return new EndpointFailure({ environment, because: "not-a-url" })
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && loopbackHosts.has(url.hostname))
  if (!isSafe) return new EndpointFailure({ environment, because: "not-https" })
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return new EndpointFailure({ environment, because: "credentials-or-query" })
  }
  const standardPort = url.protocol === "https:" ? 443 : 80
  return {
    environment,
    origin: url.origin,
    path: url.pathname,
    host: url.hostname,
    port: url.port === "" ? standardPort : Number(url.port)
  }
}
