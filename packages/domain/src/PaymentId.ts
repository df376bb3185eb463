/**
 * The provider's number of a payment: a positive integer of any length, kept as text.
 *
 * Numbers decide which attempt is newest, so they are compared as numbers; as text, 999999999 would come
 * after 1000000001.
 */

/** The number without leading zeros, or `undefined` if the text is no positive integer. */
export const normalise = (text: string): string | undefined => {
  const length = text.length
  let zeros = 0
  for (let index = 0; index < length; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return undefined
    if (digit === 0 && zeros === index) zeros++
  }
  if (zeros === length) return undefined
  return text.slice(zeros)
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`. Both normalised. */
export const compare = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
