/**
 * One way of asking for a status, ready to be called many times.
 */

/** The only order of the server. */
export const orderKey = "9F8E7D6C5B4A39281706F5E4D3C2B1A0"
export const account = { name: "bench_shop", password: "bench-password" } as const
/** What every reply says was captured; an answer that says something else is a wrong answer. */
export const capturedMinor = 2420

export interface Caller {
  /** Asks once and resolves with the captured total, or with `undefined` where the reply is not read at all. */
  readonly ask: () => Promise<number | undefined>
  readonly close: () => Promise<void>
}

/** Opens a caller for a SOAP endpoint. */
export type OpenCaller = (url: string) => Promise<Caller>
