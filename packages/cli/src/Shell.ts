/**
 * What a command sees of the world. `main.ts` makes the only one that is real.
 */
export interface Shell {
  /** The variables of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Bytes of standard input. Leaving the loop early closes it. */
  readonly stdin: AsyncIterable<Uint8Array>
  /** Writes to standard output and resolves when more may follow, so that nothing piles up in memory. */
  readonly write: (text: string) => Promise<void>
  /** Writes one line to standard error. */
  readonly complain: (line: string) => void
  /** Overwrites the progress line on standard error, `""` takes it away; absent unless that is a terminal. */
  readonly progress?: (text: string) => void
  /** Asks for a secret without showing it; nothing if it was given up. Absent unless somebody sits at a terminal. */
  readonly askSecret?: (question: string) => Promise<string | undefined>
  /** Asks a person and resolves with the line typed; absent unless somebody sits at a terminal. */
  readonly ask?: (question: string) => Promise<string>
  /** Resolves when somebody wants the command to end: Ctrl-C or SIGTERM. A second one ends it at once. */
  readonly interrupted: () => Promise<void>
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly nowMs: () => number
  /** Width of the text that people read, in characters. */
  readonly columns: number
  /** True if colour may help. Nothing is ever said by colour alone. */
  readonly colour: boolean
}
