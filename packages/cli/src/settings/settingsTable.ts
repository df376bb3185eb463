/**
 * All settings as a table: the page of `docdata serve --settings-help`, and what the reference page is compared with.
 */
import { accountSettings } from "./accountSettings.ts"
import { serviceSettings } from "./serviceSettings.ts"
import { nameInFile, type Setting } from "./Setting.ts"
import { settingsFileKey } from "./Sources.ts"

/** Stands for the account's name. */
const anyAccount = "name"

export interface SettingRow {
  readonly variable: string
  readonly inFile: string
  readonly meaning: string
  /** What the value has to be. */
  readonly value: string
  /** Empty if it has to be there. */
  readonly fallback: string
}

const rowOf = (setting: Setting<unknown>, account: string): SettingRow => ({
  variable: setting.key,
  inFile: `${account === "" ? "" : `merchants.${account.toUpperCase()}.`}${nameInFile(setting.key, account)}`,
  meaning: setting.meaning,
  value: setting.words,
  fallback: setting.fallbackText ?? ""
})

/** Those of the service. */
export const serviceRows: ReadonlyArray<SettingRow> = Object.values(serviceSettings).map((one) => rowOf(one, ""))

/** Those of each account, with `NAME` in place of its name. */
export const accountRows: ReadonlyArray<SettingRow> = Object.values(accountSettings(anyAccount))
  .map((one) => rowOf(one, anyAccount))

const paragraph = ({ fallback, inFile, meaning, value, variable }: SettingRow): ReadonlyArray<string> => [
  variable,
  `  ${meaning}`,
  `  ${value}${fallback === "" ? "; has to be there" : `; default ${fallback}`}; in the file ${inFile}`
]

/** Plain text for people. */
export const settingsHelp = (): string =>
  [
    `Variables of the environment, and one JSON file named by --settings or ${settingsFileKey}.`,
    "What the environment says wins.",
    "",
    ...serviceRows.flatMap(paragraph),
    "",
    "Of each account, NAME being its name in capitals, in the file as it is:",
    "",
    ...accountRows.flatMap(paragraph),
    ""
  ].join("\n")
