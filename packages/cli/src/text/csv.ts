/**
 * Rows as CSV (RFC 4180) that a spreadsheet opens without running anything: a text that would be a formula gets an
 * apostrophe in front. Numbers are left alone.
 */
const isFormula = /^[=+\-@\t\r]/
const isNumber = /^-?\d+(\.\d+)?$/

const cellText = (cell: string): string => {
  const safe = isFormula.test(cell) && !isNumber.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe
}

/** Lines ended as the standard asks. */
export const csvText = (rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("")
