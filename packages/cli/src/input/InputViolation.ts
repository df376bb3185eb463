/**
 * Why an input was not understood: where, and what is the case. A value; printed as one line on standard error.
 */
export interface InputViolation {
  /** Name of the file, or `(stdin)`; may be shown. */
  readonly source: string
  /** Both count from 1. Absent when the whole input is meant. */
  readonly line?: number
  readonly column?: number
  /** A clause without the place, made of our own words, field names and numbers. */
  readonly sentence: string
}

/** `report.xml:12:7: an end tag does not match its start tag`, as editors and CI systems read it. */
export const problemLine = ({ column, line, sentence, source }: InputViolation): string =>
  [source, line, column].filter((part) => part !== undefined).join(":") + `: ${sentence}`
