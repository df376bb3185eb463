/**
 * How a command ended. Scripts rely on these numbers; they are documented in `--help` and docs/reference/cli.md.
 */
export const exitCodes = {
  /** The command did what was asked, and its output is complete. */
  done: 0,
  /** The output could not be written, the stores could not be used, or a fault of this program; then please report it. */
  unfinished: 1,
  /** The command line, its input or the settings were not understood: stderr says what and where. Nothing was done. */
  badInput: 2,
  /** The provider's reply was read, and it is an error reply or a SOAP fault instead of an answer. */
  errorReply: 3,
  /** No such order, or not possible with it now, or the question was answered with no. Nothing was done. */
  commandFailed: 4,
  /** No answer from the provider, and certainly nothing was done there: repeating is safe. */
  unreachable: 5,
  /** The provider may have done it and did not say so: refresh the order before repeating. */
  unclear: 6,
  /** Of several orders some failed: stderr says which and why. The others are done. */
  partly: 7
} as const

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
