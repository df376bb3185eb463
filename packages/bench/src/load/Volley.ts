/**
 * Notifications that are sent as fast as they are answered, from another process.
 */
import { spawn } from "node:child_process"
import { join } from "node:path"
import { json } from "node:stream/consumers"
import type { Result } from "autocannon"

export interface Volley {
  readonly origin: string
  readonly connections: number
  readonly references: ReadonlyArray<string>
  readonly length: { readonly amount: number } | { readonly duration: number }
}

/** Fires it, and answers what was seen. */
export const fire = async (volley: Volley): Promise<Result> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "generator.ts")], {
    stdio: ["pipe", "pipe", "inherit"]
  })
  child.stdin.end(JSON.stringify(volley))
  return await json(child.stdout) as Result
}
