/**
 * A secret typed on a terminal: what is typed stays unseen, and the terminal is left as it was.
 */
import { PassThrough } from "node:stream"
import type { ReadStream, WriteStream } from "node:tty"
import { expect, it } from "vitest"
import { askSecret } from "../src/terminal/askSecret.ts"

const terminal = () => {
  const modes: Array<boolean> = []
  const input = Object.assign(new PassThrough(), {
    setRawMode: (isRaw: boolean) => {
      modes.push(isRaw)
    }
  })
  const output = new PassThrough()
  return {
    modes,
    input,
    streams: { input: input as unknown as ReadStream, output: output as unknown as WriteStream },
    seen: () => String(output.read() ?? "")
  }
}

it.each<readonly [what: string, typed: ReadonlyArray<string>, answer: string | undefined]>([
  ["a line", ["very-hush\r"], "very-hush"],
  ["a line in pieces, with a slip taken back", ["very-h", "ux\u007f", "sh", "\n"], "very-hush"],
  ["nothing", ["\r"], ""],
  ["Ctrl-C", ["very", "\u0003"], undefined],
  ["Ctrl-D", ["\u0004"], undefined],
  ["a key that is stuck", ["x".repeat(5_000), "\r"], "x".repeat(1_000)]
])("takes %s", async (_what, typed, answer) => {
  const { input, modes, seen, streams } = terminal()
  const asked = askSecret("password: ", streams)
  for (const text of typed) input.write(text)
  expect(await asked).toBe(answer)
  expect(modes).toEqual([true, false])
  expect(seen()).toBe("password: \n")
  expect(input.isPaused()).toBe(true)
})
