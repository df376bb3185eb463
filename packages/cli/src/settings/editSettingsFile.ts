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
import { printable } from "../text/printable.ts"
import { parseSettingsFile, type sections } from "./SettingsFile.ts"

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

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "unknown"

const readDocument = (path: string): Result.Result<SettingsDocument, string> => {
  const text = readFileSync(path, "utf8")
  return Result.flatMap(
    parseSettingsFile(printable(path), text),
    ({ problems: [problem] }) =>
      problem === undefined ? Result.succeed(JSON.parse(text) as SettingsDocument) : Result.fail(problem)
  )
}

/** The service that reads the file may run as somebody else than whoever edits it. */
const keepRights = (file: number, old: string): void => {
  const { gid, mode, uid } = statSync(old)
  fchownSync(file, uid, gid)
  fchmodSync(file, mode & sharedModes)
}

const syncFolderOf = (path: string): void => {
  const folder = openSync(dirname(path), "r")
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
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
      codeOf(error) === "EEXIST"
        ? `${printable(beside)} is there: somebody else is editing, or was cut off; if nobody is, remove it`
        : `${printable(path)} cannot be written (${codeOf(error)})`
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
    syncFolderOf(target)
    return Result.succeed(undefined)
  } catch (error) {
    return Result.fail(`${printable(path)} cannot be written (${codeOf(error)})`)
  } finally {
    closeSync(file)
    if (!done) rmSync(beside, { force: true })
  }
}
