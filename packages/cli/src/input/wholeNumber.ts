/**
 * Whole numbers as people type them.
 */

/** From 0 to `max`; `undefined` for any other text. */
export const wholeNumber = (typed: string, max: number): number | undefined =>
  /^\d{1,15}$/.test(typed) && Number(typed) <= max ? Number(typed) : undefined
