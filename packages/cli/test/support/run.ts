/**
 * Runs the bundled command as a child process.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inject } from "vitest"

export const bundlePath = (): string => join(inject("bundleFolder"), "docdata.js")

export interface Ended {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

export const docdata = (
  args: ReadonlyArray<string>,
  input: string | Uint8Array = "",
  environment: NodeJS.ProcessEnv = {}
): Ended => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [bundlePath(), ...args], {
    input,
    encoding: "utf8",
    env: { ...process.env, ...environment }
  })
  return { exit: status, stdout, stderr }
}

/** A file with the text, in a folder of its own. */
export const fileWith = (text: string | Uint8Array, name = "input"): string => {
  const path = join(mkdtempSync(join(tmpdir(), "docdata-cli-file-")), name)
  writeFileSync(path, text)
  return path
}

/** Exactly one line, and nothing of a stack trace. */
export const isOneLine = (stderr: string): boolean =>
  /^docdata[^\n]*\n$/.test(stderr) && !/\bat .*\.js:\d+/.test(stderr)
