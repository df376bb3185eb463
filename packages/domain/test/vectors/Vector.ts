/**
 * Test vectors of the status logic: one JSON object per line, as the reference implementation was recorded.
 *
 * The format is documented in `docs/reference/vectors.md`.
 */

export interface VectorItem {
  readonly status: string
  readonly amount: number
  readonly currency: string
  readonly reason?: string
}

export interface VectorPayment {
  /** Text, although the file holds an integer: see {@link parseVector}. */
  readonly id: string
  readonly paymentMethod: string
  readonly authorization: {
    readonly status: string
    readonly amount: number
    readonly currency: string
    readonly confidenceLevel?: string
    readonly captures?: ReadonlyArray<VectorItem>
    readonly refunds?: ReadonlyArray<VectorItem>
    readonly chargebacks?: ReadonlyArray<VectorItem>
  }
}

export interface VectorRow {
  readonly paymentId: string
  readonly paymentMethod: string
  readonly status: string
  readonly confidenceLevel: string
  readonly amountAllocated: string
  readonly amountDebited: string
  readonly amountRefunded: string
  readonly amountChargeback: string
  readonly orderKey?: string
}

export interface VectorAnswer {
  readonly status: string
  readonly statusChanged: boolean | null
  readonly totals: Readonly<Record<string, string>>
  readonly payments: ReadonlyArray<VectorRow & { readonly change: string }>
  readonly events: ReadonlyArray<Readonly<Record<string, string>>>
  readonly logs: ReadonlyArray<{ readonly level: string; readonly kind: string }>
}

export interface Vector {
  readonly id: string
  readonly title?: string
  readonly generation: "2013" | "2016"
  readonly quirks?: ReadonlyArray<string>
  readonly input: {
    readonly now: string
    readonly settings: { readonly successMargin: Readonly<Record<string, number>> }
    readonly intendedStatus: string | null
    readonly order: {
      readonly status: string
      readonly createdAt: string
      readonly currency: string
      readonly totalGrossAmount: string
      readonly orderKey: string
    }
    readonly storedPayments: ReadonlyArray<VectorRow>
    readonly report: {
      readonly approximateTotals: Readonly<Record<string, number | string | null>>
      readonly payments: ReadonlyArray<VectorPayment>
    }
    readonly raceInserts?: unknown
    readonly options?: { readonly idType?: string; readonly repairRaceLog?: boolean }
  }
  readonly expected?: VectorAnswer & { readonly raised: string | null }
}

// Payment ids may be longer than what a number holds exactly, so their digits are taken from the source.
const keepDigits = (key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  key === "id" && typeof value === "number" ? context?.source ?? String(value) : value

/** Reads one line. */
export const parseVector = (line: string): Vector => JSON.parse(line, keepDigits) as Vector
