/**
 * The word that somebody probably meant who typed another one.
 */

/** More than a slip or two is another word. */
const slipsMax = 2

// Letters to add, drop or replace, and neighbours to swap, to get from one word to the other.
const slips = (typed: string, meant: string): number => {
  let beforeLast: ReadonlyArray<number> = []
  let last: ReadonlyArray<number> = Array.from({ length: meant.length + 1 }, (_, column) => column)
  for (let row = 1; row <= typed.length; row++) {
    const next = [row]
    for (let column = 1; column <= meant.length; column++) {
      const same = typed[row - 1] === meant[column - 1]
      const swapped = typed[row - 1] === meant[column - 2] && typed[row - 2] === meant[column - 1]
      next.push(Math.min(
        next[column - 1]! + 1,
        last[column]! + 1,
        last[column - 1]! + (same ? 0 : 1),
        swapped ? beforeLast[column - 2]! + 1 : Infinity
      ))
    }
    beforeLast = last
    last = next
  }
  return last[meant.length]!
}

/** The first of the nearest words; none if even that is no slip of the hand. */
export const nearestWord = (typed: string, words: ReadonlyArray<string>): string | undefined => {
  // Half of a short word are no slips either.
  const mostSlips = Math.min(slipsMax, Math.floor(typed.length / 2))
  const [nearest] = words
    .map((word) => ({ word, count: slips(typed.slice(0, word.length + slipsMax + 1), word) }))
    .filter(({ count }) => count <= mostSlips)
    .toSorted((a, b) => a.count - b.count)
  return nearest?.word
}
