/**
 * The order of texts that both databases keep: by code point. JavaScript's own order is by 16-bit units, which differs
 * where a text holds characters beyond them.
 */
import { Buffer } from "node:buffer"

/** Negative, zero or positive as `a` comes before, with or after `b`. */
export const compareText = (a: string, b: string): number => {
  if (a === b) return 0
  // The order of code points is the order of their UTF-8 bytes.
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
