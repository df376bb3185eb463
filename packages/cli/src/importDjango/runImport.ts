/**
 * The work of `docdata import-django`.
 */
import type { MerchantAccount, StoreFailure } from "@docdata/application"
import { importReference, migrate, referenceMerchants, schemaVersion } from "@docdata/sql"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { inMemory, isStillToBeMade, onDatabase } from "@docdata/service"
import { momentExpected, parseMoment, timeZone } from "../input/TimeZone.ts"
import { endWith } from "../settings/endWith.ts"
import {
  readAccounts,
  readPresentStores,
  readSettings,
  readStores,
  SettingsViolations
} from "@docdata/service/settings"
import { sourcesFor } from "../settings/sourcesFor.ts"
import type { Shell } from "../Shell.ts"
import { readSecret } from "../terminal/readSecret.ts"
import { printable } from "@docdata/service/text"
import { table } from "../text/table.ts"
import type { ImportOutput } from "./ImportOutput.ts"
import { addressOf, openSource } from "./openSource.ts"
import { failureText } from "./failureText.ts"

const command = "docdata import-django"

/** Rows that stay behind are shown up to here; `--json` has all of them. */
const shownMax = 50

const violation = (line: string): SettingsViolations => new SettingsViolations({ found: [line] })

/** An address without a password is asked for it, unless it names nobody who could have one. */
const passwordFor = (operand: string, shell: Shell): Effect.Effect<string | undefined, SettingsViolations> => {
  const url = addressOf(operand)
  if (url === undefined || url.username === "") return Effect.succeed(undefined)
  if (url.password !== "") {
    shell.complain(`${command}: others on this machine can read the password; leave it out to be asked for it`)
    return Effect.succeed(undefined)
  }
  return Effect.flatMap(
    Effect.promise(() => readSecret(shell, `password of ${printable(url.username)}`)),
    Result.match({
      onSuccess: (password) => Effect.succeed<string | undefined>(password),
      onFailure: (line) => Effect.fail(violation(line))
    })
  )
}

/** Which account takes the orders of each login that has some. Several that could are refused unless one is meant. */
const takersOf = (
  logins: ReadonlyArray<string>,
  accounts: ReadonlyArray<MerchantAccount>,
  meant: string | undefined
): Result.Result<ReadonlyMap<string, string>, SettingsViolations> => {
  const takers = new Map<string, string>()
  for (const login of logins) {
    const having = accounts.filter(({ credentials }) => credentials.merchantName === login).map(({ name }) => name)
    const taker = having.find((name) => having.length === 1 || name === meant)
    if (taker !== undefined) takers.set(login, taker)
    else if (having.length > 1) {
      return Result.fail(
        violation(
          `${having.join(", ")} have the login ${printable(login)}: say with --merchant which of them takes its orders`
        )
      )
    }
  }
  return Result.succeed(takers)
}

const textOf = ({ alreadyThere, dryRun, imported, notImported, older, payments }: typeof ImportOutput.Type): string =>
  [
    ...table([
      [dryRun ? "would be imported" : "imported", `${imported} orders, ${payments} payments`],
      ["there already", `${alreadyThere} orders`],
      ...(older === 0 ? [] : [["older than asked", `${older} orders`]]),
      ["not imported", String(notImported.length)]
    ]),
    ...table(
      notImported.slice(0, shownMax).map(({ order, paymentId, reason, what }) => [
        `  ${what} ${printable(paymentId ?? order)}`,
        failureText(reason)
      ])
    ),
    ...(notImported.length > shownMax ? [`  and ${notImported.length - shownMax} more; --json has them all`] : []),
    ""
  ].join("\n")

/** How the two databases say that a table is not there. */
const noSuchTable: ReadonlySet<string> = new Set(["SQLITE_1", "42P01"])

/** The newest version; without writing it has to be there already, unless there is no database at all. */
const ready = Effect.fnUntraced(function*(dryRun: boolean) {
  const { newest, present } = yield* schemaVersion
  if (dryRun && present > 0 && present < newest) {
    return yield* violation(`the database is at version ${present}, behind ${newest}: run docdata migrate first`)
  }
  yield* migrate()
})

interface Job {
  readonly operand: string
  readonly password: string | undefined
  readonly dryRun: boolean
  readonly accounts: ReadonlyArray<MerchantAccount>
  /** The account that was named for logins that several have. */
  readonly meant: string | undefined
  readonly sinceMs: number | undefined
}

const importing = ({ accounts, dryRun, meant, operand, password, sinceMs }: Job, shell: Shell) =>
  Effect.scoped(Effect.gen(function*() {
    const name = printable(addressOf(operand)?.host ?? operand)
    const source = yield* Effect.mapError(
      openSource(operand, password),
      ({ code }) => violation(`${name} cannot be opened (${code})`)
    )
    const noTables = (failure: StoreFailure) =>
      noSuchTable.has(failure.code) ? violation(`${name} has no tables of django-oscar-docdata`) : failure
    const logins = yield* Effect.mapError(referenceMerchants(source), noTables)
    const takers = yield* Effect.fromResult(takersOf(logins, accounts, meant))
    yield* ready(dryRun)
    return yield* importReference({
      source,
      nowMs: shell.nowMs(),
      ...(sinceMs === undefined ? {} : { sinceMs }),
      accountOf: (login) => {
        const taker = takers.get(login)
        return accounts.find((account) => account.name === taker)
      },
      dryRun,
      onBatch: (seen) => shell.progress?.(`${seen} orders`)
    }).pipe(Effect.mapError(noTables))
  }))

export const runImport = (given: Given, shell: Shell): Promise<ExitCode> =>
  endWith(
    command,
    shell,
    Effect.gen(function*() {
      const [operand = ""] = given.operands
      const dryRun = given.switches.has("dry-run")
      const { accounts, stores } = yield* readSettings(
        yield* sourcesFor(given, shell),
        (reader) =>
          Effect.all({
            accounts: readAccounts(reader),
            stores: dryRun ? readStores(reader) : readPresentStores(reader)
          })
      )
      const meant = given.values.get("merchant")
      if (meant !== undefined && !accounts.some(({ name }) => name === meant)) {
        return yield* violation(`no account is called ${printable(meant)}`)
      }
      const since = given.values.get("since")
      const sinceMs = since === undefined ? undefined : parseMoment(since, timeZone("UTC")!)
      if (since !== undefined && sinceMs === undefined) {
        return yield* violation(`--since is ${momentExpected}; not ${printable(since)}`)
      }
      const password = yield* passwordFor(operand, shell)
      const job: Job = { operand, password, dryRun, accounts, meant, sinceMs }
      const target = dryRun && isStillToBeMade(stores) ? inMemory : stores
      const report = yield* onDatabase(target, importing(job, shell))
      shell.progress?.("")
      const output: typeof ImportOutput.Type = { ...report, dryRun }
      const text = given.switches.has("json") ? `${JSON.stringify(output)}\n` : textOf(output)
      yield* Effect.promise(() => shell.write(text))
      return exitCodes.done
    })
  )
