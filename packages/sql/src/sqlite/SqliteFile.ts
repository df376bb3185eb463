/**
 * One connection to a database file: prepared statements, and scripts as synchronous steps.
 *
 * A step is a transaction from BEGIN to COMMIT without a pause, so within a process no two ever meet, and an
 * interruption cannot cut one in half. Other processes can be in the way; then a step throws, having written nothing.
 */
import { closeSync, openSync, statSync } from "node:fs"
import { DatabaseSync, type StatementSync } from "node:sqlite"
import type { Row, Script, Statement } from "../Script.ts"
import { sqliteDialect } from "./sqliteDialect.ts"

export interface SqliteOptions {
  /** Path of the file, made if it is missing, or `:memory:`. */
  readonly file: string
  /**
   * `full` (the default): an answered write survives a loss of power. `normal`: it survives the death of the process;
   * after a loss of power the newest writes may be gone, the file is sound.
   */
  readonly durability?: "full" | "normal"
  /** Only read: nothing is made, changed or migrated. For the importer's source. Default false. */
  readonly readOnly?: boolean
  /** How long a step may wait for another process before it gives the event loop back. Default 5. */
  readonly busyTimeoutMs?: number
  /**
   * How long a write goes on trying, about, while other processes hold the lock; then it fails as retryable. Default
   * 10,000, far longer than any transaction of the stores.
   */
  readonly busyWaitMs?: number
}

const busyTimeoutMsDefault = 5

/** No file: SQLite's name for a database that ends with its connection. */
const inMemory = ":memory:"

/** More texts than the stores have; lists with many merchants make new ones, which must not pile up. */
const preparedMax = 500

/** Orders, tokens of webhook addresses and texts of shoppers are for the owner alone. */
const ownerOnly = 0o600

/** Makes the file for SQLite, which would let everybody read it, and gives its log the mode of the file. */
const makePrivate = (file: string): void => {
  try {
    closeSync(openSync(file, "wx", ownerOnly))
  } catch {
    // It is there, or it cannot be made: SQLite says which.
  }
}

/** What a path leads to, compared with the open file. */
export type FilePlace = "same" | "absent" | "another"

const connect = (
  { busyTimeoutMs = busyTimeoutMsDefault, durability = "full", file, readOnly = false }: SqliteOptions
) => {
  const connection = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: busyTimeoutMs, readOnly })
  if (!readOnly) connection.exec(`PRAGMA synchronous = ${durability.toUpperCase()}`)
  return connection
}

/** Which file a path leads to; nothing for one in memory or one that is not there. */
const identityOf = (file: string): string | undefined => {
  const stats = file === inMemory ? undefined : statSync(file, { throwIfNoEntry: false })
  return stats === undefined ? undefined : `${stats.dev} ${stats.ino}`
}

export class SqliteFile {
  readonly dialect = sqliteDialect
  readonly #options: SqliteOptions
  readonly #identity: string | undefined
  readonly #prepared = new Map<string, StatementSync>()
  #connection: DatabaseSync

  constructor(options: SqliteOptions) {
    const { file, readOnly = false } = options
    if (!readOnly && file !== inMemory) makePrivate(file)
    this.#connection = connect(options)
    this.#options = options
    this.#identity = identityOf(file)
  }

  /** Unless it is the same, what is written would be lost. */
  place(): FilePlace {
    const identity = identityOf(this.#options.file)
    if (identity === this.#identity) return "same"
    return identity === undefined ? "absent" : "another"
  }

  /**
   * Opens the same file anew. SQLite opens a file that cannot be written for reading alone, and such a connection never
   * writes again, even when the file can be written.
   */
  reopen(): void {
    if (this.#identity === undefined || this.place() !== "same") return
    const connection = connect(this.#options)
    const old = this.#connection
    this.#connection = connection
    this.#prepared.clear()
    old.close()
  }

  /** Lets readers go on while somebody writes. Changes the file, so it waits for others and can be refused by them. */
  useWriteAheadLog(): void {
    this.#connection.exec("PRAGMA journal_mode = WAL")
  }

  /** Runs a script that only reads. */
  read<A>(script: Script<A>): A {
    return this.#follow(script)
  }

  /** Runs a script as one transaction. */
  write<A>(script: Script<A>): A {
    this.#all({ sql: "BEGIN IMMEDIATE", params: [] })
    try {
      const answer = this.#follow(script)
      this.#all({ sql: "COMMIT", params: [] })
      return answer
    } catch (error) {
      // Some failures end the transaction by themselves.
      if (this.#connection.isTransaction) this.#all({ sql: "ROLLBACK", params: [] })
      throw error
    }
  }

  close(): void {
    this.#prepared.clear()
    this.#connection.close()
  }

  #follow<A>(script: Script<A>): A {
    let step = script.next()
    while (step.done !== true) step = script.next(this.#all(step.value))
    return step.value
  }

  #all({ params, sql }: Statement): ReadonlyArray<Row> {
    let prepared = this.#prepared.get(sql)
    if (prepared === undefined) {
      if (this.#prepared.size >= preparedMax) this.#prepared.clear()
      prepared = this.#connection.prepare(sql)
      this.#prepared.set(sql, prepared)
    }
    return prepared.all(...params)
  }
}
