/**
 * The life of a thing as a table: which cause moves it from which states to which one. What is not in the table does
 * not happen.
 */

/** A cause moves from any of `from`, always to the same state. */
export interface Move<State extends string> {
  readonly from: ReadonlyArray<State>
  readonly to: State
}

/** A move for each cause. */
export type Moves<State extends string, Cause extends string> = Readonly<Record<Cause, Move<State>>>

/** The state that a cause moves to; undefined where it moves nothing. */
export const stateAfter = <State extends string, Cause extends string>(
  moves: Moves<State, Cause>,
  state: State,
  cause: Cause
): State | undefined => moves[cause].from.includes(state) ? moves[cause].to : undefined
