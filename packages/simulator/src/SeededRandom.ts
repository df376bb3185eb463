/**
 * Random numbers that are the same for the same seed, so that a failing run can be played again.
 *
 * Not for secrets. Algorithm: mulberry32, chosen for being ten lines with a full 32-bit state.
 */

/** A stream of random values. Its whole state is one integer, which a snapshot of the simulator keeps. */
export interface SeededRandom {
  /** From 0 up to `below` (excluded), a whole number. */
  readonly below: (below: number) => number
  /** One of the entries; the list must not be empty. */
  readonly pick: <A>(entries: readonly [A, ...ReadonlyArray<A>]) => A
  /** The same entries in a random order. */
  readonly shuffled: <A>(entries: ReadonlyArray<A>) => ReadonlyArray<A>
  readonly state: () => number
  readonly restore: (state: number) => void
}

/** Numbers near each other give unrelated streams; text seeds are hashed first. */
export const seededRandom = (seed: number | string): SeededRandom => {
  let state = typeof seed === "number" ? seed >>> 0 : hashOf(seed)
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: (entries) => entries[below(entries.length)] ?? entries[0],
    shuffled: (entries) => {
      const rest = [...entries]
      return entries.flatMap(() => rest.splice(below(rest.length), 1))
    },
    state: () => state,
    restore: (saved) => {
      state = saved
    }
  }
}

/** FNV-1a over the characters: any text becomes a seed. */
export const hashOf = (text: string): number =>
  Array.from(text).reduce(
    (hash, sign) => Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0,
    0x81_1c_9d_c5
  )
