/**
 * SQLite: a statement costs a call and no round trip, so rows are written one by one. Only one transaction writes at a
 * time, so there is nothing to lock.
 */
import type { Dialect, TableWrite, Write } from "../Dialect.ts"
import { type Row, type Script, type Statement, text } from "../Script.ts"

const insertTexts = new Map<TableWrite, string>()

const insertText = (into: TableWrite): string => {
  const present = insertTexts.get(into)
  if (present !== undefined) return present
  const columns = [...Object.keys(into.columns), ...into.ofGuard ?? []]
  const names = columns.join(", ")
  const { onlyWith } = into
  const values = onlyWith === undefined
    ? `VALUES (${columns.map(() => "?").join(", ")})`
    : `SELECT ${names} FROM (SELECT ${columns.map((name) => `? AS ${name}`).join(", ")}) AS x
      WHERE EXISTS (SELECT 1 FROM ${onlyWith.table} w WHERE w.id = x.${onlyWith.column})`
  const made = `INSERT INTO ${into.table} (${names}) ${values} ${into.onConflict ?? ""}`
  insertTexts.set(into, made)
  return made
}

function* writeRows(write: Write, changed: Row): Script<void> {
  switch (write.kind) {
    case "rows": {
      const sql = insertText(write.into)
      const ofGuard = (write.into.ofGuard ?? []).map((column) => text(changed, column))
      for (const row of write.rows) yield { sql, params: [...row, ...ofGuard] }
      return
    }
    case "others":
      yield {
        sql: `DELETE FROM ${write.table} WHERE order_id = ?
          AND ${write.column} NOT IN (SELECT value FROM json_each(?))`,
        params: [write.orderId, JSON.stringify(write.kept)]
      }
      return
    case "gone":
      for (const params of write.rows) {
        yield { sql: `DELETE FROM ${write.table} WHERE ${write.columns.join(" = ? AND ")} = ?`, params }
      }
  }
}

function* guarded(guard: Statement, writes: ReadonlyArray<Write>): Script<Row | undefined> {
  const [changed] = yield guard
  if (changed === undefined) return undefined
  for (const write of writes) yield* writeRows(write, changed)
  return changed
}

export const sqliteDialect: Dialect = {
  name: "sqlite",
  amongTexts: "IN (SELECT value FROM json_each(?))",
  eventList: `(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
    FROM json_each(?))`,
  lockRow: "",
  keepRow: "",
  skipLocked: "",
  claimTurn: () => undefined,
  feedTurn: undefined,
  guarded
}
