/**
 * Distances between amounts as people read them.
 */
import { Amount } from "@docdata/domain"

/** How far an amount is from where it would have to be. */
export const distanceText = (byMinor: number, currency: string): string => {
  const amount = Amount.format({ minor: Math.abs(byMinor), currency })
  return byMinor > 0 ? `${amount} more` : `${amount} less`
}
