/** autocannon ships no types; this is what the load generator uses of it. */
declare module "autocannon" {
  interface Client {
    readonly setRequests: (requests: ReadonlyArray<{ readonly path: string }>) => void
  }

  interface Result {
    readonly "2xx": number
    readonly non2xx: number
    readonly errors: number
    /** Seconds. */
    readonly duration: number
    /** Milliseconds. */
    readonly latency: { readonly p50: number; readonly p99: number }
  }

  const autocannon: (options: {
    readonly url: string
    readonly connections: number
    readonly duration?: number
    readonly amount?: number
    readonly setupClient: (client: Client) => void
  }) => Promise<Result>

  export { type Client, type Result }
  export default autocannon
}
