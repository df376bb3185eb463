/** Reads a request body up to a limit. */
import type { IncomingMessage } from "node:http"

/** The body, or `undefined` if it is larger than allowed or the sender went away. */
export const readBody = async (request: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> => {
  const chunks: Array<Buffer> = []
  let size = 0
  try {
    for await (const chunk of request) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
      size += bytes.length
      if (size > bytesMax) return undefined
      chunks.push(bytes)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks)
}

const utf8 = new TextDecoder("utf-8", { fatal: true })

/** The text of UTF-8 bytes, or `undefined` if they are none. */
export const decodeUtf8 = (bytes: Buffer): string | undefined => {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
