/**
 * Changes the settings file so that whoever reads it finds either the old one or the new one, whole.
 *
 * The new text is written beside it under a fixed name, brought to the disk, and put in its place. That name is taken
 * before the old text is read, so that two that edit at once cannot lose each other's work.
 */
import * as Result from "effect/Result"
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs"
import { dirname } from "node:path"
import { syncToDisk } from "../files/syncToDisk.ts"
import { systemCode } from "../files/systemCode.ts"
import { printable } from "@docdata/service/text"
import { parseSettingsObject, readSettingsObject, type sections } from "@docdata/service/settings"

/** The file as an object: unknown to the type, but checked before it is edited. */
export type SettingsDocument = Readonly<Record<string, unknown>>

/** Accounts or API keys by name. */
type Section = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** What stands in a room of the document. */
export const sectionOf = (document: SettingsDocument, section: keyof typeof sections): Section =>
  (document[section] ?? {}) as Section

/** Makes the new document, or says in a line why there is none. */
export type Edit = (document: SettingsDocument) => Result.Result<SettingsDocument, string>

const ownerMode = 0o600
/** Whoever may read or write beside the owner keeps that; everybody else loses it. */
const sharedModes = 0o660

const readDocument = (path: string): Result.Result<SettingsDocument, string> => {
  const source = printable(path)
  return Result.flatMap(parseSettingsObject(source, readFileSync(path, "utf8")), (document) => {
    const { problems: [problem] } = readSettingsObject(source, document)
    return problem === undefined ? Result.succeed(document) : Result.fail(problem)
  })
}

/** The service that reads the file may run as somebody else than whoever edits it. */
const keepRights = (file: number, old: string): void => {
  const { gid, mode, uid } = statSync(old)
  fchownSync(file, uid, gid)
  fchmodSync(file, mode & sharedModes)
}

/** Edits the file, or makes it with mode 600. Answers a line if it was left as it is. */
export const editSettingsFile = (path: string, edit: Edit): Result.Result<void, string> => {
  const isThere = existsSync(path)
  // A link stays a link.
  const target = isThere ? realpathSync(path) : path
  const beside = `${target}.new`
  let file: number
  try {
    file = openSync(beside, "wx", ownerMode)
  } catch (error) {
    return Result.fail(
      systemCode(error) === "EEXIST"
        ? `${printable(beside)} is there: somebody else is editing, or was cut off; if nobody is, remove it`
        : `${printable(path)} cannot be written (${systemCode(error)})`
    )
  }
  let done = false
  try {
    const edited = Result.flatMap(isThere ? readDocument(target) : Result.succeed({}), edit)
    if (Result.isFailure(edited)) return Result.fail(edited.failure)
    if (isThere) keepRights(file, target)
    writeFileSync(file, `${JSON.stringify(edited.success, undefined, 2)}\n`)
    fsyncSync(file)
    renameSync(beside, target)
    done = true
    syncToDisk(dirname(target))
    return Result.succeed(undefined)
  } catch (error) {
    return Result.fail(`${printable(path)} cannot be written (${systemCode(error)})`)
  } finally {
    closeSync(file)
    if (!done) rmSync(beside, { force: true })
  }
}
