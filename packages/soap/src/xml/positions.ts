/**
 * Where something stands: computed only when something is refused, so reading pays nothing for it.
 */
import type { Position } from "../ReplyFailure.ts"

const lenientUtf8 = new TextDecoder("utf-8", { fatal: false, ignoreBOM: false })
const encoder = new TextEncoder()
const byteOrderMark = [0xef, 0xbb, 0xbf] as const

/** The position of a UTF-16 offset in the text that these bytes were decoded to. */
export const positionOf = (
  { bytes, text }: { readonly bytes: Uint8Array; readonly text: string },
  at: number
): Position => {
  const markLength = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0
  const before = text.slice(0, at)
  return { byteOffset: markLength + encoder.encode(before).length, ...lineAndColumn(before) }
}

/** The position of a byte. What stands before it need not be UTF-8. */
export const positionOfByte = (bytes: Uint8Array, byteOffset: number): Position => ({
  byteOffset,
  ...lineAndColumn(lenientUtf8.decode(bytes.subarray(0, byteOffset)))
})

const lineAndColumn = (before: string): { readonly line: number; readonly column: number } => {
  let line = 1
  let lineStart = 0
  for (const { index, 0: ending } of before.matchAll(/\r\n?|\n/g)) {
    line++
    lineStart = index + ending.length
  }
  return { line, column: before.length - lineStart + 1 }
}

/** The offset of the first byte that makes these bytes no UTF-8, or their length if none does or the last sequence is cut. */
export const firstInvalidByte = (bytes: Uint8Array): number => {
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    if (length === 0) return at
    at += length
  }
  return bytes.length
}

// Unicode 16, table 3-7: the second byte's range depends on the first, so that each character has one spelling and
// halves of surrogate pairs have none.
const sequenceLength = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (length === 0) return 0
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) return length
    if (byte < (index === 1 ? lowest : 0x80) || byte > (index === 1 ? highest : 0xbf)) return 0
  }
  return length
}
