/**
 * Whether a recorded history of concurrent operations can be explained by one operation after the other.
 *
 * Every operation seems to happen at one instant between its start and its end, and all answers are those of a plain
 * sequential specification. The search tries what may come first, again and again, and remembers which situations
 * lead nowhere (Wing and Gong's search with Lowe's memory). It is meant for the history of one order: those are
 * short, and orders do not depend on each other.
 */

/** One call. Starts and ends are points of one line, such as a counter; an end is after its start. */
export interface Operation<Call, Reply> {
  /** Who called. Only for people who read a refused history. */
  readonly caller: string
  readonly call: Call
  readonly startedAt: number
  /** Absent when the caller died before it heard: the operation may have happened at any time after, or never. */
  readonly ended?: { readonly at: number; readonly reply: Reply }
}

/** What the operations mean, one after the other. */
export interface Specification<State, Call, Reply> {
  readonly initial: State
  /** The state after the call, or undefined if the call cannot have this reply here. No reply means any reply. */
  readonly step: (state: State, call: Call, reply: Reply | undefined) => State | undefined
  /** The same text for the same state, and for no other. */
  readonly nameOf: (state: State) => string
}

export type Verdict<Call, Reply> =
  /** An order that explains everything. */
  | { readonly linearizable: true; readonly order: ReadonlyArray<Operation<Call, Reply>> }
  /** No order does. `explained` is the longest beginning found, `stuck` what nothing could follow it with. */
  | {
    readonly linearizable: false
    readonly explained: ReadonlyArray<Operation<Call, Reply>>
    readonly stuck: ReadonlyArray<Operation<Call, Reply>>
  }

/** More operations than this are no history of one order but a mistake in splitting it. */
export const operationsMax = 5_000

/** A search that has looked at so many situations gives up by an exception: neither accepted nor refused. */
export const situationsMax = 1_000_000

/** The operations in the order of their starts, and which of them have happened. */
interface Progress {
  /** All before this position have happened. */
  readonly first: number
  /** Positions after `first` that have happened, ascending. */
  readonly ahead: ReadonlyArray<number>
}

const withHappened = ({ ahead, first }: Progress, position: number): Progress => {
  const happened = [...ahead, position].toSorted((a, b) => a - b)
  let next = first
  while (happened[0] === next) {
    happened.shift()
    next++
  }
  return { first: next, ahead: happened }
}

const endOf = ({ ended }: Operation<unknown, unknown>): number => ended?.at ?? Number.POSITIVE_INFINITY

/** Positions that may come next: nothing that has not happened ended before they started. */
const mayComeNext = (
  operations: ReadonlyArray<Operation<unknown, unknown>>,
  { ahead, first }: Progress
): ReadonlyArray<number> => {
  const positions: Array<number> = []
  let earliestEnd = Number.POSITIVE_INFINITY
  for (let position = first; position < operations.length; position++) {
    const operation = operations[position]!
    if (operation.startedAt > earliestEnd) break
    if (ahead.includes(position)) continue
    positions.push(position)
    earliestEnd = Math.min(earliestEnd, endOf(operation))
  }
  return positions
}

/** Searches an order that explains the operations. */
export const checkLinearizable = <State, Call, Reply>(
  specification: Specification<State, Call, Reply>,
  history: ReadonlyArray<Operation<Call, Reply>>
): Verdict<Call, Reply> => {
  if (history.length > operationsMax) throw new RangeError(`a history of more than ${operationsMax} operations`)
  const operations = history.toSorted((a, b) => a.startedAt - b.startedAt)
  const deadEnds = new Set<string>()
  const path: Array<number> = []
  let longest: ReadonlyArray<number> = []
  let stuck: ReadonlyArray<number> = []

  const explain = (state: State, progress: Progress): boolean => {
    const next = mayComeNext(operations, progress)
    // What nobody heard the end of need not have happened.
    if (next.every((position) => operations[position]!.ended === undefined) && !hasEndedAfter(progress)) return true
    if (path.length > longest.length || stuck.length === 0) {
      longest = [...path]
      stuck = next
    }
    const situation = `${progress.first} ${progress.ahead.join()} ${specification.nameOf(state)}`
    if (deadEnds.has(situation)) return false
    for (const position of next) {
      const { call, ended } = operations[position]!
      const after = specification.step(state, call, ended?.reply)
      if (after === undefined) continue
      path.push(position)
      if (explain(after, withHappened(progress, position))) return true
      path.pop()
    }
    deadEnds.add(situation)
    if (deadEnds.size > situationsMax) throw new RangeError(`more than ${situationsMax} situations: not decided`)
    return false
  }

  const hasEndedAfter = ({ ahead, first }: Progress): boolean => {
    for (let position = first; position < operations.length; position++) {
      if (operations[position]!.ended !== undefined && !ahead.includes(position)) return true
    }
    return false
  }

  const at = (position: number): Operation<Call, Reply> => operations[position]!
  return explain(specification.initial, { first: 0, ahead: [] })
    ? { linearizable: true, order: path.map(at) }
    : { linearizable: false, explained: longest.map(at), stuck: stuck.map(at) }
}
