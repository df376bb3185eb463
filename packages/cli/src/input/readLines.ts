/**
 * Lines of a stream, one at a time, with bounded memory: the reader is as fast as whoever takes the lines.
 */

/**
 * Longest line that is read, in bytes. A line holds an order and a report of at most 2,000 payments, each with a
 * capture, a refund and a chargeback: about 1.5 MB as JSON. A longer line is skipped without being kept.
 */
export const lineBytesMax = 4 * 1024 * 1024

/** One line without its end, or the fact that it was too long or no UTF-8. Numbers count from 1. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly unreadable: "too-long" | "not-utf-8" }

const lineFeed = 10
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false })

const decode = (number: number, bytes: Uint8Array): Line => {
  try {
    return { number, text: utf8.decode(bytes) }
  } catch {
    return { number, unreadable: "not-utf-8" }
  }
}

/** Splits at line feeds. The last line counts with or without one. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 1
  let parts: Array<Uint8Array> = []
  let length = 0
  const keep = (bytes: Uint8Array): void => {
    length += bytes.length
    if (length > lineBytesMax) parts = []
    else parts.push(bytes)
  }
  const finish = (): Line => {
    const line: Line = length > lineBytesMax
      ? { number, unreadable: "too-long" }
      : decode(number, parts.length === 1 ? parts[0]! : Buffer.concat(parts))
    number++
    parts = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      keep(chunk.subarray(start, end))
      yield finish()
      start = end + 1
    }
    if (start < chunk.length) keep(chunk.subarray(start))
  }
  if (length > 0) yield finish()
}
