/**
 * How a command ended. Scripts rely on these numbers; they are documented in `--help` and docs/reference/cli.md.
 */
export const exitCodes = {
  /** The command did what was asked, and its output is complete. */
  done: 0,
  /** The output could not be written, or a fault of this program; then please report it. */
  unfinished: 1,
  /** The command line or its input was not understood: one line on stderr says what and where. */
  badInput: 2,
  /** The provider's reply was read, and it is an error reply or a SOAP fault instead of an answer. */
  errorReply: 3
} as const

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
