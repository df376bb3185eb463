import { spawnSync } from "node:child_process"
import { join } from "node:path"

export interface Step {
  readonly name: string
  /** A shell command, run at the top of the repository. */
  readonly command: string
  readonly purpose: string
  readonly timeoutMinutes: number
}

/** Runs every step, also after a failure, prints how long each took, and fails the process when one failed. */
export const runInSequence = (title: string, steps: ReadonlyArray<Step>): void => {
  const rows: Array<string> = []
  for (const { name, command, purpose, timeoutMinutes } of steps) {
    console.log(`\n-- ${name}: ${purpose}\n   ${command}`)
    const startedMs = performance.now()
    const { status, error } = spawnSync(command, {
      cwd: join(import.meta.dirname, ".."),
      shell: true,
      stdio: ["ignore", "inherit", "inherit"],
      timeout: timeoutMinutes * 60_000
    })
    if (error !== undefined) console.error(error.message)
    if (status !== 0) process.exitCode = 1
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
    rows.push(`${status === 0 ? "passed" : "FAILED"}  ${seconds.padStart(8)} s  ${name}`)
  }
  console.log([`\n${title}: ${steps.length}`, ...rows].join("\n"))
}
