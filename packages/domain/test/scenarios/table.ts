/**
 * Text tables: a line `given NAME VALUE` sets a default for the rows below it, a line of cells between bars is a row,
 * and the first row after a heading (`== Title`) names the columns. Lines that begin with `#` are remarks.
 */

/** One row with its cells by column; columns that the table leaves out have the default given above it. */
export interface TableRow {
  readonly file: string
  readonly line: number
  readonly title: string
  readonly cells: Readonly<Record<string, string>>
}

/** Stops at the first line that is not understood, with its place. */
export class TableError extends Error {
  constructor(place: { readonly file: string; readonly line: number }, message: string) {
    super(`${place.file}:${place.line}: ${message}`)
  }
}

const cellsOf = (line: string): ReadonlyArray<string> => line.slice(1, -1).split("|").map((cell) => cell.trim())

/** Reads a file of tables; only columns of `known` may occur. */
export const readTables = (file: string, text: string, known: ReadonlySet<string>): ReadonlyArray<TableRow> => {
  const rows: Array<TableRow> = []
  const given: Record<string, string> = {}
  let title = ""
  let columns: ReadonlyArray<string> | undefined
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim()
    const place = { file, line: index + 1 }
    if (line === "" || line.startsWith("#")) continue
    if (line.startsWith("== ")) {
      title = line.slice(3)
      columns = undefined
    } else if (line.startsWith("given ")) {
      const [, name, value] = /^given (\w+) +(.+)$/.exec(line) ?? []
      if (name === undefined || value === undefined || !known.has(name)) throw new TableError(place, "given what?")
      given[name] = value
    } else if (line.startsWith("|") && line.endsWith("|")) {
      const cells = cellsOf(line)
      if (columns === undefined) {
        const unknown = cells.find((name) => !known.has(name))
        if (unknown !== undefined) throw new TableError(place, `no column is called "${unknown}"`)
        columns = cells
        continue
      }
      if (cells.length !== columns.length) throw new TableError(place, `${columns.length} cells expected`)
      const named = Object.fromEntries(columns.map((name, position) => [name, cells[position]!]))
      rows.push({ ...place, title, cells: { ...given, ...named } })
    } else throw new TableError(place, "neither a row, nor a heading, nor given")
  }
  return rows
}
