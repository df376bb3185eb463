/**
 * What every store may fail with.
 */
import * as Data from "effect/Data"

/**
 * The store could not do its work. With `retryable`, nothing was written and repeating may help (a busy lock,
 * a serialisation conflict, a lost connection before the commit). Otherwise it is not known whether the write
 * happened: read before repeating.
 *
 * Holds no statement and no value: those may be personal data.
 */
export class StoreFailure extends Data.TaggedError("StoreFailure")<{
  /** The method that failed, `OrderStore.commit`. */
  readonly operation: string
  readonly retryable: boolean
  /** The driver's own code, for people who look it up. */
  readonly code: string
  /** Where it went wrong, what the code means and what to do, for people; without passwords and data. */
  readonly explanation?: string
}> {
  override get message(): string {
    const explanation = this.explanation === undefined ? "" : `: ${this.explanation}`
    return `${this.operation} failed (${this.code})${explanation}; ${
      this.retryable ? "nothing was written, repeating is safe" : "read before repeating"
    }`
  }
}
