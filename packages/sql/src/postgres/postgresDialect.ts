/**
 * PostgreSQL: a statement costs a round trip, so a guarded change with all that goes with it is one statement. Its
 * parts see one snapshot, and it is a transaction by itself.
 */
import type { Dialect, TableWrite, Write } from "../Dialect.ts"
import type { Row, Script, SqlValue, Statement } from "../Script.ts"

const columnTypes = { text: "text", number: "bigint" } as const

const insertTexts = new Map<TableWrite, string>()

const keepRow = " FOR KEY SHARE"

const insertText = (into: TableWrite): string => {
  const present = insertTexts.get(into)
  if (present !== undefined) return present
  const columns = Object.entries(into.columns)
  const { ofGuard = [], onlyWith } = into
  const names = [...columns.map(([name]) => name), ...ofGuard].join(", ")
  const values = [...columns.map(([name]) => `x.${name}`), ...ofGuard.map((name) => `changed.${name}`)].join(", ")
  const typed = columns.map(([name, type]) => `${name} ${columnTypes[type]}`).join(", ")
  const condition = onlyWith === undefined
    ? ""
    : `WHERE EXISTS (SELECT 1 FROM ${onlyWith.table} w WHERE w.id = x.${onlyWith.column}${keepRow})`
  const made = `INSERT INTO ${into.table} (${names})
    SELECT ${values}
    FROM changed, json_to_recordset(?::json) AS x(${typed}) ${condition} ${into.onConflict ?? ""}`
  insertTexts.set(into, made)
  return made
}

// One parameter per write whatever the number of rows, so that there are few texts and all stay prepared.
const partOf = (write: Write): { readonly sql: string; readonly param: SqlValue } => {
  switch (write.kind) {
    case "rows": {
      const names = Object.keys(write.into.columns)
      const rows = write.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
      return { sql: insertText(write.into), param: JSON.stringify(rows) }
    }
    case "others":
      return {
        sql: `DELETE FROM ${write.table} WHERE order_id IN (SELECT id FROM changed)
          AND ${write.column} NOT IN (SELECT json_array_elements_text(?::json))`,
        param: JSON.stringify(write.kept)
      }
    case "gone":
      return {
        sql: `DELETE FROM ${write.table} WHERE EXISTS (SELECT 1 FROM changed)
          AND (${write.columns.join(", ")}) IN (SELECT x ->> 0, x ->> 1 FROM json_array_elements(?::json) AS list(x))`,
        param: JSON.stringify(write.rows)
      }
  }
}

function* guarded(guard: Statement, writes: ReadonlyArray<Write>): Script<Row | undefined> {
  const parts = writes.filter((write) => write.kind === "others" || write.rows.length > 0).map(partOf)
  const steps = parts.map(({ sql }, index) => `, step${index} AS (${sql})`)
  const [changed] = yield {
    sql: `WITH changed AS (${guard.sql})${steps.join("")} SELECT * FROM changed`,
    params: [...guard.params, ...parts.map(({ param }) => param)]
  }
  return changed
}

// Any number will do, as long as nobody else uses it in the same database: "docdata" in hexadecimal digits, cut.
const claimTurnKey = 0x646f_6364
const feedTurnKey = claimTurnKey + 1

export const postgresDialect: Dialect = {
  name: "postgres",
  // An array, and not a subquery to join with: the guard of a commit took 20 % of its time for that.
  amongTexts: "= ANY (ARRAY(SELECT json_array_elements_text(?::json)))",
  eventList: `(SELECT x ->> 0, (x ->> 1)::bigint, (x ->> 2)::bigint FROM json_array_elements(?::json) AS list(x))`,
  lockRow: " FOR NO KEY UPDATE",
  keepRow,
  skipLocked: " FOR UPDATE OF d SKIP LOCKED",
  // Two merchants of one hash take turns too, which does no harm.
  feedTurn: { sql: `SELECT pg_advisory_xact_lock(${feedTurnKey})`, params: [] },
  claimTurn: (merchant) => ({
    sql: `SELECT pg_advisory_xact_lock(${claimTurnKey}, hashtext(?))`,
    params: [merchant]
  }),
  guarded
}
