/**
 * Settings that have another name now. The one before is read wherever the new one is not there, and whoever uses it is
 * told what to write instead.
 */
import { nameInFile } from "./Setting.ts"

/** How the variable of an account ended, and how it ends now. */
const endings: ReadonlyArray<readonly [before: string, now: string]> = [
  ["_CHECKS_PER_MINUTE", "_REFRESHES_PER_MINUTE"]
]

const namesNow = new Map(endings.map((ending) => {
  const [before, now] = ending.map((end) => nameInFile(`DOCDATA${end}`, ""))
  return [before!, now!]
}))

const variableNow = (name: string): string => {
  const ending = endings.find(([before]) => name.startsWith("DOCDATA_") && name.endsWith(before))
  return ending === undefined ? name : `${name.slice(0, -ending[0].length)}${ending[1]}`
}

/** The same fields under the names of now, and a line for each that had the one before. */
const renamed = <A>(fields: Readonly<Record<string, A>>, nowOf: (name: string) => string) => {
  const hints: Array<string> = []
  const now: Record<string, A> = {}
  for (const [name, value] of Object.entries(fields)) {
    const newName = nowOf(name)
    if (newName !== name) hints.push(`${name} is called ${newName} now`)
    if (newName === name || fields[newName] === undefined) now[newName] = value
  }
  return { fields: now, hints }
}

/** The variables of the environment under their names of now. */
export const renamedVariables = <A>(environment: Readonly<Record<string, A>>) => renamed(environment, variableNow)

/** The fields of an account in the settings file under their names of now. */
export const renamedFields = <A>(fields: Readonly<Record<string, A>>) =>
  renamed(fields, (name) => namesNow.get(name) ?? name)
