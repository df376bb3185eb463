/**
 * What a client of another maker is tried with, and what it has to find.
 */
export interface Surroundings {
  readonly baseUrl: string
  readonly key: string
  /** The shopper pays; a day passes at Docdata. */
  readonly pay: (orderKey: string) => Promise<void>
  readonly day: () => Promise<void>
}

/** What became of one order, as the client reads it. */
export interface Life {
  readonly created: string
  readonly captured: string
  readonly refunded: string
  readonly read: { readonly status: string; readonly refundedMinor: number | undefined }
  readonly events: ReadonlyArray<string>
  readonly problem: string | undefined
}
