/**
 * The `docdata` command: the one place that touches the process and its streams.
 */
import { once } from "node:events"
import { fstatSync } from "node:fs"
import { isatty } from "node:tty"
import { commands } from "./commands.ts"
import { dispatch } from "./dispatch.ts"
import { exitCodes } from "./ExitCode.ts"
import type { Shell } from "./Shell.ts"

// The default serves pipes, and terminals that do not know their width or are too narrow for any table. Text that is
// wider than the most is hard to read.
const columnsDefault = 80
const columnsMin = 40
const columnsMax = 100

const usableColumns = (columns: number | undefined): number =>
  columns === undefined || columns < columnsMin ? columnsDefault : Math.min(columns, columnsMax)

const endWhenUnwritable = (error: NodeJS.ErrnoException): void => {
  // The reader (`| head`) has what it wants: that is no failure.
  if (error.code === "EPIPE") process.exit(exitCodes.done)
  process.stderr.write(`docdata: the output cannot be written (${error.code})\n`)
  process.exit(exitCodes.unfinished)
}

async function* readStdin(): AsyncGenerator<Uint8Array> {
  // Node takes a directory for an empty input.
  if (fstatSync(0).isDirectory()) throw Object.assign(new Error("standard input"), { code: "EISDIR" })
  yield* process.stdin
}

const askSecret = async (question: string): Promise<string | undefined> => {
  const terminal = await import("./terminal/askSecret.ts")
  return terminal.askSecret(question, { input: process.stdin, output: process.stderr })
}

// Loaded by the few commands that ask.
const ask = async (question: string): Promise<string> => {
  const { createInterface } = await import("node:readline/promises")
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

const makeShell = (): Shell => {
  const { stderr, stdout } = process
  stdout.on("error", endWhenUnwritable)
  stderr.on("error", endWhenUnwritable)
  let progressLength = 0
  const clearProgress = (): void => {
    if (progressLength > 0) stderr.write(`\r${" ".repeat(progressLength)}\r`)
    progressLength = 0
  }
  const progress = (text: string): void => {
    clearProgress()
    stderr.write(text)
    progressLength = text.length
  }
  const { NO_COLOR: noColour = "", TERM: terminal } = process.env
  return {
    environment: process.env,
    stdin: readStdin(),
    write: async (text) => {
      if (!stdout.write(text)) await once(stdout, "drain")
    },
    complain: (line) => {
      clearProgress()
      stderr.write(`${line}\n`)
    },
    ...(stderr.isTTY ? { progress } : {}),
    ...(stderr.isTTY && isatty(0) ? { ask, askSecret } : {}),
    interrupted: () =>
      new Promise((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve())
      }),
    nowMs: () => Date.now(),
    columns: usableColumns(stdout.isTTY ? stdout.columns : undefined),
    colour: stdout.isTTY && noColour === "" && terminal !== "dumb"
  }
}

// Node would open its inspector, which lets every user of the machine run code in this process.
process.on("SIGUSR1", () => undefined)

const shell = makeShell()
try {
  process.exitCode = await dispatch(process.argv.slice(2), commands, shell)
} catch (defect) {
  shell.complain(`docdata: this should not have happened, please report it: ${(defect as Error).name}`)
  process.exitCode = exitCodes.unfinished
}
