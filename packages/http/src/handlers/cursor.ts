/**
 * Where a list goes on, as a text that callers hand back and do not read.
 */

/** A moment and an id, which tells apart what happened at once. */
export interface Cursor {
  readonly atMs: number
  readonly id: string
}

export const cursorText = ({ atMs, id }: Cursor): string => Buffer.from(`${atMs} ${id}`).toString("base64url")

/** Undefined if the text is none of ours: an id has no control characters. */
export const readCursor = (text: string): Cursor | undefined => {
  const [, atMs, id] = /^(\d{1,15}) (\P{Cc}{1,100})$/u.exec(Buffer.from(text, "base64url").toString("utf8")) ?? []
  return atMs === undefined || id === undefined ? undefined : { atMs: Number(atMs), id }
}
