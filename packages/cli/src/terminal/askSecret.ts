/**
 * Asks for a secret on a terminal, without showing what is typed.
 */
import type { ReadStream, WriteStream } from "node:tty"

/** Longer than any password; keeps a stuck key from filling the memory. */
const lengthMax = 1_000

/** Resolves with what was typed up to the end of the line, or with nothing if it was given up with Ctrl-C or Ctrl-D. */
export const askSecret = (question: string, { input, output }: {
  readonly input: ReadStream
  readonly output: WriteStream
}): Promise<string | undefined> => {
  output.write(question)
  input.setRawMode(true)
  input.setEncoding("utf8")
  return new Promise((resolve) => {
    let typed = ""
    const end = (answer: string | undefined): void => {
      input.off("data", take)
      input.setRawMode(false)
      input.pause()
      output.write("\n")
      resolve(answer)
    }
    const take = (text: string): void => {
      for (const character of text) {
        if (character === "\r" || character === "\n") return end(typed)
        if (character === "\u0003" || character === "\u0004") return end(undefined)
        if (character === "\u007f" || character === "\b") typed = typed.slice(0, -1)
        else if (typed.length < lengthMax) typed += character
      }
    }
    input.on("data", take)
  })
}
