/**
 * The ceiling: the insert that makes a notification durable, by the bare driver on a connection and a file of its own.
 */
import { DatabaseSync } from "node:sqlite"
import { layerSqlite } from "@docdata/sql/sqlite"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** How many per second, with `synchronous = FULL`, on tables as the service has them. */
export const bareInsertsPerSecond = async (file: string, seconds: number): Promise<number> => {
  await Effect.runPromise(Effect.scoped(Layer.build(layerSqlite({ file }))))
  const connection = new DatabaseSync(file)
  connection.exec("PRAGMA synchronous = FULL")
  const [begin, commit] = [connection.prepare("BEGIN IMMEDIATE"), connection.prepare("COMMIT")]
  const insert = connection.prepare(
    `INSERT INTO docdata_inbox (id, merchant, order_reference, first_received_at_ms, last_received_at_ms,
      notification_count, attempts, queue_state, ready_at_ms) VALUES (?, 'shop', ?, 1, 1, 1, 0, 'waiting', -9007199254740991)`
  )
  const startedMs = performance.now()
  let count = 0
  while (performance.now() - startedMs < seconds * 1_000) {
    begin.run()
    insert.run(`n${count}`, `R${count}`)
    commit.run()
    count++
  }
  const rate = count * 1_000 / (performance.now() - startedMs)
  connection.close()
  return rate
}
